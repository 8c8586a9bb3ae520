import Files
import Foundation
import Labels
import Tokenizers
import TransformerModels

/// A trained classifier of texts: a Hugging Face folder that `transformers` loads, and the other way round.
struct FittedClassifier: FittedContestant {
    private let model: ClassifierModel
    private let task: Int
    private let labelSpace: LabelSpace
    private let tokenizer: WordPieceTokenizer
    private let maxLength: Int
    private let source: ClassifierFolder

    let isProbabilistic = true
    let notices: [String]
    var parameterCount: Int? {
        model.tensors(task: task).reduce(0) { $0 + $1.shape.reduce(1, *) }
    }

    init(
        model: ClassifierModel, task: Int, labelSpace: LabelSpace, tokenizer: WordPieceTokenizer,
        maxLength: Int,
        source: ClassifierFolder, notices: [String]
    ) {
        self.model = model
        self.task = task
        self.labelSpace = labelSpace
        self.tokenizer = tokenizer
        self.maxLength = maxLength
        self.source = source
        self.notices = notices
    }

    /// Loads such a folder, whoever wrote it.
    init(folder: URL, labelSpace: LabelSpace) throws {
        source = try ClassifierFolder(folder)
        let additions = try source.additions
        var initialized: [String] = []
        model = try ClassifierModel(
            folder: folder, pooling: additions?.pooling ?? .pooler, labelCounts: [labelSpace.count], seed: 0,
            initialized: &initialized)
        if let missing = initialized.first {
            throw ExperimentError.notAModel(
                path: folder.path, reason: "the weights have no \(missing) for \(labelSpace.count) labels")
        }
        task = 0
        self.labelSpace = labelSpace
        tokenizer = try WordPieceTokenizer(folder: folder)
        try tokenizer.check(modelVocabularySize: source.vocabulary)
        maxLength = min(additions?.maxLength ?? source.positions, source.positions)
        notices = []
    }

    func probabilities(of texts: [String]) throws -> Probabilities {
        let (different, place) = distinctTexts(texts)
        let logits = try model.logits(
            ofSequences: tokenizer.sequences(different, maxLength: maxLength), task: task)
        return logits.probabilities(labelSpace.kind).selecting(place)
    }

    func save(to folder: URL) throws {
        let additions = ClassifierFolder.Additions(pooling: model.pooling, maxLength: maxLength)
        for file in tokenizer.files() {
            try OutputFile.write(file.text, to: folder.appendingPathComponent(file.name))
        }
        try OutputFile.write(
            source.configuration(labelSpace, additions), to: folder.appendingPathComponent("config.json"))
        try model.write(to: folder.appendingPathComponent("model.safetensors"), task: task)
    }
}
