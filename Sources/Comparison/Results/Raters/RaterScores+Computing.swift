import Corpora
import Evaluation
import Foundation
import Labels
import SafeFiles

extension RaterScores {
    /// - Parameters:
    ///   - table: Of the test rows, in the order of the predictions.
    ///   - bins: By which the mean of a row's ratings is its label.
    ///   - ranked: The contestants from best to worst, on these rows; at least one.
    ///   - rankBy: The ranking's metric.
    ///   - file: Where the table is stored, for errors.
    /// - Throws: `ResultsError.badResults` where the table is not of these rows.
    package init(
        _ table: RaterTable, bins: Bins, _ ranked: [ScoredPredictions], rankBy: MetricName, draws: Int,
        seed: UInt64, file: URL
    ) throws(ResultsError) {
        let test = try Self.test(of: ranked, ids: table.ids, file: file)
        let space = test.labelSpace
        sha256 = Fingerprint.sha256(of: Array(table.csv.utf8))
        (edges, names) = (bins.edges, bins.names)
        let counts = table.ratings.map { $0.count { $0 != nil } }
        ratingCount = counts.reduce(0, +)
        (fewestRatings, mostRatings) = (counts.min() ?? 0, counts.max() ?? 0)
        metric = Self.metric(of: space, rankBy: rankBy)
        judgedRaterCount = counts.filter { $0 >= 2 }.min() ?? 0

        // A label that cleaning took away is none.
        let labels = bins.names.map(space.names.firstIndex)
        let vote = RaterVote<Double> { ratings in
            labels[bins.bin(of: ratings.reduce(0, +) / Double(ratings.count))].map { [$0] }
        }
        otherLabelCount = table.ratings.indices.count {
            vote(table.ratings[$0].compactMap(\.self)) != test.gold.labels(ofRow: $0)
        }
        let binned = table.ratings.map { $0.map { $0.map { Double(bins.bin(of: $0)) } } }
        agreement = [
            Agreement(.ratings, table.ratings, level: .interval, draws: draws, seed: seed),
            Agreement(
                .labels, binned, level: space.isOrdinal ? .ordinal : .nominal, draws: draws, seed: seed),
        ]

        if judgedRaterCount == 0 {
            (human, contestants) = Self.unjudged(ranked)
            return
        }
        let rater = LeftOutRater(
            table.ratings, vote: vote, judged: judgedRaterCount, gold: test.gold, labelSpace: space)
        (human, contestants) = Self.besideHuman(rater, ranked, metric: metric, draws: draws, seed: seed)
    }

    /// What ratings of these rows are set beside.
    static func test(
        of ranked: [ScoredPredictions], ids: [String], file: URL
    ) throws(ResultsError) -> Predictions {
        guard let test = ranked.first?.test else {
            throw .badResults(file: file.path, reason: "there are no predictions to set beside the ratings")
        }
        try requireRows(ids, of: test.ids, in: file)
        return test
    }

    /// The ranking's metric, or the first after it that needs no probabilities.
    static func metric(of space: LabelSpace, rankBy: MetricName) -> MetricName {
        guard
            let metric = MetricName.headline(of: space, first: rankBy).first(where: {
                $0.isResampled && !$0.needsProbabilities && $0.applies(to: space)
            })
        else { preconditionFailure("every ranking has a metric of decisions") }
        return metric
    }

    /// Where no rating can be judged.
    static func unjudged(_ ranked: [ScoredPredictions]) -> (Score, [Contestant]) {
        (Score(), ranked.map { Contestant(id: $0.id, score: Score(), difference: Score()) })
    }

    /// The human's score, and the contestants' by the same labels.
    static func besideHuman(
        _ rater: LeftOutRater, _ ranked: [ScoredPredictions], metric: MetricName, draws: Int, seed: UInt64
    ) -> (Score, [Contestant]) {
        // Under all seeds, one contestant after another.
        let predicted = ranked.map { $0.seeds.map(\.predicted) }
        let values = rater.scores(metric, against: predicted.flatMap(\.self))
        let drawn = rater.bootstrap(metric, against: predicted.flatMap(\.self), draws: draws, seed: seed)
        var contestants: [Contestant] = []
        var place = 1
        for (contestant, seeds) in zip(ranked, predicted) {
            let own = place..<place + seeds.count
            place = own.upperBound
            let value = Results.mean(own.map { values[$0] })
            let means = (0..<draws).map { draw in
                own.reduce(0) { $0 + drawn[$1][draw] } / Double(own.count)
            }
            contestants.append(
                Contestant(
                    id: contestant.id, score: Score(value: value, interval: Interval(percentilesOf: means)),
                    difference: Score(
                        value: value.flatMap { value in values[0].map { value - $0 } },
                        interval: Interval(percentilesOf: zip(means, drawn[0]).map { $0 - $1 }))))
        }
        return (Score(value: values[0], interval: Interval(percentilesOf: drawn[0])), contestants)
    }
}

extension RaterScores.Agreement {
    init(
        _ subject: Subject, _ ratings: [[Double?]], level: KrippendorffAlpha.Level, draws: Int, seed: UInt64
    ) {
        let alpha = KrippendorffAlpha(ratings, level: level)
        self.init(
            subject: subject, level: level, alpha: alpha.value,
            interval: alpha.value == nil ? nil : alpha.interval(draws: draws, seed: seed))
    }
}

/// Computes the ratings' scores again from `raters.csv` and the stored predictions.
package func verifyRaters(
    _ results: ExperimentResults, _ predictions: StoredPredictions, in folder: RunLayout
) throws {
    guard let stored = results.raters else { return }
    let bytes = try InputFile(folder.raters).readToEnd()
    if let rows = stored.rows {
        if rows.minVotes < 1 {
            throw ResultsError.badResults(
                file: folder.results.path, reason: "'votes' of 'raters' is \(rows.minVotes), not 1 or more")
        }
        let found = try results.raterScores(
            RowRaterTable(bytes, file: folder.raters), minVotes: rows.minVotes, predictions,
            file: folder.raters)
        try expect("scores by raters", stored, found)
        return
    }
    guard let bins = stored.bins else {
        throw ResultsError.badResults(
            file: folder.results.path,
            reason: "the bins of 'raters' are not one name more than ascending edges")
    }
    let table = try RaterTable(bytes, file: folder.raters)
    let found = try results.raterScores(table, bins: bins, predictions, file: folder.raters)
    try expect("scores by raters", stored, found)
}

extension ExperimentResults {
    /// Of the only task.
    /// - Parameter file: Where the table is stored, for errors.
    package func raterScores(
        _ table: RaterTable, bins: Bins, _ predictions: StoredPredictions, file: URL
    ) throws(ResultsError) -> RaterScores {
        try RaterScores(
            table, bins: bins, ranked.map { predictions[$0.id] }, rankBy: experiment.rankBy,
            draws: raterDraws, seed: experiment.seed, file: file)
    }

    /// Resamples of an interval of ratings.
    var raterDraws: Int { analysis?.options.draws ?? PairedResampling.usualDraws }
}
