import Foundation

/// The row of a table of relative positions that a pair of tokens reads, by the distance from key to query: the place of
/// the query less that of the key (He et al. 2021, DeBERTa; `build_relative_position` of `transformers`' DeBERTa-v2).
///
/// The table has 2S rows. Distance 0 reads row S; distances that the table does not reach read its first or last row.
package struct RelativeDistances: Sendable {
    /// S: half the rows of the table.
    package let span: Int
    private let buckets: Buckets?

    /// Distances of which several share a row: each distance up to `middle` has a row of its own; those beyond are spread by
    /// their logarithm, so that `maxDistance - 1` reads the outermost row.
    private struct Buckets: Sendable {
        let middle: Int
        let maxDistance: Int

        /// In single precision, as PyTorch computes it, since a border of two buckets may depend on the last bit.
        func bucket(_ distance: Int) -> Int {
            let size = abs(distance)
            if size <= middle { return distance }
            let whole = log(Float(Double(maxDistance - 1) / Double(middle)))
            let share = log(Float(size) / Float(middle)) / whole
            let bucket = Int((share * Float(middle - 1)).rounded(.up)) + middle
            return distance < 0 ? -bucket : bucket
        }
    }

    /// A row for each distance.
    package init(span: Int) {
        precondition(span > 0)
        self.span = span
        buckets = nil
    }

    /// Rows for ranges of distances that grow with them.
    /// - Precondition: `maxDistance - 1` is more than half of `buckets`, which is at least 2 and at most `maxBuckets`.
    package init(buckets: Int, maxDistance: Int) {
        precondition((2...RelativeDistances.maxBuckets).contains(buckets) && maxDistance - 1 > buckets / 2)
        span = buckets
        self.buckets = Buckets(middle: buckets / 2, maxDistance: maxDistance)
    }

    /// So few that the logarithms of neighbouring distances differ in single precision.
    static let maxBuckets = 1 << 20

    /// The row of a distance: it never falls where the distance grows.
    package func row(of distance: Int) -> Int {
        min(max((buckets?.bucket(distance) ?? distance) + span, 0), 2 * span - 1)
    }
}

/// The rows of a table of relative positions that sequences of some length read.
package struct RelativeRows: Sendable {
    /// Those of the longest sequence, among all of the table.
    package let range: Range<Int>
    /// The length of the longest sequence, L.
    private let length: Int
    /// The row of each distance from -(L - 1) to L - 1, counted from the start of `range`. Shape: [2 L - 1].
    private let rows: [Int]

    /// - Parameter length: That of the longest sequence, at least 1.
    package init(_ distances: RelativeDistances, length: Int) {
        let all = (1 - length...length - 1).map(distances.row)
        range = all[0]..<all[all.count - 1] + 1
        rows = all.map { $0 - all[0] }
        self.length = length
    }

    /// The rows that the first `queries` of so many tokens read, counted from the start of `range`.
    package func window(tokens: Int, queries: Int) -> Range<Int> {
        rows[length - tokens]..<rows[length - 1 + queries - 1] + 1
    }

    /// Calls `body` with the row of each distance, counted from the start of `range`: `$0[i - j]` is that of query i and key j.
    package func withRows<R>(_ body: (UnsafePointer<Int>) -> R) -> R {
        rows.withUnsafeBufferPointer { rows in
            guard let base = rows.baseAddress else { preconditionFailure("no distance") }
            return body(base + length - 1)
        }
    }
}
