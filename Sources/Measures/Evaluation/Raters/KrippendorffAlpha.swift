import DeterministicWork

/// Krippendorff's alpha: how far several raters agree on the same units beyond what chance alone would give; 1 for perfect
/// agreement, 0 for none beyond chance (Krippendorff, Content Analysis, 2004).
///
/// alpha = 1 - D_o / D_e. With o_vw the pairs of values v and w given to the same unit, each weighted by 1 / (m - 1) in a unit
/// with m ratings, n_v their sums over w and n the sum of all, D_o = sum o_vw d(v, w) / n is the disagreement observed,
/// and D_e = sum n_v (n_w - [v = w]) d(v, w) / (n (n - 1)) the one expected. Ratings may be missing; a unit with fewer than two
/// tells nothing.
public struct KrippendorffAlpha: Sendable {
    /// What the distance d of two values is.
    public enum Level: String, Codable, Sendable, CaseIterable {
        /// 1 for values that differ.
        case nominal
        /// (n_v / 2 + the n between v and w + n_w / 2)^2: values have an order only.
        case ordinal
        /// (v - w)^2.
        case interval
        /// ((v - w) / (v + w))^2, 0 where both are 0.
        case ratio
    }

    public let level: Level
    /// The distinct values, ascending. Shape: [V].
    public let values: [Double]
    /// Of each unit with two ratings or more: which values it has, ascending, and how many ratings say each.
    private let units: [[(value: Int, count: Int)]]

    /// - Parameter ratings: What each rater said of each unit; nil where one said nothing. Shape: [units][raters].
    /// - Precondition: All ratings are finite.
    public init(_ ratings: [[Double?]], level: Level) {
        self.level = level
        let paired = ratings.map { $0.compactMap(\.self) }.filter { $0.count >= 2 }
        precondition(paired.allSatisfy { $0.allSatisfy(\.isFinite) })
        let values = Set(paired.joined()).sorted()
        let places = Dictionary(uniqueKeysWithValues: values.enumerated().map { ($1, $0) })
        units = paired.map { ratings in
            var counts: [Int: Int] = [:]
            for rating in ratings { counts[places[rating] ?? 0, default: 0] += 1 }
            return counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        }
        self.values = values
    }

    /// Units with two ratings or more.
    public var unitCount: Int { units.count }

    /// Ratings of these units.
    public var ratingCount: Int { units.reduce(0) { $0 + $1.reduce(0) { $0 + $1.count } } }

    /// Nil where no two values differ, or nothing was rated twice.
    public var value: Double? { alpha(Array(units.indices)) }

    /// Where alpha could be: percentiles over resamples of the units. Nil where it is undefined in all of them.
    public func interval(draws: Int, seed: UInt64) -> Interval? {
        if units.isEmpty { return nil }
        let drawn = parallelMap(draws, blockSize: 50) { draw -> Double in
            var random = RandomStream(seed: seed, for: .bootstrap(draw: draw))
            return alpha(units.map { _ in random.next(below: units.count) }) ?? .nan
        }
        return Interval(percentilesOf: drawn)
    }

    /// Of the units at these places, which may repeat.
    private func alpha(_ places: [Int]) -> Double? {
        let V = values.count
        var totals = Array(repeating: 0.0, count: V)
        for place in places { for (v, count) in units[place] { totals[v] += Double(count) } }
        // The ordinal distance of two values is that of these places.
        var middles: [Double] = []
        var below = 0.0
        for total in totals {
            middles.append(below + total / 2)
            below += total
        }
        func distance(_ v: Int, _ w: Int) -> Double {
            switch level {
            case .nominal: return v == w ? 0 : 1
            case .ordinal: return (middles[v] - middles[w]) * (middles[v] - middles[w])
            case .interval: return (values[v] - values[w]) * (values[v] - values[w])
            case .ratio:
                let sum = values[v] + values[w]
                let share = sum == 0 ? 0 : (values[v] - values[w]) / sum
                return share * share
            }
        }
        var observed = 0.0
        for place in places {
            let unit = units[place]
            let ratings = unit.reduce(0) { $0 + $1.count }
            for (v, own) in unit {
                for (w, other) in unit where v != w {
                    observed += Double(own * other) / Double(ratings - 1) * distance(v, w)
                }
            }
        }
        var expected = 0.0
        for v in 0..<V { for w in 0..<V where v != w { expected += totals[v] * totals[w] * distance(v, w) } }
        let n = totals.reduce(0, +)
        return expected > 0 ? 1 - observed * (n - 1) / expected : nil
    }
}
