import Experiments
import Lexicons
import TextClassifiers

/// What drove each contestant's answer to a sentence.
struct Explanations: Encodable {
    struct Contestant: Encodable {
        let id: String
        /// What each term adds to the score of each label.
        var labels: [Label]?
        /// A lexicon's rules, word by word.
        var lexicon: VaderTrace?
        /// What each word adds to a label, by the gradients of an encoder.
        var words: Words?
        /// Why it cannot tell.
        var problem: String?
    }

    /// What speaks for and against a label.
    struct Label: Encodable {
        let label: String
        let score: Double
        let bias: Double
        /// Those that count most, first.
        let terms: [TermContribution]
        /// How many more there are, and what they add together.
        let more: Int
        let rest: Double

        init(_ label: LabelContributions) {
            let (terms, rest) = label.leading(Explanations.maxTerms)
            (self.label, score, bias, self.terms) = (label.label, label.score, label.bias, Array(terms))
            (more, self.rest) = (rest.count, rest.contribution)
        }
    }

    /// What an encoder's words add to labels.
    struct Words: Encodable {
        struct Label: Encodable {
            let label: String
            let score: Double
            let baseline: Double
            let remainder: Double
            /// Those that count most, in the order of the sentence.
            let words: [WordContribution]
            /// How many more there are, and what they add together.
            let more: Int
            let rest: Double

            init(_ label: LabelAttributions) {
                let (words, rest) = label.leading(Explanations.maxTerms)
                (self.label, score, baseline) = (label.label, label.score, label.baseline)
                remainder = label.remainder
                self.words = words.sorted { $0.start < $1.start }
                (more, self.rest) = (rest.count, rest.contribution)
            }
        }

        let method: String
        let labels: [Label]

        init(_ attributions: WordAttributions) {
            method = attributions.method
            labels = attributions.labels.map(Label.init)
        }
    }

    /// Terms or words of a label that are told one by one.
    private static let maxTerms = 12

    let contestants: [Contestant]

    /// - Parameter check: Called before each contestant is asked, to give up.
    init(of task: PageTask, to question: PageQuestion, before check: () throws -> Void) throws {
        let asked = question.asked
        contestants = try task.contestants.map { contestant in
            try check()
            var told = Contestant(id: contestant.id)
            do {
                let label = try question.label ?? contestant.model.predict([asked])[0].leading
                switch try contestant.model.explanation(of: asked, for: .named([label])) {
                case .terms(let labels): told.labels = labels.map(Label.init)
                case .lexicon(let trace): told.lexicon = trace
                case .words(let attributions): told.words = Words(attributions)
                }
            } catch {
                told.problem = "\(error)"
            }
            return told
        }
    }
}

extension TextPrediction {
    /// The first label that is given; where none is, the most probable one.
    fileprivate var leading: String {
        let first = probabilities.max { $0.probability < $1.probability }
        return predicted.first ?? first?.label ?? ""
    }
}
