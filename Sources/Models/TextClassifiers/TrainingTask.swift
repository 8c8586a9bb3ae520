import Labels

/// What a classifier may see of a task when it is fitted: never the test part.
public struct TrainingTask: Sendable {
    /// Nil where there is one task alone.
    public let name: String?
    public let labelSpace: LabelSpace
    public let train: Examples
    /// Nil if the split has no validation part.
    public let validation: Examples?

    public init(name: String? = nil, labelSpace: LabelSpace, train: Examples, validation: Examples? = nil) {
        self.name = name
        self.labelSpace = labelSpace
        self.train = train
        self.validation = validation
    }
}
