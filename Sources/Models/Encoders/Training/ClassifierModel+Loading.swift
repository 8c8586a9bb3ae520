import DeterministicWork
import Foundation
import LinearAlgebra
import SafeFiles
import TensorFiles

extension ClassifierModel {
    /// Loads an encoder, and for each task its head where the folder has one, as that of a `BertForSequenceClassification`;
    /// what is missing starts with random weights, as in `transformers`.
    ///
    /// - Parameters:
    ///   - folder: A Hugging Face folder.
    ///   - labelCounts: K of each task.
    ///   - seed: Of the random weights.
    ///   - initialized: The parts with random weights, by their names.
    package init(
        folder: URL, pooling: Pooling, labelCounts: [Int], seed: UInt64, initialized: inout [String]
    ) throws(EncoderError) {
        let checkpoint = try Checkpoint(folder: folder)
        var encoder = try BertEncoder(checkpoint)
        let keys = checkpoint.keys
        let hidden = encoder.configuration.hidden
        if pooling == .pooler && !encoder.hasPooler {
            let name = keys.poolerInClassifier
            var linear = try checkpoint.head(name, inputs: hidden, outputs: hidden)
            if linear == nil {
                initialized.append(name)
                linear = Linear(
                    random: encoder.configuration, inputs: hidden, outputs: hidden, seed: seed,
                    for: .poolerWeights)
            }
            if let linear {
                encoder = encoder.with(
                    pooler: Pooler(linear: linear, activation: encoder.configuration.family.poolerActivation))
            }
        }
        var heads: [ClassifierHead] = []
        for (task, labels) in labelCounts.enumerated() {
            let name = keys.classifier(task: task, of: labelCounts.count)
            if let known = try checkpoint.head(name, inputs: hidden, outputs: labels) {
                heads.append(ClassifierHead(name: name, linear: known))
            } else {
                initialized.append(name)
                let linear = Linear(
                    random: encoder.configuration, inputs: hidden, outputs: labels, seed: seed,
                    for: .headWeights(task: task))
                heads.append(ClassifierHead(name: name, linear: linear))
            }
        }
        self.init(encoder: encoder, pooling: pooling, heads: heads)
    }
}

extension ClassifierModel {
    /// Writes the weights, as a model for the classification of sequences has them in `transformers`.
    ///
    /// - Parameter task: Whose head; nil for those of all tasks, by number if there are several.
    package func write(to file: URL, task: Int? = nil) throws {
        let output = try OutputFile(file)
        try write(task: task) { try output.write($0) }
        try output.commit()
    }

    func write(task: Int? = nil, to sink: (UnsafeRawBufferPointer) throws -> Void) throws {
        let pending = tensors(task: task).map { tensor in
            Safetensors.Pending(tensor.name, .float32, shape: tensor.shape) { .float32(tensor.unpacked()) }
        }
        try Safetensors.write(pending, metadata: ["format": "pt"], to: sink)
    }
}

extension Linear {
    /// Weights from the normal distribution with the configuration's `initializer_range`, and biases of 0.
    fileprivate init(
        random sizes: BertConfiguration, inputs: Int, outputs: Int, seed: UInt64, for purpose: RandomPurpose
    ) {
        var random = RandomStream(seed: seed, for: purpose)
        let weights = (0..<inputs * outputs).map { _ in Float(random.nextNormal() * sizes.initializerRange) }
        self.init(
            weight: weights.withUnsafeBufferPointer {
                PanelMatrix(transposing: $0, columns: outputs, depth: inputs)
            },
            bias: FloatBuffer(count: PanelMatrix.padded(outputs)))
    }
}

extension RandomStream {
    /// A number from the standard normal distribution (Box and Muller 1958).
    fileprivate mutating func nextNormal() -> Double {
        let radius = (-2 * log(1 - nextUniform())).squareRoot()
        return radius * cos(2 * .pi * nextUniform())
    }
}
