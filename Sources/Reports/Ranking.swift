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
        contestants = results.contestants.ranked(by: metric)
    }

    /// The metrics of the ranking table, that of the ranking first.
    var metrics: [MetricName] {
        MetricName.headline(of: results.dataset.labelSpace, first: metric)
    }

    /// Scores on test, with the interval of the first where there is one.
    var table: Table {
        let intervals = results.analysis?.intervals
        var header = metrics.map { ">" + Wording.metric($0) }
        if intervals != nil { header.insert(">95% interval", at: 1) }
        var table = Table([">#", "contestant", "model"] + header)
        for (place, contestant) in contestants.enumerated() {
            var scores = metrics.map { Wording.score(contestant.test[$0]) }
            if let intervals {
                scores.insert(Wording.interval(intervals[contestant.id]?[metric.rawValue]), at: 1)
            }
            table.add(["\(place + 1)", contestant.id, contestant.model] + scores)
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
