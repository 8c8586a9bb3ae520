import Corpora
import Evaluation
import Foundation
import Labels
import SafeFiles

extension RaterScores {
    /// Where the test rows are ratings by one person each.
    ///
    /// - Parameters:
    ///   - table: Of the test rows, in the order of the predictions.
    ///   - minVotes: How many raters must give a label, or none, for it to be decided.
    ///   - ranked: The contestants from best to worst, on these rows; at least one.
    ///   - rankBy: The ranking's metric.
    ///   - file: Where the table is stored, for errors.
    /// - Throws: `ResultsError.badResults` where the table is not of these rows.
    package init(
        _ table: RowRaterTable, minVotes: Int, _ ranked: [ScoredPredictions], rankBy: MetricName, draws: Int,
        seed: UInt64, file: URL
    ) throws(ResultsError) {
        let test = try Self.test(of: ranked, ids: table.ids, file: file)
        let (gold, space) = (test.gold, test.labelSpace)
        sha256 = Fingerprint.sha256(of: Array(table.csv.utf8))
        (edges, names) = ([], [])
        metric = Self.metric(of: space, rankBy: rankBy)

        let texts = table.rowsOfTexts
        let counts = texts.map(\.count)
        ratingCount = counts.reduce(0, +)
        (fewestRatings, mostRatings) = (counts.min() ?? 0, counts.max() ?? 0)
        let vote = RaterVote<[Int]>.votes(atLeast: minVotes, isMultilabel: space.kind == .multilabel)
        let decisions = texts.map { rows in vote(rows.map { gold.labels(ofRow: $0) }) }
        otherLabelCount = zip(texts, decisions).reduce(0) { sum, text in
            guard let decision = text.1 else { return sum }
            return sum + text.0.count { gold.labels(ofRow: $0) != decision }
        }

        let rater = LeftOutRater(rowsOfTexts: texts, labels: gold, vote: vote, labelSpace: space)
        let judged = rater.judgedRows
        judgedRaterCount = Set(judged.map { table.raters[$0] }).count
        var rows = RatedRows(
            minVotes: minVotes, textCount: texts.count, loneTextCount: counts.count { $0 == 1 },
            undecidedTextCount: zip(counts, decisions).count { $0 >= 2 && $1 == nil },
            repeatedRatingCount: table.ids.count - ratingCount, judgedRatingCount: judged.count, labels: [])
        if space.kind == .multilabel {
            let found = LabelAgreement(
                texts.map { $0.map { gold.labels(ofRow: $0) } }, labelCount: space.count)
            let intervals = found.intervals(draws: draws, seed: seed)
            rows.labels = space.names.indices.map { label in
                RatedRows.Label(
                    label: space.names[label], ratingCount: found.ratingsOfLabels[label],
                    alpha: found.values[label], interval: intervals.labels[label])
            }
            let mean = found.mean
            agreement = [
                Agreement(
                    subject: .labelMean, level: .nominal, alpha: mean,
                    interval: mean == nil ? nil : intervals.mean)
            ]
        } else {
            let ratings = texts.map { rows in
                rows.map { gold.labels(ofRow: $0).first.map(Double.init) }
            }
            agreement = [
                Agreement(
                    .labels, ratings, level: space.isOrdinal ? .ordinal : .nominal, draws: draws, seed: seed)
            ]
        }
        self.rows = rows
        (human, contestants) =
            judged.isEmpty
            ? Self.unjudged(ranked)
            : Self.besideHuman(rater, ranked, metric: metric, draws: draws, seed: seed)
    }
}

extension ExperimentResults {
    /// Of the only task, whose test rows are ratings.
    /// - Parameter file: Where the table is stored, for errors.
    package func raterScores(
        _ table: RowRaterTable, minVotes: Int, _ predictions: StoredPredictions, file: URL
    ) throws(ResultsError) -> RaterScores {
        try RaterScores(
            table, minVotes: minVotes, ranked.map { predictions[$0.id] }, rankBy: experiment.rankBy,
            draws: raterDraws, seed: experiment.seed, file: file)
    }
}
