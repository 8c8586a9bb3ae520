import Evaluation
import Foundation
import Results

/// The section on contestants whose settings were searched: every trial, and what the best one gained over the default.
extension TaskReport {
    /// More trials than this are not shown; `results.json` has all.
    private static let maxTrials = 50

    /// Nil where there are none.
    var searchesSection: Document? {
        let searches = results.contestants.compactMap { contestant in
            contestant.searches.map { (id: contestant.id, records: $0) }
        }
        if searches.isEmpty { return nil }
        return Document {
            Block.heading(2, "Searches")
            Block.paragraph(
                """
                Validation chose the settings; test rows decided nothing. The default is the contestant's entry without its \
                search, fitted on the whole train part beside the trials and never chosen. The gain on validation flatters, \
                since the best was chosen there; the gain on test does not. Scores are of labels decided at 0.5.
                """)
            Block.table(gainsTable(searches))
            Block.list(searches.flatMap { id, records in edges(id, records) })
            for (id, records) in searches {
                Block.heading(3, "Trials of \(id)")
                Block.table(trialsTable(id, records))
                Block.list(records.enumerated().compactMap { leftOut($0, $1, of: records.count) })
            }
        }
    }

    /// One row a contestant, or one a fold.
    private func gainsTable(_ searches: [(id: String, records: [SearchRecord])]) -> Table {
        var table = Table([
            "contestant", "chosen", "by", .numbers("validation"), .numbers("default"), .numbers("gain"),
            .numbers("test"), .numbers("default on test"), .numbers("gain on test"),
        ])
        for (id, records) in searches {
            for (fold, record) in records.enumerated() {
                table.add([
                    records.count > 1 ? "\(id), fold \(fold)" : id, record.name(of: record.bestTrial),
                    Wording.rankedMetric(record.metric), Wording.score(record.bestTrial.score),
                    Wording.score(record.default.score),
                    record.gainOnValidation.map(Wording.signed) ?? Table.none, Wording.score(record.test),
                    Wording.score(record.default.test),
                    record.gainOnTest.map(Wording.signed) ?? Table.none,
                ])
            }
        }
        return table
    }

    /// A wider grid may hold better values where the best stands at its edge.
    private func edges(_ id: String, _ records: [SearchRecord]) -> [Inline] {
        records.enumerated().flatMap { fold, record in
            record.edgeNotices.map { "\(records.count > 1 ? "\(id), fold \(fold)" : id): \($0)" }
        }
    }

    /// Best first where there are many, else in the order in which they were fitted; the best is marked.
    private func trialsTable(_ id: String, _ records: [SearchRecord]) -> Table {
        let isFolded = records.count > 1
        let seconds = results.timings.contestants[id]?.trialSeconds?[name.map { "\(id)/\($0)" } ?? id]
        var table = Table(
            (isFolded ? ["fold"] : []) + records[0].keys.map { .words($0) }
                + [.numbers("train rows"), .numbers(records[0].metric.readableName), .numbers("time")])
        for (fold, record) in records.enumerated() {
            for place in shown(record) {
                let trial = record.trials[place]
                if place == record.best { table.markBest([table.rows.count], column: scoreColumn(table)) }
                // Of several folds nobody keeps the times together.
                let time = seconds.flatMap { $0.indices.contains(place + 1) ? $0[place + 1] : nil }
                table.add(
                    (isFolded ? ["\(fold)"] : []) + trial.settings + [
                        Wording.count(trial.rows),
                        trial.failure == nil ? Wording.score(trial.score) : "no model",
                        isFolded ? "" : time.map(Wording.seconds) ?? "",
                    ])
            }
        }
        return table.withoutEmptyColumns
    }

    private func scoreColumn(_ table: Table) -> Int { table.columns.count - 2 }

    /// The places of the trials that are shown.
    private func shown(_ record: SearchRecord) -> [Int] {
        let all = Array(record.trials.indices)
        if all.count <= Self.maxTrials { return all }
        func rank(_ place: Int) -> (Int, Double) {
            let trial = record.trials[place]
            return (trial.rows, trial.score.map(record.selection.score) ?? -.infinity)
        }
        return Array(
            all.sorted { rank($0) == rank($1) ? $0 < $1 : rank($0) > rank($1) }.prefix(Self.maxTrials))
    }

    private func leftOut(_ fold: Int, _ record: SearchRecord, of count: Int) -> Inline? {
        let rest = record.trials.count - Self.maxTrials
        if rest <= 0 { return nil }
        return """
            \(count > 1 ? "fold \(fold): " : "")the best \(Self.maxTrials) of \(Wording.plural(record.trials.count, "trial")) \
            are shown; results.json has all.
            """
    }
}
