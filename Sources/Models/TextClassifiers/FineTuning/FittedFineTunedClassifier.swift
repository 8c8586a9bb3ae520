import DeterministicWork
import Encoders
import Foundation
import Labels
import LinearAlgebra
import SafeFiles
import TextTokenizers

/// A trained classifier of texts: a Hugging Face folder that `transformers` loads, and the other way round.
public struct FittedFineTunedClassifier: FittedTextClassifier {
    private let model: ClassifierModel
    private let labelSpace: LabelSpace
    private let tokenizer: TextTokenizer
    private let maxLength: Int
    /// What is put before every text.
    private let prefix: String?
    private let source: ClassifierFolder
    /// What low-rank adaptation has added to the encoder; nil without, and when it was read back.
    private let adapter: PeftAdapter?

    public let isProbabilistic = true
    public let notices: [String]
    /// Nil when it was read back.
    public let summary: String?
    public var parameterCount: Int? { model.parameterCount }

    init(
        model: ClassifierModel, labelSpace: LabelSpace, tokenizer: TextTokenizer,
        maxLength: Int, prefix: String?, source: ClassifierFolder, adapter: PeftAdapter? = nil,
        notices: [String], summary: String?
    ) {
        self.adapter = adapter
        self.summary = summary
        self.model = model
        self.labelSpace = labelSpace
        self.tokenizer = tokenizer
        self.maxLength = maxLength
        self.prefix = prefix
        self.source = source
        self.notices = notices
    }

    /// Loads such a folder, whoever wrote it.
    public init(from folder: URL, labelSpace: LabelSpace) throws {
        try self.init(from: folder, labelSpace: labelSpace, architectures: .standard)
    }

    /// Loads such a folder, whose encoder may be of any of these architectures.
    public init(from folder: URL, labelSpace: LabelSpace, architectures: EncoderArchitectures) throws {
        source = try ClassifierFolder(folder, architectures)
        adapter = nil
        let own = try source.labelSpace()
        if own.names != labelSpace.names {
            throw TextClassifierError.notAModel(
                path: folder.path,
                reason:
                    "the labels of config.json are not those of contestant.json beside it; if the model was trained "
                    + "further, remove contestant.json")
        }
        (model, tokenizer) = try inParallel(
            { [source] in try FittedFineTunedClassifier.model(source, labelSpace, architectures) },
            { try TextTokenizer(folder: folder) })
        self.labelSpace = labelSpace
        let surplus = try tokenizer.check(modelVocabularySize: source.vocabulary)
        if let length = source.maxLength, length < 1 {
            throw TextClassifierError.notAModel(
                path: folder.path,
                reason: "max_length in config.json is \(length), expected a whole number above 0")
        }
        maxLength = min(source.maxLength ?? tokenizer.maxLength ?? .max, source.maxPositions)
        prefix = try source.prefix()
        notices = tokenizer.notices + (surplus.map { [$0] } ?? [])
        summary = nil
    }

    private static func model(
        _ source: ClassifierFolder, _ labelSpace: LabelSpace, _ architectures: EncoderArchitectures
    ) throws -> ClassifierModel {
        var initialized: [String] = []
        let model = try ClassifierModel(
            folder: source.folder, architectures: architectures, pooling: source.pooling,
            labelCounts: [labelSpace.count], seed: 0, initialized: &initialized, isForEncoding: true)
        if let missing = initialized.first {
            throw TextClassifierError.notAModel(
                path: source.folder.path,
                reason: "the weights have no \(missing) for the \(labelSpace.count) labels of config.json"
                    + (try source.classifierRows().map { "; theirs is for \($0)" } ?? ""))
        }
        return model
    }

    public func probabilities(of texts: [String]) throws -> Probabilities {
        let distinct = DistinctTexts(texts)
        let logits: Logits
        do throws(EncoderError) {
            logits = try model.logits(
                ofSequences: tokenizer.sequences(
                    distinct.texts.prefixed(by: prefix), maxLength: maxLength), task: 0)
        } catch {
            throw error.in(source.folder)
        }
        return logits.probabilities(labelSpace.kind).selecting(distinct.places)
    }

    /// - Precondition: It is in float32, as it is read and trained.
    public func predicting(in precision: Precision) throws -> (any FittedTextClassifier)? {
        if precision == .f32 { return self }
        try model.readAll()
        return FittedFineTunedClassifier(
            model: model.reduced(to: precision), labelSpace: labelSpace, tokenizer: tokenizer,
            maxLength: maxLength, prefix: prefix, source: source, notices: notices, summary: summary)
    }

    public func explanation(of text: String) throws -> Explanation? {
        try explanation(of: text, for: .all)
    }

    /// What each word adds to the log-odds of labels.
    public func explanation(of text: String, for labels: ExplainedLabels) throws -> Explanation? {
        let worded = WordedText(text, prefix: prefix, maxLength: maxLength, tokenizer)
        let probabilities = try probabilities(of: [text]).values
        do throws(EncoderError) {
            return try model.explanation(of: worded, labelSpace, for: labels, probabilities)
        } catch {
            throw error.in(source.folder)
        }
    }

    public func save(to folder: URL) throws {
        for file in tokenizer.files(className: source.tokenizerClass, maxLength: maxLength) {
            try OutputFile.write(file.bytes, to: folder.appendingPathComponent(file.name))
        }
        try OutputFile.write(
            source.configuration(labelSpace, model.pooling, prefix: prefix),
            to: folder.appendingPathComponent("config.json"))
        let code = folder.appendingPathComponent(PooledModelFile.name)
        let architecture = model.encoder.configuration.architecture
        if model.pooling == .pooler || !PooledModelFile.knows(architecture) {
            try? FileManager.default.removeItem(at: code)
        } else {
            try OutputFile.write(PooledModelFile.text(for: architecture), to: code)
        }
        try model.write(to: folder.appendingPathComponent("model.safetensors"))
        if let adapter {
            try adapter.write(model, to: folder)
        } else {
            PeftAdapter.remove(from: folder)
        }
    }
}
