import Encoders
import Foundation
import Labels
import Results
import SafeFiles
import TextClassifiers
import TextTokenizers

/// A trained classifier of texts: a Hugging Face folder that `transformers` loads, and the other way round.
struct FittedClassifier: FittedTextClassifier {
    private let model: ClassifierModel
    private let task: Int
    private let labelSpace: LabelSpace
    private let tokenizer: WordPieceTokenizer
    private let maxLength: Int
    private let source: ClassifierFolder

    let isProbabilistic = true
    let notices: [String]
    /// Nil when it was read back.
    let summary: String?
    var parameterCount: Int? {
        model.selecting(task: task).parameterCount
    }

    init(
        model: ClassifierModel, task: Int, labelSpace: LabelSpace, tokenizer: WordPieceTokenizer,
        maxLength: Int, source: ClassifierFolder, notices: [String], summary: String
    ) {
        self.summary = summary
        self.model = model
        self.task = task
        self.labelSpace = labelSpace
        self.tokenizer = tokenizer
        self.maxLength = maxLength
        self.source = source
        self.notices = notices
    }

    /// Loads such a folder, whoever wrote it.
    init(from folder: URL, labelSpace: LabelSpace) throws {
        source = try ClassifierFolder(folder)
        let own = try source.labelSpace()
        if own.names != labelSpace.names {
            throw ExperimentError.notAModel(
                path: folder.path,
                reason:
                    "the labels of config.json are not those of contestant.json beside it; if the model was trained "
                    + "further, remove contestant.json")
        }
        var initialized: [String] = []
        model = try ClassifierModel(
            folder: folder, pooling: source.pooling, labelCounts: [labelSpace.count], seed: 0,
            initialized: &initialized)
        if let missing = initialized.first {
            throw ExperimentError.notAModel(
                path: folder.path,
                reason: "the weights have no \(missing) for the \(labelSpace.count) labels of config.json"
                    + (try source.classifierRows().map { "; theirs is for \($0)" } ?? ""))
        }
        task = 0
        self.labelSpace = labelSpace
        tokenizer = try WordPieceTokenizer(folder: folder)
        let surplus = try tokenizer.check(modelVocabularySize: source.vocabulary)
        if let length = source.maxLength, length < 1 {
            throw ExperimentError.notAModel(
                path: folder.path,
                reason: "max_length in config.json is \(length), expected a whole number above 0")
        }
        maxLength = min(source.maxLength ?? tokenizer.configuration.maxLength ?? .max, source.positions)
        notices = tokenizer.notices + (surplus.map { [$0] } ?? [])
        summary = nil
    }

    func probabilities(of texts: [String]) throws -> Probabilities {
        let distinct = DistinctTexts(texts)
        let logits: Logits
        do throws(EncoderError) {
            logits = try model.logits(
                ofSequences: tokenizer.sequences(distinct.texts, maxLength: maxLength), task: task)
        } catch {
            throw EncoderError.inFile(path: source.folder.path, error)
        }
        return logits.probabilities(labelSpace.kind).selecting(distinct.places)
    }

    func save(to folder: URL) throws {
        for file in tokenizer.files(className: source.tokenizerClass, maxLength: maxLength) {
            try OutputFile.write(file.text, to: folder.appendingPathComponent(file.name))
        }
        try OutputFile.write(
            source.configuration(labelSpace, model.pooling), to: folder.appendingPathComponent("config.json"))
        let code = folder.appendingPathComponent(PooledModelFile.name)
        if model.pooling == .pooler {
            try? FileManager.default.removeItem(at: code)
        } else {
            try OutputFile.write(PooledModelFile.text, to: code)
        }
        try model.selecting(task: task).write(to: folder.appendingPathComponent("model.safetensors"))
    }
}
