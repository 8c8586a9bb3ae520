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
        let places = steps.map(\.score)
        for (score, isPositive) in zip(scores, isPositive) where !isPositive {
            let k = Self.firstPlace(notAbove: score, in: places)
            if k == steps.count {
                last += 1
            } else if places[k] == score {
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

    /// The first of these descending scores that is not above `score`; their number if all are.
    private static func firstPlace(notAbove score: Double, in places: [Double]) -> Int {
        // The halves are chosen without a branch, which would be foreseen half of the time only.
        var (low, count) = (0, places.count)
        while count > 0 {
            let half = count / 2
            let isAbove = places[low + half] > score
            low += isAbove ? half + 1 : 0
            count = isAbove ? count - half - 1 : half
        }
        return low
    }
}
