import Foundation

/// How many training rows a contestant needs for a score.
public enum RowsNeeded: Equatable, Sendable {
    /// So many, on the straight line between two measured points over the logarithm of the size; the smallest size where that
    /// already has the score.
    case measured(Double)
    /// So many by the power law, more than were measured.
    case extrapolated(Double)
    /// The power law does not reach it with any number of rows.
    case never(limit: Double)
    /// It was not reached, and there is no power law to extrapolate by.
    case unknown

    /// - Parameters:
    ///   - sizes: Training rows, ascending. Shape: [S].
    ///   - scores: The higher the better. Shape: [S].
    public init(for score: Double, sizes: [Double], scores: [Double], law: PowerLaw?) {
        precondition(sizes.count == scores.count)
        if let place = scores.firstIndex(where: { $0 >= score }) {
            if place == 0 {
                self = .measured(sizes[0])
                return
            }
            let share = (score - scores[place - 1]) / (scores[place] - scores[place - 1])
            let (low, high) = (log(sizes[place - 1]), log(sizes[place]))
            self = .measured(exp(low + share * (high - low)))
            return
        }
        guard let law else {
            self = .unknown
            return
        }
        if let rows = law.rows(for: score), rows > law.largestSize {
            self = .extrapolated(rows)
        } else if law.limit <= score {
            self = .never(limit: law.limit)
        } else {
            // The law has passed a score that the measured points have not.
            self = .unknown
        }
    }
}
