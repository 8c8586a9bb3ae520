import Encoders
import Foundation
import Labels
import SafeFiles

/// Trained static embeddings with a linear head: a folder of model2vec, whose `StaticModel` loads the table, with
/// `classifier.weight` and `classifier.bias` beside the table.
public struct FittedStaticClassifier: FittedTextClassifier {
    private let model: StaticClassifierModel
    private let labelSpace: LabelSpace
    private let bag: TokenBag
    private let source: StaticClassifierFolder

    public let isProbabilistic = true
    public let notices: [String]
    /// Nil when it was read back.
    public let summary: String?
    public var parameterCount: Int? { model.parameterCount }

    init(
        model: StaticClassifierModel, labelSpace: LabelSpace, bag: TokenBag, source: StaticClassifierFolder,
        notices: [String], summary: String
    ) {
        self.model = model
        self.labelSpace = labelSpace
        self.bag = bag
        self.source = source
        self.notices = notices
        self.summary = summary
    }

    /// Reads what `save(to:)` wrote.
    /// - Throws: `TextClassifierError.notAModel`, `EncoderError`, `TokenizerError`.
    public init(from folder: URL, labelSpace: LabelSpace) throws {
        guard let place = try StaticFolder(folder) else {
            throw TextClassifierError.notAModel(path: folder.path, reason: "it holds no static embeddings")
        }
        source = try StaticClassifierFolder(folder, place, labelSpace: labelSpace)
        var missing: [String] = []
        model = try StaticClassifierModel(
            place, labelCounts: [labelSpace.count], seed: 0, initialized: &missing)
        if let head = missing.first {
            throw TextClassifierError.notAModel(
                path: folder.path,
                reason: "the weights have no \(head) for the \(labelSpace.count) labels of config.json")
        }
        bag = try place.bag()
        self.labelSpace = labelSpace
        notices = bag.notices
        summary = nil
    }

    public func probabilities(of texts: [String]) throws -> Probabilities {
        let sequences = bag.sequences(texts.prefixed(by: source.prefix), maxLength: source.maxLength)
        return try model.logits(ofSequences: sequences, task: 0).probabilities(labelSpace.kind)
    }

    public func explanation(of text: String) throws -> Explanation? {
        try explanation(of: text, for: .all)
    }

    /// What each word adds to the log-odds of labels.
    public func explanation(of text: String, for labels: ExplainedLabels) throws -> Explanation? {
        let worded = WordedText(text, prefix: source.prefix, maxLength: source.maxLength, bag)
        return try model.explanation(
            of: worded, labelSpace, for: labels, probabilities(of: [text]).values)
    }

    public func save(to folder: URL) throws {
        try OutputFile.write(bag.tokenizerFile, to: folder.appendingPathComponent("tokenizer.json"))
        try OutputFile.write(
            source.configuration(labelSpace), to: folder.appendingPathComponent("config.json"))
        try model.write(to: folder.appendingPathComponent("model.safetensors"))
    }
}
