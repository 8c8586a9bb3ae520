import Lexicons

/// What drove a prediction: one case for each way in which classifiers can tell.
public enum Explanation: Sendable {
    /// A lexicon's rules, token by token.
    case lexicon(VaderTrace)
    /// What each known term adds to each label's score.
    case terms([LabelContributions])
    /// What each word adds to labels' scores, by the gradients of an encoder.
    case words(WordAttributions)
}

/// What a term of a text adds to the score of a label.
public struct TermContribution: Codable, Equatable, Sendable {
    public let term: String
    /// Its feature in the text, such as its TF-IDF value.
    public let value: Double
    public let coefficient: Double
    /// `value` times `coefficient`: above 0 it speaks for the label, below 0 against it.
    public let contribution: Double

    public init(term: String, value: Double, coefficient: Double) {
        self.term = term
        self.value = value
        self.coefficient = coefficient
        contribution = value * coefficient
    }
}

/// How a label's score came about: the bias and what every known term of the text adds.
public struct LabelContributions: Codable, Equatable, Sendable {
    public let label: String
    public let probability: Double
    /// `bias` plus all contributions.
    public let score: Double
    public let bias: Double
    /// Those that count most, for or against, first.
    public let terms: [TermContribution]

    /// - Parameter terms: In the order of the text's features, in which the score is summed.
    public init(label: String, probability: Double, bias: Double, terms: [TermContribution]) {
        self.label = label
        self.probability = probability
        self.bias = bias
        score = terms.reduce(bias) { $0 + $1.contribution }
        self.terms = terms.sorted { abs($0.contribution) > abs($1.contribution) }
    }

    /// The terms that count most, how many others there are, and what these add together.
    package func leading(
        _ count: Int
    ) -> (terms: ArraySlice<TermContribution>, rest: (count: Int, contribution: Double)) {
        let rest = terms.dropFirst(count)
        return (terms.prefix(count), (rest.count, rest.reduce(0) { $0 + $1.contribution }))
    }
}

/// The terms that speak most for a label, and how much.
public struct TopTerms: Codable, Equatable, Sendable {
    /// A term with its coefficient.
    public struct Entry: Codable, Equatable, Sendable {
        public let term: String
        public let coefficient: Double

        public init(term: String, coefficient: Double) {
            self.term = term
            self.coefficient = coefficient
        }
    }

    public let label: String
    /// Largest coefficient first; equals in the order of their code points.
    public let terms: [Entry]

    public init(label: String, terms: [Entry]) {
        self.label = label
        self.terms = terms
    }
}
