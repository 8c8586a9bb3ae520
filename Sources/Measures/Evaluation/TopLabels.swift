import DeterministicWork
import Foundation
import Labels

/// How good the k best-scored labels of each row are, as means over the rows; for tasks with many labels.
///
/// Labels are ranked by score, equals in the order of the label space. A row without gold labels counts 0 everywhere, as in
/// scikit-learn and LibMultiLabel; `rowsWithoutLabels` says how many those are.
public struct TopLabels: Equatable, Sendable {
    /// How many labels of a row are looked at.
    public let k: Int
    /// Gold labels among the k / k; nil without rows, as the following three.
    public let precision: Double?
    /// Gold labels among the k / gold labels.
    public let recall: Double?
    /// Gold labels among the k / the lesser of k and gold labels, which a perfect ranking makes 1.
    public let rPrecision: Double?
    /// Sum over the gold labels among the k of 1 / log2(1 + place), divided by that of a ranking with all gold labels first
    /// (Järvelin and Kekäläinen 2002).
    public let ndcg: Double?
    public let rowsWithoutLabels: Int

    /// - Parameters:
    ///   - depths: The values of k, each from 1 to K.
    ///   - scores: Logits, probabilities or the like, none NaN. Shape: [N, K].
    public static func at(_ depths: [Int], gold: IndicatorMatrix, scores: [Double]) -> [TopLabels] {
        let (N, K) = (gold.rowCount, gold.labelCount)
        precondition(depths.allSatisfy { (1...K).contains($0) } && scores.count == N * K)
        let deepest = depths.max() ?? 1
        /// What the first k places are worth if all are gold. Shape: [deepest + 1].
        let ideal = (0..<deepest).reduce(into: [0.0]) { $0.append($0[$1] + worth(ofPlace: $1)) }
        let rows = parallelMap(N, blockSize: 64) { row in
            let found = best(deepest, of: scores[row * K..<(row + 1) * K])
            return (goldCount: gold.labels(ofRow: row).count, isHit: found.map { gold[row, $0] })
        }
        return depths.map { k in
            var (hits, recall, rPrecision, ndcg) = (0, 0.0, 0.0, 0.0)
            for (goldCount, isHit) in rows where goldCount > 0 {
                let found = isHit.prefix(k).count { $0 }
                let possible = min(k, goldCount)
                hits += found
                recall += Double(found) / Double(goldCount)
                rPrecision += Double(found) / Double(possible)
                let gain = (0..<k).reduce(0) { isHit[$1] ? $0 + worth(ofPlace: $1) : $0 }
                ndcg += gain / ideal[possible]
            }
            func mean(_ sum: Double) -> Double? { N == 0 ? nil : sum / Double(N) }
            return TopLabels(
                k: k, precision: N == 0 ? nil : Double(hits) / Double(N * k), recall: mean(recall),
                rPrecision: mean(rPrecision), ndcg: mean(ndcg),
                rowsWithoutLabels: rows.count { $0.goldCount == 0 })
        }
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
