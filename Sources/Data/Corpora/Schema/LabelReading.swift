import Labels

/// What a dataset says of the values in its label columns: the keys `missing`, `rename`, `ignore-case` and `unseen` of
/// `labels:`.
public struct LabelReading: Equatable, Sendable {
    /// Canonical spellings (see `LabelSpelling`) of what stands for a label that is not told.
    public var missing: Set<String> = []
    /// New names of labels, by canonical spelling.
    public var renamed: [String: String] = [:]
    /// Whether labels that differ in case, spacing or hyphens alone are one; nil: they are told apart, with a notice.
    public var ignoresCase: Bool?
    /// Whether labels may stand in validation or test that train does not have.
    public var allowsUnseen = false

    /// Whether a number may stand for the name of that number, as in Hugging Face's class labels; not where the names were
    /// taken from elsewhere than the data, such as a model.
    public var countsNames = true

    public init() {}

    /// Whether a trimmed value stands for a missing label.
    func isMissing(_ value: String) -> Bool {
        value.isEmpty || !missing.isEmpty && missing.contains(LabelSpelling.canonical(value))
    }

    /// The label that a trimmed value means.
    func label(_ value: String) -> String {
        renamed.isEmpty ? value : renamed[LabelSpelling.canonical(value)] ?? value
    }
}
