import Labels

/// What one fitted contestant said of the rows of a test set.
public struct PredictedRows: Sendable {
    /// Shape: [N].
    public let predicted: Targets
    /// What it was decided from; nil where there is nothing, or where no metric of probabilities is asked for.
    /// Shape: [N, K].
    public let probabilities: Probabilities?

    public init(predicted: Targets, probabilities: Probabilities? = nil) {
        self.predicted = predicted
        self.probabilities = probabilities
    }
}
