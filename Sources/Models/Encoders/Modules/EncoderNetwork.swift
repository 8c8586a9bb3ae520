import LinearAlgebra

/// The layers of an encoder: from the tokens of a batch to a vector for each. What an architecture builds.
///
/// A network in another package conforms to it, and is then loaded, trained, saved and encoded with as ours are.
public protocol EncoderNetwork: LayeredModule {
    /// What forward leaves for backward.
    associatedtype Activations

    /// H, the width of a token's vector.
    var hidden: Int { get }
    /// Floats that forward keeps of each token in training, about.
    var activationsPerToken: Int { get }

    /// - Parameter queries: The tokens whose vectors are wanted; those of others need not be computed.
    /// - Returns: The vectors; the caller may overwrite them where the pass keeps nothing. Shape: [T, H], or [B, H] for
    ///   the first tokens.
    func forward(
        _ block: TokenBlock, queries: QueriedTokens, _ pass: Pass
    ) -> (output: FloatRows, activations: Activations)

    /// Adds the gradients of the trained parameters.
    /// - Parameter d: The output's gradient; overwritten. Shape: that of the output.
    func backward(_ block: TokenBlock, _ activations: Activations, gradient d: FloatRows, _ pass: Pass)
}

/// The tokens whose vectors are wanted of a network.
public enum QueriedTokens: Sendable {
    case all
    /// The first of each sequence.
    case first
}
