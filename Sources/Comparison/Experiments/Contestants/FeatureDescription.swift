import Encoders
import Features
import Foundation
import SettingKeys

/// The features that an entry asks for.
enum FeatureDescription: Equatable, Sendable {
    case tfidf(TfidfOptions)
    case encoder(EncoderDescription)
}

/// The vectors of an encoder that is not trained, as an entry states them; what is nil is left to the encoder's folder.
struct EncoderDescription: Equatable, Sendable {
    /// The values of its keys.
    struct Keys: Sendable {
        var encoder: String?
        var pooling: Pooling?
        var normalize: Bool?
        var maxLength: Int?
    }

    static let keys = KeyTable(Keys()) {
        SettingKey(
            required: "encoder", \.encoder,
            .text("a recipe's name, a folder's path, or ORG/NAME of the Hugging Face hub"),
            "The encoder of the texts.")
        SettingKey(
            "pooling", \.pooling, .choice, absent: "as the encoder's folder says, else mean",
            "How token vectors are pooled into one.")
        SettingKey(
            "normalize", \.normalize, .flag, absent: "as the encoder's folder says, else false",
            "Whether vectors are scaled to L2 norm 1.")
        SettingKey(
            "max-length", \.maxLength, .count(atLeast: 2),
            absent: "as the encoder's folder says, or the most that it takes",
            "Max number of tokens; longer texts are truncated.")
    }

    let name: String
    let pooling: Pooling?
    let normalize: Bool?
    let maxLength: Int?

    init(_ settings: SettingsMapping) throws(SettingsError) {
        let keys = try EncoderDescription.keys.read(settings)
        name = try keys.required(\.encoder)
        (pooling, normalize, maxLength) = (keys.pooling, keys.normalize, keys.maxLength)
    }

    /// In a few words, for a report.
    var summary: String {
        summary(
            EncodingOptions(pooling: pooling ?? .mean, normalize: normalize ?? false, maxLength: maxLength))
    }

    /// - Parameter view: The length is told where it is less than the encoder has positions.
    func summary(_ view: EncodingOptions) -> String {
        "\(name), frozen, \(view.pooling.rawValue) pooling\(view.normalize ? ", normalised" : "")"
            + (view.maxLength.map { ", at most \($0) tokens" } ?? "")
    }
}

/// The kinds of features, each with its keys.
enum FeatureKind: String, CaseIterable {
    case tfidf, encoder

    var keys: KeyReference {
        switch self {
        case .tfidf: TfidfKeys.keys.reference
        case .encoder: EncoderDescription.keys.reference
        }
    }

    /// - Parameter folder: What relative paths start from.
    func description(_ settings: SettingsMapping, folder: URL) throws -> FeatureDescription {
        switch self {
        case .tfidf: .tfidf(try TfidfOptions(setting: settings.setting, folder: folder))
        case .encoder: .encoder(try EncoderDescription(settings))
        }
    }
}
