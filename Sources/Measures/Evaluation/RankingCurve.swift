/// How well scores put the positives first, read off the ranking once from top to bottom. Equal scores are one step.
///
/// Only the positives are sorted: what stands between two of them is counted.
package struct RankingCurve: Sendable {
    /// Area under the ROC curve: the chance that a positive is above a negative, ties counting half; nil without
    /// positives or without negatives.
    package let rocAUC: Double?
    /// Sum over the steps of (gain in recall) x precision, without interpolation; nil without positives.
    package let averagePrecision: Double?

    /// Rows of one score, which some positives have.
    private struct Step {
        let score: Double
        var positives: Int
        /// Negatives of this score.
        var tied = 0
        /// Negatives between the step before and this one.
        var before = 0
    }

    /// - Precondition: As many scores as marks; no score is NaN.
    package init(scores: [Double], isPositive: [Bool]) {
        precondition(scores.count == isPositive.count)
        var steps = Self.steps(scores, isPositive)
        /// Negatives below all positives.
        var last = 0
        let places = DescendingPlaces(steps.map(\.score))
        for (score, isPositive) in zip(scores, isPositive) where !isPositive {
            let k = places.first(notAbove: score)
            if k == steps.count {
                last += 1
            } else if steps[k].score == score {
                steps[k].tied += 1
            } else {
                steps[k].before += 1
            }
        }
        /// Twice the pairs in the right order, ties counting once.
        var ordered = 0
        var sum = 0.0
        /// Positives, and all rows, so far.
        var (above, end) = (0, 0)
        for step in steps {
            ordered += step.before * 2 * above + step.tied * (2 * above + step.positives)
            above += step.positives
            end += step.before + step.tied + step.positives
            sum += Double(step.positives) * (Double(above) / Double(end))
        }
        ordered += last * 2 * above
        let negatives = scores.count - above
        rocAUC =
            above > 0 && negatives > 0 ? Double(ordered) / 2 / (Double(above) * Double(negatives)) : nil
        averagePrecision = above > 0 ? sum / Double(above) : nil
    }

    /// The scores of positives, highest first.
    private static func steps(_ scores: [Double], _ isPositive: [Bool]) -> [Step] {
        var steps: [Step] = []
        for score in zip(scores, isPositive).compactMap({ $1 ? $0 : nil }).sorted(by: >) {
            if let last = steps.indices.last, steps[last].score == score {
                steps[last].positives += 1
            } else {
                steps.append(Step(score: score, positives: 1))
            }
        }
        return steps
    }
}

/// Descending scores, no two equal, in which places are looked up.
///
/// The span of the scores is cut into as many buckets of one width as there are scores, so that a look-up is a multiplication and,
/// unless the scores crowd together, a comparison or two.
private struct DescendingPlaces {
    private let scores: [Double]
    /// The first place of each bucket, and at the end the number of places. Shape: [buckets + 1].
    private let starts: [Int]
    /// Buckets per unit; 0 for a single bucket.
    private let scale: Double

    /// - Precondition: No score is NaN.
    init(_ scores: [Double]) {
        self.scores = scores
        let width = scores.isEmpty ? 0 : scores[0] - scores[scores.count - 1]
        let scale = Double(scores.count) / width
        self.scale = width.isFinite && scale.isFinite ? scale : 0
        let bucketCount = self.scale == 0 ? 1 : scores.count + 1
        var starts = [Int](repeating: 0, count: bucketCount + 1)
        for score in scores { starts[Self.bucket(of: score, below: scores[0], self.scale) + 1] += 1 }
        for bucket in 0..<bucketCount { starts[bucket + 1] += starts[bucket] }
        self.starts = starts
    }

    /// A lower score is in the same bucket or a later one, however this is rounded.
    @inline(__always)
    private static func bucket(of score: Double, below top: Double, _ scale: Double) -> Int {
        scale == 0 ? 0 : Int((top - score) * scale)
    }

    /// The first of the scores that is not above `score`; their number if all are.
    func first(notAbove score: Double) -> Int {
        guard let top = scores.first, score < top else { return 0 }
        if score < scores[scores.count - 1] { return scores.count }
        let bucket = Self.bucket(of: score, below: top, scale)
        // The halves are chosen without a branch, which would be foreseen half of the time only.
        var (low, count) = (starts[bucket], starts[bucket + 1] - starts[bucket])
        while count > 0 {
            let half = count / 2
            let isAbove = scores[low + half] > score
            low += isAbove ? half + 1 : 0
            count = isAbove ? count - half - 1 : half
        }
        return low
    }
}
