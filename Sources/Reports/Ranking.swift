import Evaluation
import Labels
import Results

/// The contestants from best to worst by the experiment's metric; undefined last, equals in the experiment's order.
struct Ranking {
    let metric: MetricName
    /// Best first.
    let contestants: [ContestantResults]
    private let results: ExperimentResults

    init(_ results: ExperimentResults) {
        self.results = results
        let metric = MetricName(rawValue: results.experiment.rankBy) ?? .f1Macro
        self.metric = metric
        let sign = metric.direction == .higherIsBetter ? 1.0 : -1.0
        contestants = results.contestants.enumerated().sorted { a, b in
            let (x, y) = (a.element.test[metric].map { $0 * sign }, b.element.test[metric].map { $0 * sign })
            return (x ?? -.infinity, -a.offset) > (y ?? -.infinity, -b.offset)
        }.map(\.element)
    }

    /// The metrics of the ranking table, that of the ranking first.
    var metrics: [MetricName] {
        let usual: [MetricName] =
            switch results.dataset.labelSpace.kind {
            case .binary: [.f1, .f1Macro, .accuracy, .precision, .recall]
            case .multiclass: [.f1Macro, .f1Weighted, .accuracy]
            case .multilabel: [.f1Macro, .f1Micro, .f1Weighted, .f1Samples, .subsetAccuracy]
            }
        return [metric] + usual.filter { $0 != metric }
    }

    /// Scores on test.
    var table: Table {
        var table = Table([">#", "contestant", "model"] + metrics.map { ">" + Wording.metric($0) })
        for (place, contestant) in contestants.enumerated() {
            table.add(
                ["\(place + 1)", contestant.id, contestant.model]
                    + metrics.map { Wording.score(contestant.test[$0]) })
        }
        return table
    }

    /// The same with costs, for a terminal.
    var textTable: Table {
        var table = Table(
            [">#", "contestant"] + metrics.map { ">" + Wording.metric($0) } + [">fit", ">texts/s"])
        for (place, contestant) in contestants.enumerated() {
            let cost = results.timings.contestants[contestant.id]
            table.add(
                ["\(place + 1)", contestant.id] + metrics.map { Wording.score(contestant.test[$0]) }
                    + [
                        cost.map { Wording.seconds($0.fitSeconds) } ?? "n/a",
                        Wording.rate(cost?.textsPerSecond),
                    ])
        }
        return table
    }
}

/// The ranking as a plain-text table, for a terminal; one for each task.
public func rankingText(_ results: ExperimentResults) -> String {
    results.tasks.map { task in
        (task.name.map { "\($0)\n" } ?? "") + Ranking(results.alone(task)).textTable.text
    }.joined(separator: "\n")
}
