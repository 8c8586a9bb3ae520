import Corpora
import Evaluation

/// Which pairs of contestants are tested together, and corrected together.
///
/// Baselines are in no family: that a contestant beats one is a question of its own, and every pair that nobody asked
/// about costs power. A reference that test itself chose is not one that was chosen before, so the correction then covers
/// all pairs among which it was chosen.
public struct ComparisonFamily: Codable, Equatable, Sendable {
    /// `all`, `best`, or the id of the contestant that all others are compared with.
    public var compare: String
    /// The contestant that all others are compared with; absent for `all`.
    public var reference: String?
    /// The part whose scores made it the best: validation, or test where validation does not tell.
    public var chosenOn: Part?
    /// The pairs that Holm's correction covers.
    public var correctedPairs: Int

    private enum CodingKeys: String, CodingKey {
        case compare, reference
        case chosenOn = "chosen_on"
        case correctedPairs = "corrected_pairs"
    }

    public static let all = "all"
    public static let best = "best"

    /// - Parameter ranked: From best to worst on test.
    package init(_ compare: String?, _ ranked: [ScoredPredictions], metric: MetricName) {
        let compared = ranked.filter { !$0.isBaseline }
        let allPairs = compared.count * (compared.count - 1) / 2
        let compare = compare ?? ComparisonFamily.all
        self.compare = compare
        switch compare {
        case ComparisonFamily.all:
            correctedPairs = allPairs
        case ComparisonFamily.best:
            let onValidation = ComparisonFamily.bestOnValidation(compared, metric: metric)
            reference = onValidation ?? compared.first?.id
            chosenOn = onValidation == nil ? .test : .validation
            correctedPairs = onValidation == nil ? allPairs : max(0, compared.count - 1)
        default:
            reference = compare
            // A baseline may be named: then all that are none are compared with it.
            correctedPairs = compared.count { $0.id != compare }
        }
    }

    /// Nil where a contestant has no score there, or where several share the best one.
    private static func bestOnValidation(_ compared: [ScoredPredictions], metric: MetricName) -> String? {
        let scores = compared.compactMap { contestant in
            contestant.scoreOnValidation(metric).map {
                (id: contestant.id, score: metric.direction.score($0))
            }
        }
        guard scores.count == compared.count, let best = scores.map(\.score).max() else { return nil }
        let those = scores.filter { $0.score == best }
        return those.count == 1 ? those[0].id : nil
    }
}
