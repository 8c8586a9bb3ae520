import Labels
import Results

extension BehaviourProbe {
    /// What is stored in the run's folder for its report.
    ///
    /// - Parameters:
    ///   - rows: The test rows that were probed.
    ///   - results: Of the run.
    ///   - folder: Of the run.
    /// - Throws: `ProbeError.otherLabels` where a model gives an unedited text other labels than the run stored; what reading
    ///   predictions throws.
    public func record(
        of rows: ProbedRows, results: ExperimentResults, in folder: RunLayout
    ) throws -> ProbeRecord {
        guard let task = results.tasks.first(where: { $0.name == rows.task }) else {
            throw ProbeError.otherLabels(contestant: contestants.first?.id ?? "", row: rows.ids.first ?? "")
        }
        let place = folder.task(task.name)
        return try ProbeRecord(
            source: source, textCount: textCount,
            checks: checks.map {
                .init(
                    edit: $0.edit.rawValue, summary: $0.edit.summary,
                    expectation: $0.expectation == .stay ? .stay : .change, textCount: $0.textCount)
            },
            contestants: try contestants.map { own in
                guard let result = task.contestants.first(where: { $0.id == own.id }) else {
                    throw ProbeError.otherLabels(contestant: own.id, row: rows.ids.first ?? "")
                }
                let test = try Predictions(
                    contentsOf: place.predictions(of: own.id), labelSpace: task.dataset.labelSpace)
                try BehaviourProbe.check(own, rows, against: test)
                return .init(
                    id: own.id, predictionsSHA256: result.predictionsSHA256,
                    changed: own.outcomes.map { outcome in
                        Dictionary(
                            uniqueKeysWithValues: outcome.changed.map {
                                (rows.ids[$0.place], $0.labels.joined(separator: "|"))
                            })
                    })
            })
    }

    /// Labels before an edit must be the stored ones, from which the counts are computed again.
    private static func check(_ own: Contestant, _ rows: ProbedRows, against test: Predictions) throws {
        let places = Dictionary(zip(test.ids, test.ids.indices), uniquingKeysWith: { first, _ in first })
        for (id, labels) in zip(rows.ids, own.labels) {
            let stored = places[id].map { test.labelSpace.cell(test.predicted.labels(ofRow: $0)) }
            if stored != labels.joined(separator: "|") {
                throw ProbeError.otherLabels(contestant: own.id, row: id)
            }
        }
    }
}

/// Which test rows of a run texts are of.
public struct ProbedRows: Equatable, Sendable {
    /// Nil where the run has one task.
    public let task: String?
    /// Shape: [texts].
    let ids: [String]
}
