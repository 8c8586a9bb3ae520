/// How labels of a chain depend on each other: names, defaults and meaning of scikit-learn's `ClassifierChain`.
public struct ClassifierChainOptions: Equatable, Sendable {
    /// Which label is learnt after which.
    public enum Order: Equatable, Sendable {
        /// The order of the label space.
        case labels
        /// Drawn by the seed.
        case random
        /// The places of the labels in the label space, each once.
        case given([Int])
    }

    /// What later labels read of earlier ones when texts are classified.
    public enum ChainMethod: String, Codable, Sendable, CaseIterable {
        /// Whether the label is given, 1 or 0.
        case predict
        case predictProbabilities = "predict-proba"
    }

    public var order = Order.labels
    public var chainMethod = ChainMethod.predict

    public init() {}
}
