/// How well scores put the positives first, read off the ranking once from top to bottom. Equal scores are one step.
package struct RankingCurve: Sendable {
    /// Area under the ROC curve: the chance that a positive is above a negative, ties counting half; nil without
    /// positives or without negatives.
    package let rocAUC: Double?
    /// Sum over the steps of (gain in recall) x precision, without interpolation; nil without positives.
    package let averagePrecision: Double?

    /// - Precondition: As many scores as marks; no score is NaN.
    package init(scores: [Double], isPositive: [Bool]) {
        precondition(scores.count == isPositive.count)
        let ranked = zip(scores, isPositive).sorted { $0.0 > $1.0 }
        let positives = isPositive.count { $0 }
        let negatives = isPositive.count - positives
        /// Twice the pairs in the right order, ties counting once.
        var ordered = 0
        var sum = 0.0
        var (above, start) = (0, 0)
        while start < ranked.count {
            var end = start
            var found = 0
            while end < ranked.count, ranked[end].0 == ranked[start].0 {
                if ranked[end].1 { found += 1 }
                end += 1
            }
            ordered += (end - start - found) * (2 * above + found)
            above += found
            if found > 0 { sum += Double(found) * (Double(above) / Double(end)) }
            start = end
        }
        rocAUC =
            positives > 0 && negatives > 0
            ? Double(ordered) / 2 / (Double(positives) * Double(negatives)) : nil
        averagePrecision = positives > 0 ? sum / Double(positives) : nil
    }
}
