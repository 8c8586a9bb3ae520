import DeterministicWork
import Foundation

extension HeadedEncoder<TokenEncoder> {
    /// Loads an encoder, and for each task its head where the folder has one, as that of `transformers`' `ForSequenceClassification`;
    /// what is missing starts with random weights, as in `transformers`.
    ///
    /// - Parameters:
    ///   - folder: A Hugging Face folder.
    ///   - labelCounts: K of each task.
    ///   - seed: Of the random weights.
    ///   - initialized: The parts with random weights, by their names, are added.
    ///   - isForEncoding: Whether it is not to be trained: the vectors of tokens then stay in their file until they are used.
    /// - Throws: `.noPooler` where `pooling` asks for one and the architecture has none.
    public init(
        folder: URL, architectures: EncoderArchitectures = .standard, pooling: Pooling, labelCounts: [Int],
        seed: UInt64, initialized: inout [String], isForEncoding: Bool = false
    ) throws(EncoderError) {
        let checkpoint = try Checkpoint(folder: folder, architectures: architectures)
        var encoder = try TokenEncoder(checkpoint, isForEncoding: isForEncoding)
        let sizes = encoder.configuration

        func load(_ linear: inout Linear, _ name: String, or purpose: RandomPurpose) throws(EncoderError) {
            if try checkpoint.loadIfPresent(&linear, name, weight: linear.weight) { return }
            linear.setRandom(standardDeviation: sizes.initializerRange, seed: seed, for: purpose)
            linear.weight.isNew = true
            linear.bias?.isNew = true
            initialized.append(name)
        }
        if pooling == .pooler && !encoder.hasPooler {
            guard var pooler = checkpoint.pooler, let place = sizes.architecture.pooler else {
                throw .noPooler
            }
            let names = pooler.names(below: place.path(in: sizes.architecture))
            try load(&pooler.linear, names.linear, or: .poolerWeights)
            if var norm = pooler.norm {
                if try !checkpoint.loadIfPresent(&norm, names.norm, weight: norm.weight) {
                    norm.reset()
                    initialized.append(names.norm)
                }
                pooler.norm = norm
            }
            encoder.pooler = pooler
        }
        var heads: [Linear] = []
        for (task, labels) in labelCounts.enumerated() {
            var head = Linear(inputs: sizes.axis(.hidden), outputs: Axis(labels))
            try load(
                &head,
                HeadedEncoder.name(ofHead: sizes.architecture.head, task: task, of: labelCounts.count),
                or: .headWeights(task: task))
            heads.append(head)
        }
        self.init(encoder: encoder, pooling: pooling, heads: heads)
    }
}

extension Linear {
    /// Weights from a normal distribution around 0, and biases of 0.
    package mutating func setRandom(standardDeviation: Double, seed: UInt64, for purpose: RandomPurpose) {
        var random = RandomStream(seed: seed, for: purpose)
        weight.set((0..<inputs * outputs).map { _ in Float(random.nextNormal() * standardDeviation) })
        let outputs = outputs
        bias?.set(Array(repeating: 0, count: outputs))
    }
}

extension RandomStream {
    /// A number from the standard normal distribution (Box and Muller 1958).
    mutating func nextNormal() -> Double {
        let radius = (-2 * log(1 - nextUniform())).squareRoot()
        return radius * cos(2 * .pi * nextUniform())
    }
}
