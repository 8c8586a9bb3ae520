/// The Ladder of Blum and Hardt ("The Ladder: a reliable leaderboard for machine learning competitions", ICML 2015): a board
/// shows a team's next score only where it is ahead of the team's best by more than chance, and else what it showed before,
/// so that many tries tell nobody which of them happened to suit the public rows.
///
/// This is the paper's parameter-free form, in which a step is the standard error of the paired difference of two entries.
/// There a step is one such error, which bounds how far the board is wrong in the long run, but lets some tens of random
/// entries climb: of 500 a board of 1,000 rows rises by four points. Here a step is four by default: of two entries that are
/// equally good, one is that far ahead in a case of 30,000.
public struct Ladder: Sendable {
    public static let defaultStep = 4.0

    /// Standard errors by which an entry must be ahead.
    public let step: Double
    /// The best score that is shown, higher being better; nil before there is one.
    public private(set) var best: Double?

    /// - Precondition: `step` is above 0.
    public init(step: Double = Ladder.defaultStep) {
        precondition(step > 0)
        self.step = step
    }

    /// Takes the next entry.
    ///
    /// - Parameters:
    ///   - score: Higher is better.
    ///   - standardError: Of the difference between it and the best; asked for only where the score is higher. Nil or NaN
    ///     where it is undefined: then nothing is shown.
    /// - Returns: Whether its score is shown from now on.
    public mutating func take(_ score: Double, standardError: () -> Double?) -> Bool {
        if score.isNaN { return false }
        if let best {
            guard score > best, let error = standardError(), score - best > step * error else { return false }
        }
        best = score
        return true
    }
}
