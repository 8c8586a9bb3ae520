/// The side at which a text that is too long is cut.
public enum TruncationSide: String, Sendable, CaseIterable {
    /// Of a long text the end stays.
    case left
    /// Of a long text the beginning stays.
    case right
}
