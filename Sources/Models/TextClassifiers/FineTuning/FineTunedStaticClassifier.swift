import Encoders
import Foundation
import Labels

/// Static embeddings whose table is trained, with a linear head for each task.
///
/// ```swift
/// let classifier = FineTunedStaticClassifier(folder: URL(fileURLWithPath: "potion-base-8M"))
/// let model = try classifier.fit(texts, .classes(labels), labelSpace: space, validation: examples)
/// ```
///
/// The head reads the mean of the tokens' vectors. What a folder has after its table, such as a division by the norm, is
/// left out.
public struct FineTunedStaticClassifier: TextClassifier {
    /// Its pooling has no meaning here.
    public var options: FineTuningOptions
    private let folder: URL
    private let name: String
    private let encoderNotices: [String]

    /// Changes whenever the same options, data and seed would train to other weights.
    package static let algorithm = "static embeddings 1"

    /// The peak learning rate where nothing is said: a table takes larger steps than a network. That of model2vec.
    package static let defaultLearningRate = 1e-3

    /// Options with the learning rate of a table.
    public static var defaultOptions: FineTuningOptions {
        var options = FineTuningOptions()
        options.training.learningRate = defaultLearningRate
        return options
    }

    /// - Parameters:
    ///   - folder: Static embeddings in a layout that `TextEncoder` reads.
    ///   - name: What the summary calls them; by default the folder's name.
    ///   - notices: What is to be told of the folder, such as the commit that its name stands for.
    public init(
        folder: URL, name: String? = nil, options: FineTuningOptions = defaultOptions, notices: [String] = []
    ) {
        self.folder = folder
        self.name = name ?? folder.lastPathComponent
        self.options = options
        encoderNotices = notices
    }

    /// - Throws: `EncoderError` for a folder that holds no static embeddings, `TokenizerError`, `TextClassifierError` for
    ///   options that these labels have no use for.
    public func check(_ labelSpace: LabelSpace) throws {
        let inspection = try EncoderInspection(folder: folder)
        try inspection.require(isStatic: true)
        try inspection.check(options.training, reinitializing: options.reinitializedLayers)
        try options.check(labelSpace)
    }

    /// - Throws: `SelectionError` where validation cannot tell which model is best.
    public func check(_ tasks: [TrainingTask]) throws { try options.check(tasks) }

    public func fit(_ task: TrainingTask, _ context: FitContext) throws -> FittedStaticClassifier {
        let modules = try SentenceModules(folder)
        guard let place = try StaticFolder(folder, modules) else {
            throw TextClassifierError.notAModel(path: folder.path, reason: "it holds no static embeddings")
        }
        let bag = try place.bag()
        let limit = options.maxLength ?? place.maxLength
        let prefix = options.prefix ?? modules.prompt
        let source = StaticClassifierFolder(reading: place.reading, maxLength: limit, prefix: prefix)
        let training = ClassifierTraining<StaticEmbedding>(
            options: options, folder: place.place, configuration: try source.configuration(task.labelSpace),
            sequences: { bag.sequences($0.prefixed(by: prefix), maxLength: limit) },
            read: { folder, initialized in
                guard let place = try StaticFolder(folder) else {
                    throw TextClassifierError.notAModel(
                        path: folder.path, reason: "it holds no static embeddings")
                }
                return try StaticClassifierModel(
                    place, labelCounts: [task.labelSpace.count], seed: context.seed, initialized: &initialized
                )
            })
        let best = try training.run([task], context)
        return FittedStaticClassifier(
            model: best.model, labelSpace: task.labelSpace, bag: bag, source: source,
            notices: encoderNotices + bag.notices + leftOut(place, modules) + best.notices,
            summary: options.tableSummary(name: name, maxLength: limit, prefix: prefix))
    }

    /// What to tell of what the folder has after its table.
    private func leftOut(_ place: StaticFolder, _ modules: SentenceModules) -> [String] {
        let parts = modules.dense + (place.normalizes ? ["a division by the norm"] : [])
        if parts.isEmpty { return [] }
        return [
            "the folder has \(parts.joined(separator: ", ")) after its table, which training leaves out: the head reads "
                + Pooling.mean.words
        ]
    }
}
