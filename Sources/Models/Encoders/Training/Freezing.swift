/// The lowest part of the model that is trained; what is below stays as it was.
public enum Freezing: Equatable, Sendable {
    case nothing
    case embeddings
    /// The embeddings and this many layers.
    case layers(Int)
    /// The whole encoder, with its pooler; not DistilBERT's first linear layer, which is a part of its head.
    case encoder
}
