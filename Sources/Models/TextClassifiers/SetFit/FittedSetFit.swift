import Encoders
import Foundation
import Labels
import Learners
import LinearAlgebra

/// An encoder that was trained on pairs of texts, and the classifier on its vectors.
///
/// Saved, it is a folder of sentence-transformers in `encoder/`, and the classifier beside it.
public struct FittedSetFit: FittedTextClassifier {
    private let encoder: TextEncoder
    /// That of `encoder`.
    private let network: TokenEncoder
    private let head: FittedLearner
    private let folder: SentenceFolder
    public let notices: [String]
    /// Nil where it was read back.
    public let summary: String?

    private static let encoderName = "encoder"

    init(
        encoder: TextEncoder, network: TokenEncoder, head: FittedLearner, folder: SentenceFolder,
        notices: [String], summary: String?
    ) {
        self.encoder = encoder
        self.network = network
        self.head = head
        self.folder = folder
        self.notices = notices
        self.summary = summary
    }

    public var isProbabilistic: Bool { head.isProbabilistic }
    public var parameterCount: Int? { head.parameterCount.map { $0 + network.parameterCount } }

    public func probabilities(of texts: [String]) throws -> Probabilities {
        head.probabilities(FeatureMatrix(try encoder.encode(texts, folder.options)))
    }

    /// - Precondition: It is in float32, as it is read and trained.
    public func predicting(in precision: Precision) throws -> (any FittedTextClassifier)? {
        if precision == .f32 { return self }
        try network.readAll()
        let reduced = network.reduced(to: precision)
        return FittedSetFit(
            encoder: encoder.replacing(reduced), network: reduced, head: head, folder: folder,
            notices: notices, summary: summary)
    }

    public func save(to folder: URL) throws {
        try self.folder.write(network, to: folder.appendingPathComponent(FittedSetFit.encoderName))
        try head.save(to: folder)
    }

    /// Reads what `save(to:)` wrote.
    public init(from folder: URL, labelSpace: LabelSpace) throws {
        let place = folder.appendingPathComponent(FittedSetFit.encoderName)
        encoder = try TextEncoder(folder: place)
        guard let network = encoder.encoder as? TokenEncoder else {
            throw TextClassifierError.notAModel(
                path: place.path, reason: "it holds static embeddings, expected a network")
        }
        self.network = network
        head = try FittedLearner(from: folder)
        guard head.featureCount == encoder.width else {
            throw TextClassifierError.notAModel(
                path: folder.path,
                reason:
                    "the head reads \(head.featureCount) features, and the encoder's vectors have \(encoder.width)"
            )
        }
        guard head.labelSpace.names == labelSpace.names else {
            throw TextClassifierError.notAModel(
                path: folder.path,
                reason: "the labels of model.json are not those of contestant.json beside it")
        }
        self.folder = SentenceFolder(
            source: try ClassifierFolder(place), tokenizer: encoder.tokenizer, options: encoder.options())
        notices = encoder.notices
        summary = nil
    }
}
