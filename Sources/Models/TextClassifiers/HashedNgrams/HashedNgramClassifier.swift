import DeterministicWork
import Encoders
import Foundation
import Labels
import Learners
import SafeFiles
import SettingKeys
import TensorFiles

/// The mean of the vectors of a text's words and n-grams, and a linear layer, trained together: fastText's supervised mode.
public struct HashedNgramClassifier: TextClassifier {
    public var options: HashedNgramOptions

    public init(_ options: HashedNgramOptions = .init()) { self.options = options }

    public func check(_ labelSpace: LabelSpace) throws {
        if labelSpace.kind == .multilabel, options.loss == .softmax {
            throw TextClassifierError.uselessOption("loss softmax", kind: labelSpace.kind)
        }
    }

    public func fit(_ task: TrainingTask, _ context: FitContext) throws -> FittedHashedNgrams {
        if task.train.texts.isEmpty { throw LinearModelError.noRows }
        try context.stopIfAsked()
        let (vocabulary, rows) = NgramVocabulary.fit(options, to: task.train.texts)
        if vocabulary.rowCount == 0 { throw TextClassifierError.noWords(minCount: options.minCount) }
        try checkMemory(rowCount: vocabulary.rowCount + task.labelSpace.count)
        var weights = NgramWeights(
            dim: options.dim, rowCount: vocabulary.rowCount, labelCount: task.labelSpace.count,
            seed: context.seed)
        let loss = options.loss ?? (task.labelSpace.kind == .multilabel ? .oneVsAll : .softmax)
        let trainer = NgramTrainer(
            options: options, loss: loss, rows: rows,
            labels: rows.indices.map(task.train.targets.labels(ofRow:)), seed: context.seed)
        try trainer.train(&weights) { epoch in
            try context.stopIfAsked()
            context.progress(
                FitProgress(phase: "training", completed: epoch, total: options.epochs, unit: "epochs"))
        }
        guard weights.inputs.allSatisfy({ $0.isFinite }), weights.outputs.allSatisfy({ $0.isFinite }) else {
            throw LinearModelError.diverged(epoch: options.epochs, learningRate: options.learningRate)
        }
        return FittedHashedNgrams(
            vocabulary: vocabulary, weights: weights, loss: loss, labelSpace: task.labelSpace)
    }
}

extension HashedNgramClassifier {
    /// Throws where so many vectors would not fit into memory.
    /// - Parameter available: Bytes; nil where it is not known.
    package func checkMemory(rowCount: Int, available: Int? = AvailableMemory.bytes)
        throws(TextClassifierError)
    {
        guard let available else { return }
        let (floats, overflow) = rowCount.multipliedReportingOverflow(by: options.dim)
        if overflow || floats > available / MemoryLayout<Float>.stride {
            throw .tooManyVectors(rowCount, dim: options.dim, availableBytes: available)
        }
    }
}

extension SIMD8<Float> {
    fileprivate var isFinite: Bool { indices.allSatisfy { self[$0].isFinite } }
}

/// Vectors of words, n-grams and labels.
public struct FittedHashedNgrams: FittedTextClassifier {
    let vocabulary: NgramVocabulary
    let weights: NgramWeights
    let loss: HashedNgramOptions.Loss
    let labelSpace: LabelSpace

    public var isProbabilistic: Bool { true }
    public var parameterCount: Int? { (vocabulary.rowCount + labelSpace.count) * weights.dim }

    public var summary: String? {
        "\(vocabulary.words.count) words and \(vocabulary.buckets.count) n-grams, vectors of \(weights.dim), "
            + "\(counted(vocabulary.options.epochs, "epoch")), learning rate \(vocabulary.options.learningRate)"
    }

    public func probabilities(of texts: [String]) -> Probabilities {
        let rows = parallelMap(texts.count, blockSize: 64) {
            weights.logits(of: vocabulary.rows(ofText: texts[$0]))
        }
        let logits = Logits(labelCount: labelSpace.count, values: Array(rows.joined()))
        if loss == .softmax { return logits.softmax() }
        let sigmoids = logits.sigmoid()
        return labelSpace.kind == .multilabel
            ? sigmoids : sigmoids.dividedByRowSums(rest: 1 / Double(labelSpace.count))
    }
}

extension FittedHashedNgrams {
    /// What `ngrams.json` says; the vectors stand in `ngrams.safetensors`.
    private struct Saved: Codable {
        static let format = "bakeoff ngrams"
        static let version = 1

        var format = Self.format
        var version = Self.version
        var options: HashedNgramOptions
        var loss: HashedNgramOptions.Loss
        var words: [String]
        var buckets: [Int64]
    }

    /// F32. Shapes: [rows, dim] and [K, dim].
    private static let (inputs, outputs) = ("inputs", "outputs")

    private static func file(in folder: URL) -> URL { folder.appendingPathComponent("ngrams.json") }
    private static func tensors(in folder: URL) -> URL { folder.appendingPathComponent("ngrams.safetensors") }

    public func save(to folder: URL) throws {
        let (R, K) = (vocabulary.rowCount, labelSpace.count)
        let tensors = Safetensors(tensors: [
            Self.inputs: .init(shape: [R, weights.dim], values: .float32(weights.plain(\.inputs))),
            Self.outputs: .init(shape: [K, weights.dim], values: .float32(weights.plain(\.outputs))),
        ])
        try OutputFile.write(try tensors.encoded(), to: Self.tensors(in: folder))
        try OutputFile.write(
            try ModelFile.encoded(
                Saved(
                    options: vocabulary.options, loss: loss, words: vocabulary.words,
                    buckets: vocabulary.buckets)), to: Self.file(in: folder))
    }

    /// - Throws: `FileError`, or `LinearModelError.badModel` for files that cannot be those of one.
    public init(from folder: URL, labelSpace: LabelSpace) throws {
        let file = Self.file(in: folder)
        let saved = try ModelFile.decode(Saved.self, from: file, format: Saved.format, version: Saved.version)
        let options = saved.options
        guard options.dim >= 1, options.bucket >= 1, options.maxn >= 0,
            options.maxn == 0 || options.minn <= options.maxn,
            Set(saved.words.map { Array($0.utf8) }).count == saved.words.count,
            Set(saved.buckets).count == saved.buckets.count
        else {
            throw LinearModelError.badModel(file: file.path, reason: "its options or vocabulary are damaged")
        }
        let vocabulary = NgramVocabulary(options: options, words: saved.words, buckets: saved.buckets)
        let tensors = Self.tensors(in: folder)
        func bad(_ reason: String) -> LinearModelError { .badModel(file: tensors.path, reason: reason) }
        let stored: Safetensors
        do { stored = try Safetensors(InputFile(tensors).readToEnd()) } catch let error as SafetensorsError {
            throw bad("\(error)")
        }
        func values(_ name: String, _ rowCount: Int) throws(LinearModelError) -> [Float] {
            guard let tensor = stored.tensors[name], tensor.shape == [rowCount, options.dim],
                case .float32(let values) = tensor.values, values.allSatisfy(\.isFinite)
            else { throw bad("expected F32 numbers '\(name)' of shape [\(rowCount), \(options.dim)]") }
            return values
        }
        self.init(
            vocabulary: vocabulary,
            weights: NgramWeights(
                dim: options.dim, inputs: try values(Self.inputs, vocabulary.rowCount),
                outputs: try values(Self.outputs, labelSpace.count)),
            loss: saved.loss, labelSpace: labelSpace)
    }
}
