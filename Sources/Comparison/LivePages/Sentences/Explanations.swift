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

    /// Terms of a label that are told one by one.
    private static let maxTerms = 12

    let contestants: [Contestant]

    /// - Parameter check: Called before each contestant is asked, to give up.
    init(of task: PageTask, to question: PageQuestion, before check: () throws -> Void) throws {
        let asked = question.asked
        contestants = try task.contestants.map { contestant in
            try check()
            var told = Contestant(id: contestant.id)
            do {
                switch try contestant.model.explanation(of: asked) {
                case .terms(let labels): told.labels = labels.map(Label.init)
                case .lexicon(let trace): told.lexicon = trace
                }
            } catch {
                told.problem = "\(error)"
            }
            return told
        }
    }
}
