/// What a text's sentiments add up to.
struct VaderSum {
    let tokenCount: Int
    /// The sum of all sentiments, before emphasis.
    var sentiment = 0.0
    /// What exclamation and question marks add to the side that outweighs the other.
    let emphasis: Double
    /// Magnitudes of the positive and of the negative sentiments, 1 added to each, since a neutral token counts as 1.
    var positive = 0.0
    var negative = 0.0
    /// Tokens without a sentiment.
    let neutral: Double

    init(_ document: borrowing VaderDocument) {
        tokenCount = document.tokens.count
        neutral = Double(tokenCount - document.sentiments.count)
        for value in document.sentiments.lazy.map(\.value) {
            sentiment += value
            if value > 0 { positive += value + 1 } else { negative += 1 - value }
        }
        emphasis =
            VaderSum.emphasis(ofExclamations: document.exclamations)
            + VaderSum.emphasis(ofQuestions: document.questions)
    }

    private static func emphasis(ofExclamations count: Int) -> Double {
        Double(min(count, VaderConstants.countedExclamations)) * VaderConstants.exclamation
    }

    private static func emphasis(ofQuestions count: Int) -> Double {
        switch count {
        case 0...1: 0
        case 2...3: Double(count) * VaderConstants.question
        default: VaderConstants.manyQuestions
        }
    }

    /// The emphasis in the direction of the sum; a sum of 0 gets none.
    var signedEmphasis: Double { sentiment > 0 ? emphasis : sentiment < 0 ? -emphasis : 0 }

    /// The sum with the emphasis.
    var emphasized: Double { sentiment + signedEmphasis }
}

extension Polarity {
    /// All four are 0 for a text without tokens.
    init(_ sum: VaderSum) {
        if sum.tokenCount == 0 {
            self.init(neg: 0, neu: 0, pos: 0, compound: 0)
            return
        }
        let total = sum.emphasized
        let compound = total / (total * total + VaderConstants.alpha).squareRoot()
        var positive = sum.positive
        var negative = sum.negative
        if positive > negative {
            positive += sum.emphasis
        } else if positive < negative {
            negative += sum.emphasis
        }
        let weight = positive + negative + sum.neutral
        self.init(
            neg: Polarity.rounded(negative / weight, decimals: 3),
            neu: Polarity.rounded(sum.neutral / weight, decimals: 3),
            pos: Polarity.rounded(positive / weight, decimals: 3),
            compound: Polarity.rounded(compound, decimals: 4))
    }
}
