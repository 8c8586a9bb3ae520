import Lexicons
import TextClassifiers

/// What drove a prediction: one case for each way in which models can tell.
public enum Explanation: Sendable {
    /// A lexicon's rules, token by token.
    case lexicon(VaderTrace)
    /// What each known term adds to each label's score.
    case terms([LabelContributions])
}

/// A fitted contestant that can say what drove a prediction: what `bakeoff explain` asks for.
protocol ExplainableContestant: FittedContestant {
    func explanation(of text: String) throws -> Explanation
    /// The terms that speak most for each label; nil where a model has no terms.
    func topTerms(_ count: Int) -> [TopTerms]?
}

extension ExplainableContestant {
    func topTerms(_ count: Int) -> [TopTerms]? { nil }
}

extension FittedTfidf: ExplainableContestant {
    func explanation(of text: String) -> Explanation { .terms(model.contributions(to: text)) }
    func topTerms(_ count: Int) -> [TopTerms]? { model.topTerms(count) }
}

extension FittedVader: ExplainableContestant {
    func explanation(of text: String) -> Explanation { .lexicon(vader.trace(of: text)) }
}

extension SavedModel {
    /// - Throws: `ExperimentError.notExplainable` for models that cannot tell.
    public func explanation(of text: String) throws -> Explanation {
        guard let explainable = fitted as? any ExplainableContestant else {
            throw ExperimentError.notExplainable(model: model, wanted: "a prediction")
        }
        return try explainable.explanation(of: text)
    }

    /// - Throws: `ExperimentError.notExplainable` for models without terms.
    public func topTerms(_ count: Int) throws -> [TopTerms] {
        guard let terms = (fitted as? any ExplainableContestant)?.topTerms(count) else {
            throw ExperimentError.notExplainable(model: model, wanted: "top terms")
        }
        return terms
    }
}
