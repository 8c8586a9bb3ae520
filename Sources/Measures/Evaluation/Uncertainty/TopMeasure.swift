import Labels

/// What a row's k most probable labels are measured by.
enum TopMeasure: Sendable, CaseIterable {
    case precision, ndcg

    /// Where the sums of a measure stand among those of all measures and depths.
    func place(_ k: Int) -> Int? {
        ProbabilityScores.depths.firstIndex(of: k).map {
            $0 * TopMeasure.allCases.count + (self == .precision ? 0 : 1)
        }
    }

    /// What each row gives, for every depth that does not exceed K and every measure, in the order of `place`. Shape: [][N].
    static func rows(gold: IndicatorMatrix, probabilities: Probabilities) -> [[Double]] {
        let depths = ProbabilityScores.depths.filter { $0 <= gold.labelCount }
        guard let deepest = depths.max() else { return [] }
        let ranked = RankedLabels(depth: deepest, gold: gold, scores: probabilities.values)
        return depths.flatMap { k in
            TopMeasure.allCases.map { measure in
                ranked.goldCounts.indices.map { row in
                    switch measure {
                    case .precision: Double(ranked.hits(ofRow: row, k)) / Double(k)
                    case .ndcg: ranked.ndcg(ofRow: row, k)
                    }
                }
            }
        }
    }
}
