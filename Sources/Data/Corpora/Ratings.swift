/// What several raters said of each row: numbers whose mean falls into the bin of the row's label.
///
/// Where a crowd rated, the r-th rating of one row and the r-th of another need not be by the same person.
public struct Ratings: Equatable, Sendable {
    public let bins: Bins
    /// In the order of the file, at least one a row. Shape: [N][ratings of the row].
    public let values: [[Double]]

    public init(bins: Bins, values: [[Double]]) {
        self.bins = bins
        self.values = values
    }

    /// Those of the rows with the given indices, in the given order.
    func selecting(_ rows: [Int]) -> Ratings { Ratings(bins: bins, values: rows.map { values[$0] }) }
}
