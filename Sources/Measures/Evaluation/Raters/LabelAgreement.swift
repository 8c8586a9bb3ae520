import DeterministicWork

/// How far raters who give sets of labels agree on each label: Krippendorff's alpha of whether a rater gave it, and the mean of
/// these alphas.
///
/// With c_u of unit u's m_u ratings giving the label, n the sum of m_u and n_1 that of c_u over the units with two ratings or
/// more, alpha = 1 - (n - 1) sum_u c_u (m_u - c_u) / (m_u - 1) / (n_1 (n - n_1)): what `KrippendorffAlpha` of level nominal gives
/// for zeros and ones. It is undefined for a label that all of these ratings give, or none.
public struct LabelAgreement: Sendable {
    /// Of each unit with two ratings or more: how many ratings it has, and how many give each label that any gives.
    private let units: [(ratings: Int, labels: [(label: Int, count: Int)])]
    private let labelCount: Int
    /// Alpha of each label; nil where it is undefined. Shape: [K].
    public let values: [Double?]
    /// How many of the ratings of units with two or more give each label. Shape: [K].
    public let ratingsOfLabels: [Int]

    /// - Parameter ratings: The labels that each rater of each unit gave, none twice. Shape: [units][ratings][labels].
    public init(_ ratings: [[[Int]]], labelCount: Int) {
        let units = ratings.filter { $0.count >= 2 }.map { ratings in
            var counts: [Int: Int] = [:]
            for label in ratings.joined() { counts[label, default: 0] += 1 }
            return (
                ratings: ratings.count, labels: counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
            )
        }
        self.units = units
        self.labelCount = labelCount
        var ofLabels = Array(repeating: 0, count: labelCount)
        for unit in units { for (label, count) in unit.labels { ofLabels[label] += count } }
        ratingsOfLabels = ofLabels
        values = Self.alphas(units, weights: Array(repeating: 1, count: units.count), labelCount)
            .map { $0.isNaN ? nil : $0 }
    }

    /// Units with two ratings or more.
    public var unitCount: Int { units.count }

    /// The mean over the labels that have an alpha; nil where none has.
    public var mean: Double? {
        let mean = Self.mean(values.map { $0 ?? .nan })
        return mean.isNaN ? nil : mean
    }

    /// Where the alphas and their mean could be: percentiles over resamples of the units, the same ones for all. Nil where one is
    /// undefined in all of them.
    ///
    /// - Returns: Those of the labels, of shape [K], and that of the mean over the labels that a resample has.
    public func intervals(draws: Int, seed: UInt64) -> (labels: [Interval?], mean: Interval?) {
        if units.isEmpty { return (values.map { _ in nil }, nil) }
        let drawn = parallelMap(draws, blockSize: 50) { draw -> [Double] in
            var random = RandomStream(seed: seed, for: .bootstrap(draw: draw))
            var weights = Array(repeating: 0, count: units.count)
            for _ in units.indices { weights[random.next(below: units.count)] += 1 }
            return Self.alphas(units, weights: weights, labelCount)
        }
        return (
            values.indices.map { label in
                values[label] == nil ? nil : Interval(percentilesOf: drawn.map { $0[label] })
            },
            Interval(percentilesOf: drawn.map(Self.mean))
        )
    }

    /// NaN where all are.
    private static func mean(_ values: [Double]) -> Double {
        let defined = values.filter { !$0.isNaN }
        return defined.isEmpty ? .nan : defined.reduce(0, +) / Double(defined.count)
    }

    /// Alpha of each label where unit u occurs `weights[u]` times; NaN where it is undefined. Shape: [K].
    private static func alphas(
        _ units: [(ratings: Int, labels: [(label: Int, count: Int)])], weights: [Int], _ labelCount: Int
    ) -> [Double] {
        var n = 0
        var given = Array(repeating: 0, count: labelCount)
        var observed = Array(repeating: 0.0, count: labelCount)
        for (unit, weight) in zip(units, weights) where weight > 0 {
            n += weight * unit.ratings
            for (label, count) in unit.labels {
                given[label] += weight * count
                let pairs = Double(weight * count * (unit.ratings - count))
                observed[label] += pairs / Double(unit.ratings - 1)
            }
        }
        return zip(given, observed).map { given, observed in
            let expected = Double(given) * Double(n - given)
            return expected > 0 ? 1 - observed * Double(n - 1) / expected : .nan
        }
    }
}
