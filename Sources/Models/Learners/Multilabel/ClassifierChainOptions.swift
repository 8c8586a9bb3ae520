/// How labels of a chain depend on each other: names, defaults and meaning of scikit-learn's `ClassifierChain`.
public struct ClassifierChainOptions: Equatable, Sendable {
    /// Which label is learnt after which.
    public enum Order: Equatable, Sendable {
        /// The order of the label space.
        case labels
        /// Drawn by the seed.
        case random
        /// All labels by name, each once.
        case given([String])
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

    /// - Parameter learner: What each label is learnt by, in a few words.
    package func summary(of learner: String) -> String {
        let places: String? =
            switch order {
            case .labels: nil
            case .random: "in random order"
            case .given(let names): "in the order \(names.joined(separator: ", "))"
            }
        return [
            "classifier chain of \(learner)", places,
            chainMethod == .predictProbabilities ? "by the probabilities of earlier labels" : nil,
        ].compactMap(\.self).joined(separator: ", ")
    }
}
