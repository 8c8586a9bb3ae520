import Encoders
import Foundation
import Labels
import Learners
import LinearAlgebra

/// SetFit (Tunstall et al. 2022): an encoder that is trained so that texts with a label in common have similar vectors, and a
/// classifier on its vectors. For few rows: 8 to 64 of a class.
///
/// Of several labels a row, texts are alike that share one, and the classifier is fitted for each label by itself. Nothing is
/// chosen on validation.
///
/// ```swift
/// let classifier = SetFitClassifier(encoder: URL(fileURLWithPath: "all-MiniLM-L6-v2"))
/// let model = try classifier.fit(texts, .classes(labels), labelSpace: space)
/// ```
public struct SetFitClassifier: TextClassifier {
    public var options: SetFitOptions
    /// A folder of Hugging Face or of sentence-transformers.
    private let encoder: URL
    private let name: String
    private let encoderNotices: [String]
    private let architectures: EncoderArchitectures

    /// - Parameters:
    ///   - encoder: A folder of Hugging Face or of sentence-transformers.
    ///   - name: What the summary calls it; by default the folder's name.
    ///   - notices: What is to be told of the encoder, such as the commit that its name stands for.
    ///   - architectures: Those that the encoder may be of.
    public init(
        encoder: URL, name: String? = nil, options: SetFitOptions = SetFitOptions(), notices: [String] = [],
        architectures: EncoderArchitectures = .standard
    ) {
        self.encoder = encoder
        self.name = name ?? encoder.lastPathComponent
        self.options = options
        encoderNotices = notices
        self.architectures = architectures
    }

    /// - Throws: `EncoderError` for a folder that is not an encoder's or has what is not trained here, `TokenizerError`,
    ///   `TextClassifierError` for options that these labels have no use for.
    public func check(_ labelSpace: LabelSpace) throws {
        let inspection = try EncoderInspection(folder: encoder, architectures: architectures)
        try inspection.require(isStatic: false)
        let modules = inspection.modules
        if !modules.dense.isEmpty {
            throw EncoderError.badFolder(
                path: encoder.path,
                reason:
                    "it has dense layers after its pooling (\(modules.dense.joined(separator: ", "))), which SetFit "
                    + "does not train here; expected an encoder without")
        }
        if !modules.poolsPrompt, !(options.prefix ?? modules.prompt ?? "").isEmpty {
            throw EncoderError.badFolder(
                path: encoder.path,
                reason:
                    "its pooling leaves out the prompt, which SetFit does not train here; expected no prompt, "
                    + "such as by an empty prefix")
        }
        if options.pooling == .pooler { throw TextClassifierError.noSentencePooling(.pooler) }
        try options.head.check(labelSpace)
    }

    public func check(_ tasks: [TrainingTask]) throws { try options.head.check(tasks) }

    public func fit(_ task: TrainingTask, _ context: FitContext) throws -> FittedSetFit {
        if task.train.texts.isEmpty { throw LinearModelError.noRows }
        let modules = try SentenceModules(encoder)
        let source = try ClassifierFolder(modules.transformerFolder(in: encoder), architectures)
        let text = try TextEncoder(folder: encoder, architectures: architectures)
        let view = text.options(
            pooling: options.pooling, normalize: options.normalize, maxLength: options.maxLength,
            prefix: options.prefix)
        let pairs = try ContrastivePairs(task.train.targets, options, seed: context.seed)
        let (network, digest) = try train(text, view, source, task.train.texts, pairs, context)
        let tuned = text.replacing(network)
        let vectors = try tuned.encode(task.train.texts, view) { done, total in
            try context.stopIfAsked()
            context.progress(
                FitProgress(phase: "encoding", completed: done, total: total, unit: "texts"))
        }
        let head = try options.head.fit(
            FeatureMatrix(vectors), task.train.targets, labelSpace: task.labelSpace, seed: context.seed)
        let positions = source.maxPositions
        let notices =
            encoderNotices + text.notices
            + [
                lengthNotice(stated: options.maxLength, positions: positions),
                "the encoder was read back from a file with SHA-256 \(digest)",
            ].compactMap(\.self) + head.notices.map(\.description)
        return FittedSetFit(
            encoder: tuned, network: network, head: head,
            folder: SentenceFolder(source: source, tokenizer: text.tokenizer, options: view),
            notices: notices,
            summary: options.summary(
                encoder: name, maxLength: view.maxLength == positions ? nil : view.maxLength,
                prefix: view.prefix, pairs: (pairs.alikeCount, pairs.differentCount)))
    }

    /// Trains the network on pairs of texts.
    /// - Returns: The network of the last step, read back from its file, and the file's SHA-256.
    private func train(
        _ text: TextEncoder, _ view: EncodingOptions, _ source: ClassifierFolder, _ texts: [String],
        _ pairs: ContrastivePairs, _ context: FitContext
    ) throws -> (TokenEncoder, digest: String) {
        let temporary = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: temporary) }
        let files = TrainingFiles(
            folder: context.workFolder ?? temporary,
            log: context.log ?? temporary.appendingPathComponent("log.jsonl"))
        let objective = PairObjective<TokenEncoder>(
            text.tokenizer.sequences(
                texts.prefixed(by: view.prefix), maxLength: min(view.maxLength ?? .max, source.maxPositions)),
            pairs: pairs.pairs, pooling: view.pooling)
        let trainer = try Trainer(
            TokenEncoder(folder: source.folder, architectures: architectures), on: objective,
            options: options.training(pairCount: pairs.pairs.count, seed: context.seed), files: files,
            configuration: source.text, evaluate: nil,
            report: { progress in
                context.progress(
                    FitProgress(
                        phase: "epoch \(progress.epoch) of \(progress.epochs)", completed: progress.texts,
                        total: progress.textsInEpoch, unit: "pairs",
                        detail: "loss \(fourDecimals(progress.loss))"))
            }, shouldStop: context.shouldStop)
        do {
            _ = try trainer.run()
        } catch TrainingError.stopped {
            throw RunStopped()
        }
        let digest = try files.verifiedBest(source.text)
        return (try TokenEncoder(folder: files.best, architectures: architectures), digest)
    }
}
