import Encoders
import TextTokenizers

/// What each word of a text adds to labels' scores, as an encoder reads the text.
public struct WordAttributions: Codable, Equatable, Sendable {
    /// How they were found.
    public let method: String
    public let labels: [LabelAttributions]

    /// Integrated gradients, from the text with its words masked.
    static func method(steps: Int) -> String {
        "integrated gradients in \(steps) steps, from the text with its words masked"
    }

    package init(method: String, labels: [LabelAttributions]) {
        self.method = method
        self.labels = labels
    }
}

/// What a word of a text adds to the score of a label.
public struct WordContribution: Codable, Equatable, Sendable {
    public let word: String
    /// Where the word stands in the text, and where it ends, in Unicode code points from 0, as Python counts.
    public let start, end: Int
    /// As the encoder spells them.
    public let tokens: [String]
    /// The sum over the word's tokens: above 0 it speaks for the label, below 0 against it.
    public let contribution: Double

    package init(word: String, start: Int, end: Int, tokens: [String], contribution: Double) {
        self.word = word
        self.start = start
        self.end = end
        self.tokens = tokens
        self.contribution = contribution
    }
}

/// How a label's score came about: the score with all words masked, and what each word adds.
public struct LabelAttributions: Codable, Equatable, Sendable {
    public let label: String
    public let probability: Double
    /// The log-odds of the label, log(p / (1 - p)); of a classifier without probabilities, what it decides by.
    public let score: Double
    /// The score of the same text with all words masked.
    public let baseline: Double
    /// What is left of `score` after `baseline` and all contributions: what the method's finite steps miss.
    public let remainder: Double
    /// In the order of the text, without those that the encoder does not read because the text is too long.
    public let words: [WordContribution]

    package init(
        label: String, probability: Double, score: Double, baseline: Double, words: [WordContribution]
    ) {
        self.label = label
        self.probability = probability
        self.score = score
        self.baseline = baseline
        self.words = words
        remainder = words.reduce(score - baseline) { $0 - $1.contribution }
    }

    /// The words that count most, the strongest first, how many others there are, and what these add together.
    package func leading(
        _ count: Int
    ) -> (words: [WordContribution], rest: (count: Int, contribution: Double)) {
        let order = words.sorted { (-abs($0.contribution), $0.start) < (-abs($1.contribution), $1.start) }
        let rest = order.dropFirst(count)
        return (Array(order.prefix(count)), (rest.count, rest.reduce(0) { $0 + $1.contribution }))
    }
}

extension LabelAttributions {
    /// Joins what tokens add to what words add.
    init(label: String, probability: Double, _ tokens: TokenAttributions, of text: WordedText) {
        self.init(
            label: label, probability: probability, score: tokens.score, baseline: tokens.baselineScore,
            words: text.words.map { word in
                WordContribution(
                    word: word.word, start: word.place.lowerBound, end: word.place.upperBound,
                    tokens: Array(text.spellings[word.tokens]),
                    contribution: word.tokens.reduce(0) { $0 + tokens.contributions[$1] })
            })
    }
}

/// The labels that an explanation is to be of.
public enum ExplainedLabels: Equatable, Sendable {
    case all
    /// So many of those with the highest probabilities.
    case mostProbable(Int)
    /// Those of these names.
    case named([String])

    /// The places of the labels, in their order.
    /// - Parameters:
    ///   - names: Of all labels.
    ///   - probabilities: Of all labels.
    package func places(among names: [String], _ probabilities: [Double]) -> [Int] {
        switch self {
        case .all: return Array(names.indices)
        case .mostProbable(let count):
            return names.indices.sorted { (-probabilities[$0], $0) < (-probabilities[$1], $1) }.prefix(count)
                .sorted()
        case .named(let wanted): return names.indices.filter { wanted.contains(names[$0]) }
        }
    }
}
