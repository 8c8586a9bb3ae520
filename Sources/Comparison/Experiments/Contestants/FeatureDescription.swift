import Encoders
import Features
import Foundation
import LinearAlgebra
import SettingKeys
import TextClassifiers

/// The features that an entry asks for.
enum FeatureDescription: Equatable, Sendable {
    case tfidf(TfidfOptions)
    case lsa(LSAOptions)
    case encoder(EncoderDescription)
}

extension FeatureDescription {
    /// The options of TF-IDF, where terms are counted.
    var tfidf: TfidfOptions? {
        switch self {
        case .tfidf(let options): options
        case .lsa(let options): options.tfidf
        case .encoder: nil
        }
    }
}

/// The vectors of an encoder that is not trained, as an entry states them; what is nil is left to the encoder's folder.
struct EncoderDescription: Equatable, Sendable {
    /// The values of its keys.
    struct Keys: Sendable {
        var encoder: String?
        var pooling: Pooling?
        var normalize: Bool?
        var maxLength: Int?
        var prefix: String?
        var precision = Precision.f32
    }

    static let keys = KeyTable(Keys()) {
        networkKeys
        SettingKey(
            "precision", \.precision, .choice,
            "How the encoder's weights are stored and multiplied: with fewer bits faster, and a little less exactly."
        )
    }

    /// The keys of a network that is trained, and multiplies in float32 when it encodes.
    static let trainedKeys = KeyTable(Keys()) { networkKeys }

    private static var networkKeys: [SettingKey<Keys>] {
        [
            SettingKey(
                required: "encoder", \.encoder,
                .text("a recipe's name, a folder's path, or ORG/NAME of the Hugging Face hub"),
                "The encoder of the texts."),
            SettingKey(
                "pooling", \.pooling, .choice, absent: "as the encoder's folder says, else mean",
                "How token vectors are pooled into one."),
            SettingKey(
                "normalize", \.normalize, .flag, absent: "as the encoder's folder says, else false",
                "Whether vectors are scaled to L2 norm 1."),
            SettingKey(
                "max-length", \.maxLength, .count(atLeast: 2),
                absent: "as the encoder's folder says, or the most that it takes",
                "Max number of tokens; longer texts are truncated."),
            prefixKey(\.prefix),
        ]
    }

    /// The keys of static embeddings.
    static let staticKeys = KeyTable(Keys()) {
        SettingKey(
            required: "encoder", \.encoder,
            .text("a recipe's name, a folder's path, or ORG/NAME of the Hugging Face hub"),
            "The static embeddings: a table with a vector for each token.")
        SettingKey(
            "normalize", \.normalize, .flag, absent: "as the folder says, else false",
            "Whether vectors are scaled to L2 norm 1.")
        SettingKey(
            "max-length", \.maxLength, .count(atLeast: 1), absent: "as the folder says, else all",
            "Max number of tokens; longer texts are truncated.")
        prefixKey(\.prefix)
    }

    /// The key of what is put before every text.
    static func prefixKey<Root>(_ path: WritableKeyPath<Root, String?> & Sendable) -> SettingKey<Root> {
        SettingKey(
            "prefix", path, .text,
            absent: "the prompt that the encoder's folder names as its default, else nothing",
            "What is put before every text, such as \"query: \".")
    }

    let name: String
    let pooling: Pooling?
    let normalize: Bool?
    let maxLength: Int?
    let prefix: String?
    let precision: Precision
    /// Whether static embeddings are meant; nil where a network may be too.
    let isStatic: Bool?

    /// - Parameter keys: `keys` or `staticKeys`.
    init(_ settings: SettingsMapping, _ keys: KeyTable<Keys> = keys, isStatic: Bool? = nil)
        throws(SettingsError)
    {
        let keys = try keys.read(settings)
        name = try keys.required(\.encoder)
        (pooling, normalize, maxLength) = (keys.pooling, keys.normalize, keys.maxLength)
        (prefix, precision) = (keys.prefix, keys.precision)
        self.isStatic = isStatic
    }

    /// In a few words, for a report.
    var summary: String {
        summary(
            EncodingOptions(
                pooling: pooling ?? .mean, normalize: normalize ?? false, maxLength: maxLength, prefix: prefix
            ),
            precision, isStatic: isStatic ?? false)
    }

    /// - Parameter view: The length is told where it is less than the encoder has positions.
    func summary(_ view: EncodingOptions, _ precision: Precision, isStatic: Bool) -> String {
        "\(name), \(isStatic ? "static embeddings" : "frozen\(precision.suffix), \(view.pooling.rawValue) pooling")"
            + "\(view.normalize ? ", normalised" : "")\(prefixWords(view.prefix))"
            + (view.maxLength.map { ", at most \($0) tokens" } ?? "")
    }
}

/// The kinds of features, each with its keys.
enum FeatureKind: String, CaseIterable {
    case tfidf, lsa, encoder
    case staticEmbedding = "static-embedding"

    var keys: KeyReference {
        switch self {
        case .tfidf: TfidfKeys.keys.reference
        case .lsa: LSAKeys.keys.reference
        case .encoder: EncoderDescription.keys.reference
        case .staticEmbedding: EncoderDescription.staticKeys.reference
        }
    }

    /// - Parameter folder: What relative paths start from.
    func description(_ settings: SettingsMapping, folder: URL) throws -> FeatureDescription {
        switch self {
        case .tfidf: .tfidf(try TfidfOptions(setting: settings.setting, folder: folder))
        case .lsa: .lsa(try LSAOptions(setting: settings.setting, folder: folder))
        case .encoder: .encoder(try EncoderDescription(settings))
        case .staticEmbedding:
            .encoder(try EncoderDescription(settings, EncoderDescription.staticKeys, isStatic: true))
        }
    }
}
