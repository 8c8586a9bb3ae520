/// How VADER came to its verdict on a text, token by token.
public struct VaderTrace: Equatable, Codable, Sendable {
    /// A token with all that was made of it.
    public struct Token: Equatable, Codable, Sendable {
        /// As VADER sees it: without the punctuation it strips; a word of an emoji's description in its place.
        public let text: String
        /// The rating, if the token is in the lexicon. (A booster or the "kind" of "kind of" is not rated even so.)
        public let lexiconValence: Double?
        /// What changed it, in order.
        public fileprivate(set) var adjustments: [Adjustment]
        /// What the token adds to the sum.
        public fileprivate(set) var sentiment: Double
    }

    /// One rule applied to one token.
    public struct Adjustment: Equatable, Codable, Sendable {
        public let rule: VaderRule
        /// The token that made the rule apply, such as the booster; an index of `tokens`.
        public let cause: Int
        /// The token's valence after the rule.
        public let valence: Double
    }

    public let tokens: [Token]
    /// What exclamation and question marks add, in the direction of the sum; 0 where the sum is.
    public let emphasis: Double
    /// The sum of all sentiments and the emphasis. The compound score is s / sqrt(s * s + 15), rounded.
    public let sum: Double
    public let polarity: Polarity
}

extension Vader {
    /// What drove the polarity of a text.
    public func trace(of text: String) -> VaderTrace {
        var document = VaderDocument()
        document.read(text, variant: variant, terms: terms)
        let rules = VaderRules(self, document: document)
        var firsts: [Int] = []
        var tokens: [VaderTrace.Token] = []
        for (position, token) in document.tokens.enumerated() {
            var log = RecordingVaderLog()
            var sentiment = 0.0
            if token.term.isInLexicon {
                let source = contextPosition(of: position, document: document, firsts: &firsts)
                if rules.isRated(source) { sentiment = rules.sentiment(of: source, log: &log) }
                if source != position { log.note(.firstOccurrence, at: source, valence: sentiment) }
            }
            if sentiment != 0 {
                document.sentiments.append(VaderSentiment(position: position, value: sentiment))
            }
            tokens.append(
                VaderTrace.Token(
                    text: document.text(of: token),
                    lexiconValence: token.term.isInLexicon ? token.term.valence : nil,
                    adjustments: log.adjustments, sentiment: sentiment))
        }
        heedBut(&document)
        if let but = document.firstBut {
            for sentiment in document.sentiments where sentiment.value != tokens[sentiment.position].sentiment
            {
                tokens[sentiment.position].sentiment = sentiment.value
                tokens[sentiment.position].adjustments.append(
                    VaderTrace.Adjustment(rule: .but, cause: but, valence: sentiment.value))
            }
        }
        let sum = VaderSum(document)
        return VaderTrace(
            tokens: tokens, emphasis: sum.signedEmphasis, sum: sum.emphasized,
            polarity: Polarity(sum))
    }
}

/// Takes down every change.
private struct RecordingVaderLog: VaderLog {
    var adjustments: [VaderTrace.Adjustment] = []

    mutating func note(_ rule: VaderRule, at position: Int, valence: Double) {
        adjustments.append(VaderTrace.Adjustment(rule: rule, cause: position, valence: valence))
    }
}

extension VaderTrace: CustomStringConvertible {
    /// A line for each token that has a sentiment or a rating, a line for the emphasis, and the verdict.
    public var description: String {
        var lines: [String] = []
        for token in tokens where token.lexiconValence != nil || token.sentiment != 0 {
            var line = "\(token.text): \(rounded(token.lexiconValence ?? 0))"
            for adjustment in token.adjustments {
                line +=
                    ", \(adjustment.rule.rawValue) (\(tokens[adjustment.cause].text)) -> \(rounded(adjustment.valence))"
            }
            lines.append(line + ", sentiment \(rounded(token.sentiment))")
        }
        if emphasis != 0 { lines.append("punctuation: \(rounded(emphasis))") }
        lines.append("sum: \(rounded(sum))")
        lines.append(polarity.jsonLine)
        return lines.joined(separator: "\n")
    }

    /// With four decimals, as the compound score has.
    private func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }
}
