extension ContestantResults {
    /// A sentence where most test rows get no label, which no score says plainly.
    public var emptyRowsNotice: String? {
        guard let empty = test.emptyRows, 2 * empty > test.support else { return nil }
        let share = Int((1000 * Double(empty) / Double(test.support)).rounded())
        return "most test rows get no label: \(empty) of \(test.support) (\(share / 10).\(share % 10)%)"
            + (ledger == nil ? "" : "; the report's section Thresholds shows what tuned thresholds change")
    }
}
