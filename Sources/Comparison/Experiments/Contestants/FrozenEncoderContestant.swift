import Encoders
import Foundation
import Labels
import Learners
import Results
import SafeFiles
import SettingKeys
import TextClassifiers

/// `model: frozen-encoder`: a BERT that is not trained, and a linear head on what it makes of each text.
struct FrozenEncoderContestant: Contestant {
    static let model = "frozen-encoder"
    static let otherNames = [
        "frozen", "encoder", "embedding", "embeddings", "sentence-transformer", "sentence-transformers",
        "setfit", "minilm",
    ]
    static let purpose = "A BERT that is not trained, with a linear head on its vectors of the texts."
    static var settingKeys: KeyReference { keys.reference }

    private struct Keys: Sendable {
        var encoder: String?
        var pooling: Pooling?
        var normalize: Bool?
        var maxLength: Int?
        var head = HeadOptions()
    }

    private static let keys = KeyTable(Keys()) {
        SettingKey(
            required: "encoder", \.encoder, .text("a recipe's name, or the path of a folder"),
            "The encoder that makes vectors of the texts.")
        SettingKey(
            "pooling", \.pooling, .choice, absent: "as the encoder's folder says, else mean",
            "How a text's tokens become one vector.")
        SettingKey(
            "normalize", \.normalize, .flag, absent: "as the encoder's folder says, else false",
            "Whether vectors are scaled to length 1.")
        SettingKey(
            "max-length", \.maxLength, .count(atLeast: 2),
            absent: "as the encoder's folder says, or the most that it takes",
            "The tokens at which a text is cut.")
        SettingKey("head", \.head, .head, "The linear head.")
    }

    private let encoder: String
    private let folder: URL
    // What the file states; nil leaves it to the encoder's folder.
    private let pooling: Pooling?
    private let normalize: Bool?
    private let maxLength: Int?
    private let head: HeadOptions

    init(settings: SettingsMapping, folder: URL) throws {
        self.folder = folder
        let keys = try FrozenEncoderContestant.keys.readOwn(settings)
        encoder = try keys.required(\.encoder)
        (pooling, normalize, maxLength) = (keys.pooling, keys.normalize, keys.maxLength)
        head = keys.head
    }

    var summary: String {
        summary(
            EncodingOptions(
                pooling: pooling ?? .mean, normalize: normalize ?? false, maxLength: maxLength))
    }

    /// - Parameter view: The length is told where it is less than the encoder has positions.
    private func summary(_ view: EncodingOptions) -> String {
        let pooled =
            "\(view.pooling.rawValue) pooling\(view.normalize ? ", normalised" : "")"
            + (view.maxLength.map { ", at most \($0) tokens" } ?? "")
        let training =
            head.solver == .adamw
            ? "linear head by AdamW, \(head.adamw.epochs) epochs, learning rate \(head.adamw.learningRate)"
            : "exact logistic regression, C \(head.C)"
        let weights = head.classWeight == .none ? "" : ", \(head.classWeight.rawValue) class weights"
        return "\(encoder), frozen, \(pooled), \(training)\(weights)"
    }

    func check(_ labelSpace: LabelSpace, _ resources: ContestantResources) throws {
        try EncoderInspection(folder: encoderFolder(resources).root).check(pooling: pooling)
    }

    func check(_ tasks: [TrainingTask], _ resources: ContestantResources) {}

    func fingerprint(_ resources: ContestantResources) throws -> String {
        let files = try encoderFolder(resources).fingerprint(cache: resources.cache)
        return head.solver == .adamw ? "\(FrozenEncoderContestant.trainedHead) \(files)" : files
    }

    /// Changes whenever the same experiment and seed would train a head to other weights. 2: each purpose of random
    /// numbers has its own.
    private static let trainedHead = "head by AdamW 2"

    /// One encoder for all tasks, whose vectors they share.
    func classifier(_ resources: ContestantResources) throws -> any TextClassifier {
        let place = try encoderFolder(resources)
        let encoder = try TextEncoder(folder: place.root)
        let view = encoder.options(pooling: pooling, normalize: normalize, maxLength: maxLength)
        let positions = encoder.encoder.configuration.maxPositions
        var told = view
        if view.maxLength == positions { told.maxLength = nil }
        return FrozenEncoderClassifier(
            name: place.isRecipe ? self.encoder : place.root.standardizedFileURL.path, place: place,
            features: EncodedTexts(
                encoder: encoder, view: view,
                store: try FeatureStore(
                    encoder: place, view: view, precision: encoder.precision, cache: resources.cache),
                work: resources.keptWork),
            head: head, summary: summary(told) + encoder.precision.suffix,
            notices: encoder.notices
                + (lengthNotice(stated: maxLength, positions: positions).map { [$0] } ?? []))
    }

    private func encoderFolder(_ resources: ContestantResources) throws -> EncoderFolder {
        try EncoderFolder(named: encoder, relativeTo: folder, cache: resources.cache)
    }

    static func load(from folder: URL, labelSpace: LabelSpace) throws -> any FittedTextClassifier {
        try FittedFrozenEncoder(from: folder, labelSpace: labelSpace)
    }
}

/// A head that is yet to be fitted, and the encoder that it is fitted on.
private struct FrozenEncoderClassifier: TextClassifier {
    /// A recipe's name, or the path of a folder.
    let name: String
    let place: EncoderFolder
    let features: EncodedTexts
    let head: HeadOptions
    let summary: String
    let notices: [String]

    func fit(_ task: TrainingTask, _ context: FitContext) throws -> FittedFrozenEncoder {
        var features = self.features
        features.progress = { done, total in
            try context.stopIfAsked()
            context.progress(
                FitProgress(phase: "encoding", completed: done, total: total, unit: "texts"))
        }
        var options = head
        options.adamw.seed = context.seed
        let fitted = try DenseHead.fit(
            options, to: features.matrix(of: task.train.texts), task.train.targets,
            labelSpace: task.labelSpace)
        return FittedFrozenEncoder(
            encoder: name, encoderFolder: place, features: features, head: fitted, summary: summary,
            encoderNotices: notices)
    }
}

/// A frozen encoder with a fitted head.
struct FittedFrozenEncoder: FittedTextClassifier {
    /// What `encoder.json` beside the head says.
    private struct Description: Codable {
        /// A recipe's name, or the path of a folder.
        var encoder: String
        /// Of the encoder's files, whole.
        var filesSHA256: String
        var view: EncodingOptions

        private enum CodingKeys: String, CodingKey {
            case encoder, view
            case filesSHA256 = "files_sha256"
        }
    }

    /// A recipe's name, or the path of a folder.
    let encoder: String
    let encoderFolder: EncoderFolder
    let features: EncodedTexts
    let head: DenseHead
    /// Nil when it was read back.
    var summary: String?
    var encoderNotices: [String] = []

    let isProbabilistic = true
    var notices: [String] { encoderNotices + head.notices.map(\.description) }
    /// Of the head; the encoder is not fitted here.
    var parameterCount: Int? {
        head.coefficients.rowCount * head.coefficients.columnCount + head.intercepts.count
    }

    func probabilities(of texts: [String]) throws -> Probabilities {
        head.probabilities(try features.matrix(of: texts))
    }

    func save(to folder: URL) throws {
        let description = Description(
            encoder: encoder,
            filesSHA256: try encoderFolder.fingerprint(),
            view: features.view)
        try head.save(to: folder)
        try OutputFile.write(try StableJSON.encode(description), to: FittedFrozenEncoder.file(in: folder))
    }

    private static func file(in folder: URL) -> URL {
        folder.appendingPathComponent("encoder.json")
    }
}

extension FittedFrozenEncoder {
    /// Reads what `save(to:)` wrote, and the encoder that it names.
    init(from folder: URL, labelSpace: LabelSpace) throws {
        let file = FittedFrozenEncoder.file(in: folder)
        let bytes = try InputFile(file).readToEnd()
        guard let description = try? StableJSON.decode(Description.self, from: bytes) else {
            throw ExperimentError.notAModel(
                path: file.path,
                reason:
                    "it does not describe an encoder, or was written by a version that looked at the start of the "
                    + "encoder's weights only; run the experiment again")
        }
        if let length = description.view.maxLength, length < 1 {
            throw ExperimentError.notAModel(
                path: file.path, reason: "view.max_length is \(length), expected a whole number above 0")
        }
        let place = try EncoderFolder(named: description.encoder, relativeTo: folder)
        if try place.fingerprint() != description.filesSHA256 {
            throw ExperimentError.notAModel(
                path: folder.path, reason: "the encoder in \(place.root.path) is not the one it was fitted on"
            )
        }
        encoder = description.encoder
        encoderFolder = place
        let text = try TextEncoder(folder: place.root)
        features = EncodedTexts(encoder: text, view: description.view, store: nil)
        head = try DenseHead(from: folder)
        guard head.coefficients.columnCount == text.width else {
            throw ExperimentError.notAModel(
                path: folder.path,
                reason:
                    "the head is for vectors of length \(head.coefficients.columnCount), the encoder gives \(text.width)"
            )
        }
    }
}
