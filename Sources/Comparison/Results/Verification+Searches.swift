import Evaluation
import Labels
import SafeFiles

extension ExperimentResults {
    /// Computes again what the searches of the only task tell: which trial is best, what it and the default score.
    ///
    /// - Parameter folds: The task's results on each fold; nil where rows are split once.
    /// - Throws: `ResultsError.disagrees` for the first that differs.
    func verifySearches(
        _ predictions: StoredPredictions, folds: [ExperimentResults]?, in folder: RunLayout
    ) throws {
        for contestant in contestants {
            guard let records = contestant.searches else { continue }
            if let folds {
                // Each fold's was verified where the fold was.
                let own = folds.records(\.searches, of: contestant.id)
                try contestant.expect("trials", records == own ? "as stored" : "otherwise", "as stored")
            } else if let record = records.first {
                try contestant.verify(record, predictions[contestant.id], in: folder)
            }
        }
    }
}

extension ContestantResults {
    fileprivate func verify(
        _ record: SearchRecord, _ own: ScoredPredictions, in folder: RunLayout
    ) throws {
        if !record.isShared {
            let finalists = record.finalists
            let best = try record.selection.best(of: finalists.map { record.trials[$0].score })
            try expect("best trial", "\(record.best)", "\(finalists[best])")
        }
        let usual = try folder.defaultPredictions(of: self, record, labelSpace: own.test.labelSpace)
        try expect("rows of the default", usual.test.ids == own.test.ids ? "its own" : "others", "its own")
        func value(_ predictions: Predictions) -> String {
            SearchRecord.spelled(record.selection.value(of: predictions))
        }
        try expect("default on test", SearchRecord.spelled(record.default.test), value(usual.test))
        try expect(
            "default on validation", SearchRecord.spelled(record.default.score), value(usual.validation))
        try expect("best on test", SearchRecord.spelled(record.test), value(own.test))
        // A compact run may leave out what was predicted on validation.
        guard let validation = own.validation else { return }
        try expect("best on validation", SearchRecord.spelled(record.bestTrial.score), value(validation))
        try expect(
            "rows of the default on validation",
            usual.validation.ids == validation.ids ? "its own" : "others", "its own")
    }

    fileprivate func expect(_ what: String, _ stored: String, _ recomputed: String) throws(ResultsError) {
        if stored != recomputed {
            throw .disagrees(what: "\(what), search of \(id)", stored: stored, recomputed: recomputed)
        }
    }
}

extension [ExperimentResults] {
    /// What one contestant's results tell on each fold, in the order of the folds.
    func records<Record>(
        _ records: KeyPath<ContestantResults, [Record]?>, of contestant: String
    ) -> [Record] {
        flatMap { fold in
            fold.contestants.first { $0.id == contestant }.flatMap { $0[keyPath: records] } ?? []
        }
    }
}

extension SearchRecord {
    fileprivate static func spelled(_ value: Double?) -> String { value.map { "\($0)" } ?? "null" }
}

extension RunLayout {
    /// What the default of a search predicted, if the files are as they were.
    fileprivate func defaultPredictions(
        of contestant: ContestantResults, _ record: SearchRecord, labelSpace: LabelSpace
    ) throws -> (test: Predictions, validation: Predictions) {
        func read(validation: Bool, _ digest: String) throws -> Predictions {
            let file = defaultPredictions(of: contestant.id, validation: validation)
            try contestant.expect(
                "SHA-256 of default/\(file.lastPathComponent)", digest, try PackableFile(file).sha256())
            return try Predictions(contentsOf: file, labelSpace: labelSpace)
        }
        return (
            try read(validation: false, record.default.predictionsSHA256),
            try read(validation: true, record.default.validationPredictionsSHA256)
        )
    }
}

extension Selection {
    /// The metric of stored predictions, with labels decided at 0.5.
    package func value(of predictions: Predictions) -> Double? {
        value(of: predictions.probabilities, gold: predictions.gold, labelSpace: predictions.labelSpace)
    }
}
