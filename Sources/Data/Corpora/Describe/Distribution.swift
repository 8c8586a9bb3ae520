/// How N whole numbers are spread.
public struct Distribution: Codable, Equatable, Sendable {
    public let minimum: Int
    public let median: Double
    public let mean: Double
    /// The 95th percentile.
    public let percentile95: Double
    public let maximum: Int

    /// All zero for no values.
    public init(_ values: [Int]) {
        let sorted = values.sorted()
        minimum = sorted.first ?? 0
        maximum = sorted.last ?? 0
        mean = sorted.isEmpty ? 0 : Double(sorted.reduce(0, +)) / Double(sorted.count)
        median = Distribution.quantile(0.5, of: sorted)
        percentile95 = Distribution.quantile(0.95, of: sorted)
    }

    /// Tukey's fences: 1.5 interquartile ranges below the first quartile and above the third.
    static func fences(of values: [Int]) -> ClosedRange<Double> {
        let sorted = values.sorted()
        let (first, third) = (quantile(0.25, of: sorted), quantile(0.75, of: sorted))
        return (first - 1.5 * (third - first))...(third + 1.5 * (third - first))
    }

    /// Linear between the two nearest values, as NumPy's default.
    private static func quantile(_ share: Double, of sorted: [Int]) -> Double {
        if sorted.isEmpty { return 0 }
        let place = share * Double(sorted.count - 1)
        let below = Int(place)
        let above = min(below + 1, sorted.count - 1)
        return Double(sorted[below]) + (place - Double(below)) * Double(sorted[above] - sorted[below])
    }
}
