/// The mean of some values, and how far they are from it.
struct Deviations {
    let mean: Double
    /// The sum of squared deviations; 0 where all values are equal, whatever the rounding of their mean.
    let squares: Double

    /// - Precondition: There is a value.
    init(_ values: [Double]) {
        if values.allSatisfy({ $0 == values[0] }) {
            (mean, squares) = (values[0], 0)
            return
        }
        let mean = values.reduce(0, +) / Double(values.count)
        self.mean = mean
        squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
}
