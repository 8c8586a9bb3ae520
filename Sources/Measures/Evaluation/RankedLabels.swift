import DeterministicWork
import Foundation
import Labels

/// The best-scored labels of each row, and which of them are gold.
///
/// Labels are ranked by score, equals in the order of the label space.
struct RankedLabels: Sendable {
    /// How many labels of a row are looked at, at most.
    let depth: Int
    /// Gold labels of each row. Shape: [N].
    let goldCounts: [Int]
    /// Whether the label in each place is gold. Shape: [N][depth].
    private let isHit: [[Bool]]
    /// What the first places are worth together if all are gold. Shape: [depth + 1].
    private let ideal: [Double]

    /// - Parameters:
    ///   - depth: From 1 to K.
    ///   - scores: Logits, probabilities or the like, none NaN. Shape: [N, K].
    init(depth: Int, gold: IndicatorMatrix, scores: [Double]) {
        let (N, K) = (gold.rowCount, gold.labelCount)
        precondition((1...K).contains(depth) && scores.count == N * K)
        self.depth = depth
        let rows = parallelMap(N, blockSize: 64) { row in
            let found = RankedLabels.best(depth, of: scores[row * K..<(row + 1) * K])
            return (goldCount: gold.labels(ofRow: row).count, isHit: found.map { gold[row, $0] })
        }
        goldCounts = rows.map(\.goldCount)
        isHit = rows.map(\.isHit)
        ideal = (0..<depth).reduce(into: [0.0]) { $0.append($0[$1] + RankedLabels.worth(ofPlace: $1)) }
    }

    /// Gold labels among the first k of a row.
    func hits(ofRow row: Int, _ k: Int) -> Int { isHit[row].prefix(k).count { $0 } }

    /// What a row's first k places are worth / what they could be; 0 for a row without gold labels.
    func ndcg(ofRow row: Int, _ k: Int) -> Double {
        let hits = isHit[row]
        let gain = (0..<k).reduce(0) { hits[$1] ? $0 + RankedLabels.worth(ofPlace: $1) : $0 }
        return goldCounts[row] == 0 ? 0 : gain / ideal[min(k, goldCounts[row])]
    }

    /// What a gold label counts in a ranking's place, counted from 0.
    private static func worth(ofPlace place: Int) -> Double { 1 / log2(Double(place + 2)) }

    /// The places of the greatest scores within the row, of equals the first; found in one pass.
    private static func best(_ count: Int, of scores: ArraySlice<Double>) -> [Int] {
        var best: [(score: Double, label: Int)] = []
        best.reserveCapacity(count + 1)
        for (label, score) in scores.enumerated() {
            if best.count == count {
                if score <= best[count - 1].score { continue }
                best.removeLast()
            }
            let place = best.firstIndex { $0.score < score } ?? best.count
            best.insert((score, label), at: place)
        }
        return best.map(\.label)
    }
}
