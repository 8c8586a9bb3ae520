import Foundation
import LinearAlgebra
import TensorFiles

/// The tensors of an encoder in a Hugging Face folder, by the names of `CheckpointKeys`, with or without prefix.
package struct Checkpoint: Sendable {
    package let configuration: BertConfiguration
    package let keys: CheckpointKeys
    private let weights: SafetensorsFolder
    /// What stands before every name in this checkpoint.
    private let prefix: String
    /// Of `config.json`.
    let configurationPath: String

    package init(folder: URL) throws(EncoderError) {
        let file = folder.appendingPathComponent("config.json")
        configurationPath = file.path
        do {
            configuration = try BertConfiguration(json: Data(contentsOf: file))
        } catch let error as EncoderError {
            throw .inFile(path: file.path, error)
        } catch {
            throw .inFile(path: file.path, .unreadableConfiguration(reason: error.localizedDescription))
        }
        keys = CheckpointKeys(family: configuration.family)
        do {
            weights = try SafetensorsFolder(folder)
        } catch {
            throw .weights(error)
        }
        prefix = weights.contains(keys.prefix + keys.wordEmbeddings) ? keys.prefix : ""
    }

    package func contains(_ name: String) -> Bool {
        weights.contains(prefix + name)
    }

    /// The name in this checkpoint of a tensor of the encoder.
    func fullName(_ name: String) -> String { prefix + name }

    /// The file that holds a tensor of the encoder, or would.
    func path(of name: String) -> String { weights.path(of: prefix + name) }

    /// The shape of a tensor beside the encoder; nil if there is none.
    package func shape(ofTensor name: String) -> [Int]? { weights.shape(of: name) }

    /// The shape of a tensor of the encoder; nil if there is none.
    package func shape(_ name: String) -> [Int]? { weights.shape(of: prefix + name) }

    /// A copy of a tensor of the encoder, with room for whole panels. Shape: [shape's product].
    package func values(_ name: String, shape: [Int]) throws(EncoderError) -> FloatBuffer {
        try values(ofTensor: prefix + name, shape: shape)
    }

    private func values(ofTensor name: String, shape: [Int]) throws(EncoderError) -> FloatBuffer {
        let count = shape.reduce(1, *)
        let buffer = FloatBuffer(uninitialized: PanelMatrix.padded(count))
        (buffer.pointer + count).update(repeating: 0, count: buffer.count - count)
        do {
            try weights.copyFloats(name, shape: shape, into: buffer.values)
        } catch {
            throw .weights(error)
        }
        return buffer
    }

    /// A linear layer of the encoder.
    package func linear(_ name: String, inputs: Int, outputs: Int) throws(EncoderError) -> Linear {
        try linear(ofTensors: prefix + name, inputs: inputs, outputs: outputs)
    }

    /// A linear layer beside the encoder, such as a head; nil if the checkpoint has none of this name and shape.
    package func head(_ name: String, inputs: Int, outputs: Int) throws(EncoderError) -> Linear? {
        guard weights.shape(of: "\(name).weight") == [outputs, inputs] else { return nil }
        return try linear(ofTensors: name, inputs: inputs, outputs: outputs)
    }

    private func linear(ofTensors name: String, inputs: Int, outputs: Int) throws(EncoderError) -> Linear {
        let panels: PanelMatrix
        do {
            panels = try weights.withFloats("\(name).weight", shape: [outputs, inputs]) {
                PanelMatrix(transposing: $0, columns: outputs, depth: inputs)
            }
        } catch {
            throw .weights(error)
        }
        return Linear(weight: panels, bias: try values(ofTensor: "\(name).bias", shape: [outputs]))
    }

    /// The name of a LayerNorm's `weight` or `bias`, which older checkpoints call otherwise.
    func normName(_ name: String, _ suffix: String) -> String {
        let older = CheckpointKeys.olderNormNames[suffix].map { "\(name).\($0)" }
        return older.flatMap { contains($0) ? $0 : nil } ?? "\(name).\(suffix)"
    }

    package func layerNorm(_ name: String) throws(EncoderError) -> LayerNorm {
        func part(_ suffix: String) throws(EncoderError) -> FloatBuffer {
            try values(normName(name, suffix), shape: [configuration.hidden])
        }
        return LayerNorm(
            gain: try part("weight"), shift: try part("bias"), epsilon: configuration.layerNormEpsilon,
            width: configuration.hidden)
    }
}
