import TextClassifiers

extension SavedModel {
    /// - Parameter labels: Those that are wanted; others may be told too.
    /// - Throws: `ExperimentError.notExplainable` for models that cannot tell.
    public func explanation(of text: String, for labels: ExplainedLabels = .all) throws -> Explanation {
        guard let explanation = try fitted.explanation(of: text, for: labels) else {
            throw ExperimentError.notExplainable(model: model, wanted: "a prediction")
        }
        return explanation
    }

    /// - Throws: `ExperimentError.notExplainable` for models without terms.
    public func topTerms(_ count: Int) throws -> [TopTerms] {
        guard let terms = fitted.topTerms(count) else {
            throw ExperimentError.notExplainable(model: model, wanted: "top terms")
        }
        return terms
    }
}
