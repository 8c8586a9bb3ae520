import Foundation
import LinearAlgebra
import TensorFiles

/// A dense layer that a folder of sentence-transformers has after the pooling: y = activation(x Wᵀ + b).
struct SentenceDense: Sendable {
    private let linear: Linear
    private let activation: Activation?

    /// D, the length of its vectors.
    var width: Int { linear.outputs }

    /// The classes of PyTorch that it knows, without their modules.
    private static let activations: [String: Activation] = ["Tanh": .tanh, "ReLU": .relu, "GELU": .geluExact]
    private static let noActivation = "Identity"

    /// The sizes and the activation that `config.json` states.
    struct Configuration {
        let inputs: Int
        let outputs: Int
        let hasBias: Bool
        let activation: Activation?

        init(_ folder: URL) throws {
            let file = folder.appendingPathComponent("config.json")
            let keys = try SentenceModules.object(file)
            func size(_ key: String) throws -> Int {
                guard let size = keys[key] as? Int, (1...1 << 20).contains(size) else {
                    throw EncoderError.badFolder(path: file.path, reason: "\(key) is no size of a layer")
                }
                return size
            }
            try SentenceSettings(file: file, keys: keys).checkDense()
            inputs = try size("in_features")
            outputs = try size("out_features")
            hasBias = keys["bias"] as? Bool ?? true
            // PyTorch's class, or its own name of the same.
            let stated = keys["activation_function"] as? String ?? "Tanh"
            let name =
                stated.hasPrefix("torch.") ? stated.split(separator: ".").last.map(String.init) : stated
            activation = name.flatMap { SentenceDense.activations[$0] }
            if activation == nil && name != SentenceDense.noActivation {
                throw EncoderError.badFolder(
                    path: file.path,
                    reason: "activation_function is \((name ?? "nothing").prefix(60)), expected one of "
                        + (SentenceDense.activations.keys.sorted() + [SentenceDense.noActivation]).joined(
                            separator: ", "))
            }
        }
    }

    /// - Parameter inputs: H, the length of the vectors before it.
    init(_ folder: URL, inputs: Int) throws {
        let sizes = try Configuration(folder)
        guard sizes.inputs == inputs else {
            throw EncoderError.badFolder(
                path: folder.path,
                reason: "in_features is \(sizes.inputs), but the vectors have length \(inputs)")
        }
        let weights = try SafetensorsFolder(folder)
        var linear = Linear(
            inputs: Axis(inputs), outputs: Axis(sizes.outputs), hasBias: sizes.hasBias)
        try linear.weight.load("linear.weight", from: weights)
        try linear.bias?.load("linear.bias", from: weights)
        self.linear = linear
        activation = sizes.activation
    }

    /// - Parameter vectors: Shape: [N, H].
    /// - Returns: Shape: [N, D].
    func forward(_ vectors: [Float]) -> [Float] {
        linear.outputs(of: vectors, activation: activation)
    }

    /// What forward leaves for backward.
    struct Activations {
        /// x. Shape: [N, H].
        let x: FloatRows
        /// x Wᵀ + b. Shape: [N, D].
        let sum: FloatRows
        /// y. Shape: [N, D].
        let y: FloatRows
    }

    /// y = activation(x Wᵀ + b), in a pass that may go back.
    func forward(_ x: FloatRows, _ pass: Pass) -> Activations {
        let sum = pass.rows(x.rows, columns: width)
        let y = activation == nil ? sum : pass.rows(x.rows, columns: width)
        linear.forward(x, into: sum, activation: activation, activated: activation == nil ? nil : y, pass)
        return Activations(x: x, sum: sum, y: y)
    }

    /// y = activation(x Wᵀ + b).
    /// - Parameter d: dY; overwritten. Shape: [N, D].
    /// - Returns: dX. Shape: [N, H].
    func backward(_ activations: Activations, gradient d: FloatRows, _ pass: Pass) -> FloatRows {
        // The derivative of tanh is taken from its value.
        activation?.backward(activation == .tanh ? activations.y : activations.sum, gradient: d)
        let dX = pass.rows(d.rows, columns: linear.inputs)
        linear.backward(activations.x, gradient: d, into: dX, pass)
        return dX
    }
}
