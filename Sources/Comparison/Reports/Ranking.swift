import Evaluation
import Results

/// The contestants from best to worst by the experiment's metric; undefined last, equals in the experiment's order.
struct Ranking {
    let metric: MetricName
    /// Best first.
    let contestants: [ContestantResults]
    private let results: ExperimentResults

    init(_ results: ExperimentResults) {
        self.results = results
        metric = results.experiment.rankBy
        contestants = results.ranked
    }

    /// Under several seeds or on several folds the mean.
    func score(of contestant: ContestantResults, _ metric: MetricName) -> Double? {
        results.score(of: contestant, metric)
    }

    /// The contestants that share the best score; none where nobody has one.
    var leaders: [ContestantResults] {
        guard let first = contestants.first, let best = score(of: first, metric) else { return [] }
        return contestants.filter { score(of: $0, metric) == best }
    }

    /// The first of those; nil where nobody has a score.
    var best: ContestantResults? { leaders.first }

    /// A contestant's place, from 1; nothing is ranked that has no score.
    func place(_ index: Int) -> String {
        score(of: contestants[index], metric) == nil ? Table.none : "\(index + 1)"
    }

    /// The metrics of the ranking table, that of the ranking first.
    var metrics: [MetricName] {
        MetricName.headline(of: results.dataset.labelSpace, first: metric)
    }

    /// Scores on test, with the interval of the first where there is one; under several seeds or on several folds means, with
    /// the standard deviation of the first, and of folds the score of all together, which the interval is of.
    var table: Table {
        let intervals = results.analysis?.intervals
        let isRepeated = results.replicateScores != nil
        var header = metrics.map { Table.Column.numbers($0.readableName) }
        if intervals != nil { header.insert(.numbers("95% interval"), at: 1) }
        if results.folds != nil { header.insert(.numbers("pooled"), at: 1) }
        if isRepeated {
            header.insert(.numbers(results.folds == nil ? "sd over seeds" : "sd over folds"), at: 1)
        }
        var table = Table([.numbers("#"), "contestant", "model"] + header)
        for (index, contestant) in contestants.enumerated() {
            var scores = metrics.map { Wording.score(score(of: contestant, $0)) }
            if let intervals {
                scores.insert(Wording.interval(intervals[contestant.id]?[metric]), at: 1)
            }
            if results.folds != nil { scores.insert(Wording.score(contestant.test[metric]), at: 1) }
            if isRepeated {
                scores.insert(Wording.score(results.spread(of: contestant.id, metric)?.deviation), at: 1)
            }
            table.add([place(index), contestant.id, contestant.model] + scores)
        }
        let first = 3
        let between = table.columns.count - first - metrics.count
        for (column, metric) in metrics.enumerated() {
            let scores = contestants.map { score(of: $0, metric) }
            guard let best = scores.compactMap({ $0.map(metric.direction.score) }).max() else { continue }
            table.markBest(
                scores.indices.filter { scores[$0] == metric.direction.score(best) },
                column: first + column + (column > 0 ? between : 0))
        }
        return table
    }

    /// The same with costs, for a terminal.
    var textTable: Table {
        var table = Table(
            [.numbers("#"), "contestant"] + metrics.map { .numbers($0.readableName) }
                + [.numbers("fit"), .numbers("texts/s")])
        for (index, contestant) in contestants.enumerated() {
            let cost = results.timings.contestants[contestant.id]
            table.add(
                [place(index), contestant.id] + metrics.map { Wording.score(score(of: contestant, $0)) }
                    + [
                        cost?.wholeFitSeconds.map(Wording.seconds) ?? Table.none,
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

/// What must not be passed over when a ranking is read, a sentence each, for a terminal.
public func rankingNotices(_ results: ExperimentResults) -> [String] {
    results.tasks.flatMap { task in
        let caveat = LeakCaveat(results.alone(task))
        return (caveat.map { [$0.text] } ?? []).map { (task.name.map { "\($0): " } ?? "") + $0 }
    }
}
