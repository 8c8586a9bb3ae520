/// Nemenyi's test after Friedman's: how far apart two of k average ranks over n datasets must be (Nemenyi 1963; Demsar 2006).
///
/// The critical difference is q_a sqrt(k (k + 1) / (6 n)), with q_a the quantile of the studentized range of k divided by
/// sqrt 2. It allows for all pairs at once.
public struct NemenyiTest: Sendable {
    private let range: StudentizedRange
    /// The standard error of a difference of average ranks, divided by sqrt 2.
    private let unit: Double

    /// - Precondition: Two contestants or more, one dataset or more.
    public init(contestants k: Int, datasets n: Int) {
        precondition(k >= 2 && n >= 1)
        range = StudentizedRange(count: k)
        unit = (Double(k * (k + 1)) / Double(12 * n)).squareRoot()
    }

    /// Average ranks that differ by as much are told apart at `level`.
    public func criticalDifference(level: Double) -> Double { range.critical(level: level) * unit }

    /// The chance of a difference of average ranks at least as large, in any pair, if all contestants are alike.
    public func pValue(rankDifference: Double) -> Double { range.tail(abs(rankDifference) / unit) }
}
