import Foundation

/// Where a parameter is between the tokens and the head. A network says it as it is visited.
public enum NetworkDepth: Equatable, Sendable {
    /// What the lowest layer, or every layer, reads: embeddings, and tables of distances.
    case belowLayers
    /// A layer with weights of its own, counted from the lowest one, 0.
    case layer(Int)
    /// What is the encoder's and reads the last layer: its pooler, or a norm after all layers.
    case afterLayers
    /// What is not the encoder's, such as a head; also of what says nothing.
    case aboveLayers
}

extension Module {
    /// The number of layers with weights of their own; 0 where layers share weights, or their network does not tell which
    /// parameters are a layer's.
    var layerCount: Int {
        var copy = self
        var count = 0
        copy.visit(
            ParameterVisitor { place, _ in
                if case .layer(let layer) = place.depth { count = max(count, layer + 1) }
            })
        return count
    }

    /// Throws unless there are so many layers with weights of their own.
    /// - Parameter option: What treats layers differently, as an experiment names it.
    func requireLayers(_ needed: Int, for option: String) throws(EncoderError) {
        let found = layerCount
        if found < needed { throw .tooFewLayers(option: option, needed: needed, found: found) }
    }
}

/// The learning rate of each part of a network, as a share of the head's: falling from layer to layer (Howard and Ruder 2018).
struct LayerRates {
    /// What the rate is multiplied by from a layer to the next lower one.
    let decay: Double
    let layers: Int

    /// decay^l of the l-th layer from the top, where l begins at 1; embeddings are one step below the lowest layer, and what
    /// is above the layers has the whole rate.
    func factor(_ depth: NetworkDepth) -> Double {
        switch depth {
        case .afterLayers, .aboveLayers: 1
        case .layer(let layer): pow(decay, Double(layers - layer))
        case .belowLayers: pow(decay, Double(layers + 1))
        }
    }
}
