/// A weighted mean of values some of which may be undefined, in both of scikit-learn's ways.
package struct Average: Equatable, Sendable {
    /// The mean with every undefined value counted as 0 (`zero_division=0`, scikit-learn's default);
    /// nil if no value is defined.
    package let value: Double?
    /// The mean of the defined values alone (`zero_division=np.nan`); nil if there are none.
    package let defined: Double?
    /// How many undefined values `value` counts as 0; those without weight are not among them.
    package let undefined: Int

    /// - Parameter weights: One for each value, none below 0; nil for equal weights.
    package init(_ values: [Double?], weights: [Int]? = nil) {
        let weights = weights ?? Array(repeating: 1, count: values.count)
        let definedIndices = values.indices.filter { values[$0] != nil }
        defined = Average.mean(
            of: definedIndices.map { values[$0] ?? 0 }, weights: definedIndices.map { weights[$0] })
        value = definedIndices.isEmpty ? nil : Average.mean(of: values.map { $0 ?? 0 }, weights: weights)
        let noneWeighs = weights.allSatisfy { $0 == 0 }
        undefined = values.indices.count { values[$0] == nil && (weights[$0] > 0 || noneWeighs) }
    }

    /// sum(weight x value) / sum(weight); where all weights are 0, all values weigh the same, as in scikit-learn.
    private static func mean(of values: [Double], weights: [Int]) -> Double? {
        if values.isEmpty { return nil }
        let total = weights.reduce(0, +)
        if total == 0 { return values.reduce(0, +) / Double(values.count) }
        return zip(values, weights).reduce(0) { $0 + $1.0 * Double($1.1) } / Double(total)
    }
}
