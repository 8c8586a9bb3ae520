import Corpora
import Results

/// That scores rest on texts which train and test share: worth a headline where many test rows do, or where the ranking is
/// another one without them.
struct LeakCaveat {
    /// From this share of the test rows on.
    private static let leastShare = 0.05

    /// A sentence or two.
    let text: String

    /// Nil where there is nothing to warn of.
    init?(_ results: ExperimentResults) {
        guard let leaks = results.leaks, let test = leaks.parts.first(where: { $0.part == .test }),
            let rows = results.split[.test]?.rowCount
        else { return nil }
        let count = test.equal + test.near
        let order = LeakCaveat.orderWithout(leaks, results)
        let kept = leaks.withoutLeaks.first?.rowCount ?? 0
        guard count > 0, Double(count) > LeakCaveat.leastShare * Double(rows) || order != nil else {
            return nil
        }
        var text =
            "\(Wording.share(count, of: rows)) of the test rows (\(Wording.count(count)) of "
            + "\(Wording.count(rows))) have a text that train has too, equal or near"
        if let order {
            text +=
                "; without them the ranking by \(results.experiment.rankBy.readableName) is another: "
            text += order.map { "\($0.id) \(Wording.score($0.score))" }.joined(separator: ", ")
        } else if kept == 0 {
            text += "; no row is left to score without them"
        } else {
            text += "; without them no two places of the ranking change"
        }
        self.text = text + "."
    }

    /// The contestants by their scores without the leaks, if two of them change places; nil if none do.
    ///
    /// Both orders are those of the run's own seed, whose scores without leaks are known.
    private static func orderWithout(
        _ leaks: LeakSummary, _ results: ExperimentResults
    ) -> [(id: String, score: Double)]? {
        let metric = results.experiment.rankBy
        let score = metric.direction.score
        let scores = results.contestants.compactMap { contestant in
            contestant.test[metric].flatMap { all in
                leaks.withoutLeaks.first { $0.id == contestant.id }?.metrics[metric].map {
                    (id: contestant.id, all: score(all), without: score($0))
                }
            }
        }
        let isChanged = scores.contains { a in
            scores.contains { b in a.all > b.all && a.without < b.without }
        }
        if !isChanged { return nil }
        return scores.sorted { ($0.without, $0.all) > ($1.without, $1.all) }.map {
            ($0.id, score($0.without))
        }
    }
}
