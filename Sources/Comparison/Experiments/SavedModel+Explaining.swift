import TextClassifiers

extension SavedModel {
    /// - Throws: `ExperimentError.notExplainable` for models that cannot tell.
    public func explanation(of text: String) throws -> Explanation {
        guard let explanation = try fitted.explanation(of: text) else {
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
