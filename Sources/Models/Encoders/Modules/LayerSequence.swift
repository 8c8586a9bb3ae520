/// The layers that a network goes through, one after another, some of which may have the same weights.
public struct LayerSequence: Sendable {
    /// A layer's weights in a checkpoint.
    struct Weights: Sendable {
        /// What stands before the names of its tensors, without the dot.
        let name: String
        /// The size by which there is such a layer; nil where every network of its architecture has it.
        let condition: Axis?
    }

    /// The layers that differ in their weights.
    let weights: [Weights]
    /// The place in `weights` of each layer that the network goes through.
    let order: [Int]

    /// Layers of weights of their own, such as `encoder.layer.0` and `encoder.layer.1`.
    /// - Parameter name: What stands before a layer's number, without the dot.
    public static func distinct(_ name: String, _ sizes: EncoderConfiguration) -> LayerSequence {
        let all = 0..<sizes.layers
        return LayerSequence(
            weights: all.map { Weights(name: "\(name).\($0)", condition: sizes.axis(.layers)) },
            order: Array(all))
    }

    /// Whether each layer has weights of its own.
    var isDistinct: Bool { order.elementsEqual(weights.indices) }

    /// Whether the lowest layers share no weights with those above them.
    func isSeparable(after lowest: Int) -> Bool {
        Set(order[..<lowest]).isDisjoint(with: order[lowest...])
    }
}
