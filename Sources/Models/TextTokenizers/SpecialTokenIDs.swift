/// The ids of the tokens with a part to play, where a tokenizer has them.
public struct SpecialTokenIDs: Sendable, Equatable {
    /// For what the vocabulary cannot make.
    public var unknown: Int32?
    /// After a text.
    public var separator: Int32?
    /// Fills the rows of a batch; never used here, where batches are packed.
    public var padding: Int32?
    /// Before a text.
    public var classifier: Int32?
    /// A token to be guessed.
    public var mask: Int32?

    public init() {}
}
