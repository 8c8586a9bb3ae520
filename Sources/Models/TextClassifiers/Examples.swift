import Labels

/// Texts with their labels.
public struct Examples: Sendable {
    /// Shape: [N].
    public let texts: [String]
    /// Shape: [N].
    public let targets: Targets

    /// - Precondition: As many targets as texts.
    public init(texts: [String], targets: Targets) {
        precondition(texts.count == targets.count)
        self.texts = texts
        self.targets = targets
    }
}
