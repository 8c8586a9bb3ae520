import Files
import Foundation
import Labels
import LinearModels
import Results
import Settings
import TransformerModels

/// `model: frozen-encoder`: a BERT that is not trained, and a linear head on what it makes of each text.
struct FrozenEncoderContestant: Contestant {
    static let model = "frozen-encoder"
    static let settingKeys = ["encoder", "pooling", "normalize", "max-length", "head"]

    private let encoder: String
    private let folder: URL
    private let view: FrozenEncoderView
    private let head: HeadOptions

    init(settings: SettingsMapping, folder: URL) throws {
        encoder = try settings.required("encoder").string()
        self.folder = folder
        view = FrozenEncoderView(
            pooling: try settings["pooling"]?.oneOf() ?? .mean,
            normalize: try settings["normalize"]?.bool() ?? false,
            maxLength: try settings["max-length"]?.int(atLeast: 2))
        head = try settings["head"].map { try HeadOptions(setting: $0) } ?? HeadOptions()
    }

    var summary: String {
        let pooled = "\(view.pooling.rawValue) pooling\(view.normalize ? ", normalised" : "")"
        let training =
            head.solver == .adamw
            ? "linear head by AdamW, \(head.adamw.epochs) epochs, learning rate \(head.adamw.learningRate)"
            : "exact logistic regression, C \(head.C)"
        let weights = head.classWeight == .none ? "" : ", \(head.classWeight.rawValue) class weights"
        return "\(encoder), frozen, \(pooled), \(training)\(weights)"
    }

    func check(_ labelSpace: LabelSpace, cache: URL) throws {
        _ = try encoderFolder(cache: cache)
    }

    func fingerprint(cache: URL) throws -> String {
        let files = try TextEncoder.fingerprint(of: encoderFolder(cache: cache).url)
        return head.solver == .adamw ? "\(FrozenEncoderContestant.trainedHead) \(files)" : files
    }

    /// Changes whenever the same experiment and seed would train a head to other weights. 2: each purpose of random
    /// numbers has its own.
    private static let trainedHead = "head by AdamW 2"

    func fit(_ task: TrainingTask) throws -> any FittedContestant {
        try fit([task])[0]
    }

    /// One encoder for all tasks, whose vectors they share, and a head for each.
    func fit(_ tasks: [TrainingTask]) throws -> [any FittedContestant] {
        guard let first = tasks.first else { return [] }
        let place = try encoderFolder(cache: first.cache)
        let store = try FeatureStore(encoder: place.url, view: view, cache: first.cache)
        let encoder = try TextEncoder(folder: place.url)
        return try tasks.map { task in
            let features = EncodedTexts(encoder: encoder, view: view, store: store) { done, total in
                try task.stopIfAsked()
                task.progress(
                    FitProgress(phase: "encoding", completed: done, total: total, unit: "texts"))
            }
            var options = head
            options.adamw.seed = task.seed
            let fitted = try DenseHead.fit(
                options, to: features.matrix(of: task.train.texts), task.train.targets,
                labelSpace: task.labelSpace)
            return FittedFrozenEncoder(
                encoder: place.isRecipe ? self.encoder : place.url.standardizedFileURL.path,
                features: features, head: fitted)
        }
    }

    private func encoderFolder(cache: URL) throws -> EncoderFolder {
        try EncoderFolder(named: encoder, relativeTo: folder, cache: cache)
    }

    static func load(from folder: URL, labelSpace: LabelSpace) throws -> any FittedContestant {
        try FittedFrozenEncoder(folder: folder)
    }
}

/// How a text's vector is made from its tokens'.
struct FrozenEncoderView: Codable, Equatable, Sendable {
    var pooling: Pooling
    var normalize: Bool
    var maxLength: Int?

    private enum CodingKeys: String, CodingKey {
        case pooling, normalize
        case maxLength = "max_length"
    }
}

extension Pooling: Codable {}

/// A frozen encoder with a fitted head.
struct FittedFrozenEncoder: FittedContestant {
    /// What `encoder.json` beside the head says.
    private struct Description: Codable {
        /// A recipe's name, or the path of a folder.
        var encoder: String
        /// Of the encoder's files, with the start of the weights alone, so that loading stays fast.
        var sha256: String
        var view: FrozenEncoderView
    }

    /// A recipe's name, or the path of a folder.
    let encoder: String
    let features: EncodedTexts
    let head: DenseHead

    let isProbabilistic = true
    var notices: [String] { head.notices.map(\.description) }
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
            sha256: try TextEncoder.fingerprint(of: features.encoder.folder, wholeWeights: false),
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
    init(folder: URL) throws {
        let file = FittedFrozenEncoder.file(in: folder)
        let bytes = try InputFile(file).readToEnd()
        guard let description = try? StableJSON.decode(Description.self, from: bytes) else {
            throw ExperimentError.notAModel(path: file.path, reason: "it does not describe an encoder")
        }
        let place = try EncoderFolder(named: description.encoder, relativeTo: folder)
        if try TextEncoder.fingerprint(of: place.url, wholeWeights: false) != description.sha256 {
            throw ExperimentError.notAModel(
                path: folder.path, reason: "the encoder in \(place.url.path) is not the one it was fitted on")
        }
        encoder = description.encoder
        features = EncodedTexts(
            encoder: try TextEncoder(folder: place.url), view: description.view, store: nil)
        head = try DenseHead(from: folder)
    }
}
