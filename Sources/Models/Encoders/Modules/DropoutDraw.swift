import LinearAlgebra

/// What a place in the network drops from.
public enum DropoutKind: Sendable {
    /// The embeddings, or what a sub-layer adds to its input.
    case hidden
    /// The probabilities of attention.
    case attention
    /// What the head reads.
    case classifier
    /// What is inside a feed-forward layer.
    case intermediate
    /// What a pooler reads that has a probability of its own.
    case pooler
}

/// How likely each kind of dropout drops an element.
public struct DropoutProbabilities: Equatable, Sendable {
    public var hidden: Double
    public var attention: Double
    public var classifier: Double
    public var intermediate: Double
    public var pooler: Double

    /// - Parameters:
    ///   - intermediate: 0 in an architecture that drops nothing there.
    ///   - pooler: 0 where no pooler has a probability of its own.
    public init(
        hidden: Double, attention: Double, classifier: Double, intermediate: Double = 0, pooler: Double = 0
    ) {
        self.hidden = hidden
        self.attention = attention
        self.classifier = classifier
        self.intermediate = intermediate
        self.pooler = pooler
    }

    /// The same for all kinds.
    public init(_ probability: Double) {
        self.init(
            hidden: probability, attention: probability, classifier: probability, intermediate: probability,
            pooler: probability)
    }
}

/// The dropout of one step of training, place by place in the order in which a forward pass comes to them.
package struct DropoutDraw {
    private let probabilities: DropoutProbabilities
    private let seed: UInt64
    private let step: UInt32
    private var site: UInt32 = 0

    package init(_ probabilities: DropoutProbabilities, seed: UInt64, step: Int) {
        self.probabilities = probabilities
        self.seed = seed
        self.step = UInt32(truncatingIfNeeded: step)
    }

    mutating func next(_ kind: DropoutKind) -> Dropout? {
        defer { site += 1 }
        let probability =
            switch kind {
            case .hidden: probabilities.hidden
            case .attention: probabilities.attention
            case .classifier: probabilities.classifier
            case .intermediate: probabilities.intermediate
            case .pooler: probabilities.pooler
            }
        return Dropout(probability: probability, seed: seed, step: step, site: site)
    }
}
