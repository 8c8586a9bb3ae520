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
        guard let deepest = depths.max() else { return [] }
        let ranked = RankedLabels(depth: deepest, gold: gold, scores: scores)
        return depths.map { TopLabels($0, ranked) }
    }

    private init(_ k: Int, _ ranked: RankedLabels) {
        precondition(k >= 1)
        let N = ranked.goldCounts.count
        var (hits, recall, rPrecision, ndcg) = (0, 0.0, 0.0, 0.0)
        for (row, goldCount) in ranked.goldCounts.enumerated() where goldCount > 0 {
            let found = ranked.hits(ofRow: row, k)
            hits += found
            recall += Double(found) / Double(goldCount)
            rPrecision += Double(found) / Double(min(k, goldCount))
            ndcg += ranked.ndcg(ofRow: row, k)
        }
        func mean(_ sum: Double) -> Double? { N == 0 ? nil : sum / Double(N) }
        self.k = k
        precision = N == 0 ? nil : Double(hits) / Double(N * k)
        self.recall = mean(recall)
        self.rPrecision = mean(rPrecision)
        self.ndcg = mean(ndcg)
        rowsWithoutLabels = ranked.goldCounts.count { $0 == 0 }
    }
}
