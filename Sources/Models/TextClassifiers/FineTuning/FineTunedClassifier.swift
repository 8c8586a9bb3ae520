import Encoders
import Foundation
import Labels
import TextTokenizers

/// A pretrained encoder that is trained whole, or by what low-rank adaptation adds to it, with a head for each task.
///
/// ```swift
/// let classifier = FineTunedClassifier(encoder: URL(fileURLWithPath: "all-MiniLM-L6-v2"))
/// let model = try classifier.fit(texts, .classes(labels), labelSpace: space, validation: examples)
/// try model.save(to: URL(fileURLWithPath: "model"))
/// ```
public struct FineTunedClassifier: TextClassifier {
    public var options: FineTuningOptions
    /// A folder of Hugging Face or of sentence-transformers.
    private let encoder: URL
    private let name: String
    private let encoderNotices: [String]
    private let architectures: EncoderArchitectures

    /// Changes whenever the same options, data and seed would train to other weights, so that no result of an earlier
    /// version is taken for one of this. 2: each purpose of random numbers has its own.
    package static let algorithm = "fine-tuning 2"

    /// - Parameters:
    ///   - encoder: A folder of Hugging Face or of sentence-transformers.
    ///   - name: What the summary calls it; by default the folder's name.
    ///   - notices: What is to be told of the encoder, such as the commit that its name stands for.
    ///   - architectures: Those that the encoder may be of.
    public init(
        encoder: URL, name: String? = nil, options: FineTuningOptions = FineTuningOptions(),
        notices: [String] = [], architectures: EncoderArchitectures = .standard
    ) {
        self.encoder = encoder
        encoderNotices = notices
        self.name = name ?? encoder.lastPathComponent
        self.options = options
        self.architectures = architectures
    }

    /// - Throws: `EncoderError` for a folder that is not an encoder's, `TokenizerError`, `TextClassifierError` for options
    ///   that these labels have no use for.
    public func check(_ labelSpace: LabelSpace) throws {
        let inspection = try EncoderInspection(folder: encoder, architectures: architectures)
        try inspection.require(isStatic: false)
        try inspection.check(options.training, reinitializing: options.reinitializedLayers)
        try options.check(labelSpace)
    }

    /// - Throws: `SelectionError` where validation cannot tell which model is best.
    public func check(_ tasks: [TrainingTask]) throws { try options.check(tasks) }

    public func fit(_ task: TrainingTask, _ context: FitContext) throws -> FittedFineTunedClassifier {
        try train([task], context)[0]
    }

    /// Trains one encoder on all tasks, or one for each (`sharesTasks`).
    public func fit(
        _ tasks: [TrainingTask], _ context: FitContext
    ) throws -> [FittedFineTunedClassifier] {
        if options.sharesTasks { return try train(tasks, context) }
        return try tasks.map { try fit($0, context.alone(task: $0.name)) }
    }

    private func train(
        _ tasks: [TrainingTask], _ context: FitContext
    ) throws -> [FittedFineTunedClassifier] {
        if tasks.isEmpty { return [] }
        let modules = try SentenceModules(encoder)
        let place = modules.transformerFolder(in: encoder)
        let source = try ClassifierFolder(place, architectures)
        let tokenizer = try TextTokenizer(folder: place)
        let surplus = try tokenizer.check(modelVocabularySize: source.vocabulary)
        let usual = min(FineTuningOptions.defaultMaxLength, tokenizer.maxLength ?? .max)
        let limit = min(options.maxLength ?? usual, source.maxPositions)
        let prefix = options.prefix ?? modules.prompt
        let training = ClassifierTraining(
            options: options, folder: place, configuration: source.text,
            sequences: { tokenizer.sequences($0.prefixed(by: prefix), maxLength: limit) },
            read: { folder, initialized in
                try ClassifierModel(
                    folder: folder, architectures: architectures, pooling: options.pooling,
                    labelCounts: tasks.map(\.labelSpace.count), seed: context.seed, initialized: &initialized
                )
            },
            prepare: { try $0.reinitialize(topLayers: options.reinitializedLayers, seed: context.seed) })
        let best = try training.run(tasks, context)
        let notices =
            encoderNotices + tokenizer.notices
            + [
                surplus, lengthNotice(stated: options.maxLength, positions: source.maxPositions),
                modules.leftOut(by: options.pooling),
            ].compactMap(\.self) + best.notices
        let adapter = best.factors.map { PeftAdapter($0, encoder: name, newParts: best.newParts) }
        let summary = options.summary(encoder: name, maxLength: limit, prefix: prefix)
        return tasks.indices.map {
            FittedFineTunedClassifier(
                model: best.model.selecting(task: $0), labelSpace: tasks[$0].labelSpace, tokenizer: tokenizer,
                maxLength: limit, prefix: prefix, source: source, adapter: adapter, notices: notices,
                summary: summary)
        }
    }
}
