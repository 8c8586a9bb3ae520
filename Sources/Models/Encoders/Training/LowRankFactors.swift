import Foundation
import TensorFiles

/// What low-rank adaptation has added to an encoder: the factors A and B of each of its matrices that were adapted.
public struct LowRankFactors: Equatable, Sendable {
    /// The factors of one matrix.
    public struct Pair: Equatable, Sendable {
        /// The name of the linear layer, such as `bert.encoder.layer.0.attention.self.query`.
        public let linear: String
        /// I and O.
        public let inputs, outputs: Int
        /// Shapes: [R, I] and [O, R].
        public let a, b: [Float]
    }

    public let adaptation: LowRankAdaptation
    /// In the order of the encoder.
    public let pairs: [Pair]

    init(adaptation: LowRankAdaptation, pairs: [Pair]) {
        (self.adaptation, self.pairs) = (adaptation, pairs)
    }

    /// The tensors by the names of their layers, as peft has them below its own prefix: `….query.lora_A.weight`.
    package var tensors: [Safetensors.Pending] {
        pairs.flatMap { pair in
            [
                Safetensors.Pending(
                    LowRankFactors.name("A", pair.linear), .float32, shape: [adaptation.rank, pair.inputs]
                ) { .float32(pair.a) },
                Safetensors.Pending(
                    LowRankFactors.name("B", pair.linear), .float32, shape: [pair.outputs, adaptation.rank]
                ) { .float32(pair.b) },
            ]
        }
    }

    /// The name of a layer's factor, A or B.
    static func name(_ factor: String, _ linear: String) -> String {
        "\(linear).lora_\(factor).weight"
    }

    /// Reads the factors that a training of this adaptation has left.
    /// - Parameter model: Of the same sizes as that which was trained.
    init(
        _ file: URL, of model: some Module, _ adaptation: LowRankAdaptation
    ) throws(SafetensorsError) {
        let saved = try SafetensorsFile(file)
        var linears: [(name: String, outputs: Int, inputs: Int)] = []
        model.forEachParameter { name, parameter in
            guard let linear = LowRankAdaptation.linear(ofWeight: name),
                saved.shape(of: LowRankFactors.name("A", linear)) != nil
            else { return }
            linears.append((linear, parameter.shape[0].size, parameter.shape[1].size))
        }
        var pairs: [Pair] = []
        for (linear, outputs, inputs) in linears {
            pairs.append(
                Pair(
                    linear: linear, inputs: inputs, outputs: outputs,
                    a: try saved.floats(
                        LowRankFactors.name("A", linear), shape: [adaptation.rank, inputs]),
                    b: try saved.floats(
                        LowRankFactors.name("B", linear), shape: [outputs, adaptation.rank])))
        }
        self.init(adaptation: adaptation, pairs: pairs)
    }
}

extension HeadedEncoder<TokenEncoder> {
    /// The parameters that low-rank adaptation trains whole: what is not the encoder's, and what was new in it.
    /// - Parameter newParts: The parts that began with random weights, by their names.
    package func trainedWhole(newParts: [String]) -> [(name: String, parameter: Parameter)] {
        var found: [(name: String, parameter: Parameter)] = []
        var copy = self
        copy.visit(
            ParameterVisitor { place, parameter in
                if place.depth == .aboveLayers || newParts.contains(where: { place.name.hasPrefix("\($0).") })
                {
                    found.append((place.name, parameter))
                }
            })
        return found
    }
}
