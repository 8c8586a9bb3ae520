import Encoders

/// How a text's vector is made from its tokens'.
public struct FrozenEncoderView: Codable, Equatable, Sendable {
    var pooling: Pooling
    var normalize: Bool
    /// Nil, in models of older versions: as many as the encoder has positions.
    var maxLength: Int?

    private enum CodingKeys: String, CodingKey {
        case pooling, normalize
        case maxLength = "max_length"
    }

    /// What the user says of it; nil leaves it to the encoder's folder.
    struct Stated: Equatable, Sendable {
        var pooling: Pooling?
        var normalize: Bool?
        var maxLength: Int?
    }
}

extension FrozenEncoderView {
    /// What is stated counts more than what the folder says.
    /// - Parameter tokenizerLimit: `model_max_length`, which counts where the folder does not say more.
    init(stated: Stated, modules: SentenceModules, positions: Int, tokenizerLimit: Int?) {
        pooling = stated.pooling ?? modules.pooling ?? .mean
        normalize = stated.normalize ?? modules.normalizes
        maxLength = min(positions, stated.maxLength ?? modules.maxLength ?? tokenizerLimit ?? positions)
    }
}

extension Pooling: Codable {}
