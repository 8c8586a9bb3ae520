import Labels

extension RunLayout {
    /// The predictions that contestants stored for the test rows.
    /// - Parameter ids: The contestants' ids.
    /// - Throws: `InputError` for a file that is missing, malformed or of other labels.
    public func testPredictions(
        of ids: [String], labelSpace: LabelSpace
    ) throws -> [(id: String, Predictions)] {
        try ids.map { ($0, try Predictions(contentsOf: predictions(of: $0), labelSpace: labelSpace)) }
    }

    /// The same of contestants, and whether each states probabilities.
    public func testPredictions(
        of contestants: [ContestantResults], labelSpace: LabelSpace
    ) throws -> [(id: String, isProbabilistic: Bool, Predictions)] {
        try zip(contestants, testPredictions(of: contestants.map(\.id), labelSpace: labelSpace)).map {
            ($0.id, $0.isProbabilistic, $1.1)
        }
    }
}
