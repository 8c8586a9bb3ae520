import LinearAlgebra

/// Texts as vectors of latent semantic analysis, learnt from the texts that it was fitted to alone.
public struct LatentSemantics: Sendable {
    public let options: LSAOptions
    public let vectorizer: TfidfVectorizer
    /// Descending. Shape: [k].
    public let singularValues: [Double]
    /// The directions, of norm 1. Shape: [k, D].
    public let components: Matrix<Double>
    /// Shape: [D, k].
    private let projection: Matrix<Double>

    /// - Precondition: A direction for each singular value, over the terms of the vectorizer.
    package init(
        options: LSAOptions, vectorizer: TfidfVectorizer, singularValues: [Double],
        components: Matrix<Double>
    ) {
        precondition(
            components.rowCount == singularValues.count
                && components.columnCount == vectorizer.vocabulary.count)
        self.options = options
        self.vectorizer = vectorizer
        self.singularValues = singularValues
        self.components = components
        projection = components.transposed()
    }

    /// Learns vocabulary and directions from `texts`, and gives their vectors too.
    /// - Throws: `VocabularyError` when no term is left.
    public static func fit(
        _ options: LSAOptions, to texts: [String]
    ) throws(VocabularyError) -> (semantics: LatentSemantics, matrix: Matrix<Double>) {
        try fit(options, to: texts, memory: nil)
    }

    /// The same, taking apart only texts that were not counted before.
    package static func fit(
        _ options: LSAOptions, to texts: [String], memory: CountingMemory?
    ) throws(VocabularyError) -> (semantics: LatentSemantics, matrix: Matrix<Double>) {
        let (vectorizer, X) = try TfidfVectorizer.fit(options.tfidf, to: texts, memory: memory)
        let svd = TruncatedSVD(X, components: options.components)
        let semantics = LatentSemantics(
            options: options, vectorizer: vectorizer, singularValues: svd.singularValues,
            components: svd.components)
        return (semantics, semantics.project(X))
    }

    /// The vectors of `texts`. Shape: [texts, k].
    public func transform(_ texts: [String]) -> Matrix<Double> { project(vectorizer.transform(texts)) }

    private func project(_ X: SparseMatrix) -> Matrix<Double> {
        let vectors = X.times(projection)
        return options.normalize ? vectors.withNormalizedRows() : vectors
    }
}
