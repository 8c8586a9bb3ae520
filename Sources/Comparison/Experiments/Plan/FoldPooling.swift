import Corpora
import DeterministicWork
import Evaluation
import Results
import SafeFiles

extension ExperimentRun {
    /// A task's results of all folds together, and the predictions that they are of, stored.
    ///
    /// - Parameters:
    ///   - folds: The task in each fold.
    ///   - results: Of the task alone, in each fold.
    func pooledTask(
        _ task: ExperimentTask, _ folds: [RunTask], _ results: [ExperimentResults],
        experiment: ExperimentSummary, encoder: EncoderFolder?
    ) throws -> TaskResults {
        let dataset = folds[0].dataset
        let layout = RunLayout(options.output).task(task.name)
        let splits = folds.map(\.split.stored.split.parts)
        let dealings = task.folds?.repeats ?? 1
        let each = splits.count / dealings
        let stored = try zip(folds, results).prefix(each).map { try StoredPredictions($1, in: $0.folder) }
        guard let pooled = PooledFolds(splits: splits, predictions: stored) else {
            preconditionFailure("folds that do not test each row once")
        }
        let csv = pooled.csv
        try OutputFile.write(csv, to: layout.folds)
        var contestants: [ContestantResults] = []
        var predictions: [Predictions] = []
        for first in results[0].contestants {
            let all = results.compactMap { fold in fold.contestants.first { $0.id == first.id } }
            guard all.count == results.count else { continue }
            let own = pooled.predictions(of: first.id)
            let file = layout.predictions(of: first.id)
            let (sha256, scores) = try inParallel(
                {
                    try own.write(to: file)
                    return try Fingerprint.sha256(ofFile: file)
                },
                { own.scorecard(isProbabilistic: first.isProbabilistic) })
            contestants.append(
                ContestantResults(
                    pooling: all, summary: summary(of: first.id, all), predictionsSHA256: sha256,
                    test: scores))
            predictions.append(own)
        }
        let parts = Array(repeating: Part.test, count: dataset.corpus.count)
        var pooledResults = TaskResults(
            name: task.name, dataset: dataset.summary,
            split: SplitSummary(
                plan: task.folds?.description ?? "", sha256: Fingerprint.sha256(of: Array(csv.utf8)),
                parts: [
                    PartSummary(
                        part: .test, rowCount: dataset.corpus.count,
                        labelCounts: dataset.corpus.targets.labelCounts(
                            labelCount: dataset.corpus.labelSpace.count))
                ],
                notices: told(by: folds.map(\.split.notices))),
            contestants: contestants)
        pooledResults.folds = FoldSpread(
            results, contestants: contestants.map(\.id), dealings: dealings)
        guard file.analysis.isWanted else {
            try layout.removeAnalysis()
            return pooledResults
        }
        let alone = ExperimentResults(experiment: experiment, alone: pooledResults)
        let subject = AnalysisSubject(
            predictions: StoredPredictions(
                zip(contestants, predictions).map { contestant, predictions in
                    ScoredPredictions(
                        id: contestant.id, isBaseline: alone.isBaseline(contestant),
                        isProbabilistic: contestant.isProbabilistic, test: predictions, validation: nil)
                }),
            parts: parts, splits: Array(splits.prefix(each)), dataset: dataset,
            folder: layout)
        return try analyzed(pooledResults, subject, experiment: experiment, encoder: encoder)
    }

    /// What the contestant became in every fold, or what its settings say where folds differ.
    private func summary(of id: String, _ folds: [ContestantResults]) -> String {
        let summaries = Set(folds.map(\.summary))
        guard summaries.count > 1, let contestant = file.contestants.first(where: { $0.id == id }) else {
            return folds[0].summary
        }
        return contestant.contestant.summary
    }
}

/// Notices of folds together: those of all folds once, others with the folds that have them.
package func told(by folds: [[String]]) -> [String] {
    var order: [String] = []
    for notice in folds.flatMap(\.self) where !order.contains(notice) { order.append(notice) }
    return order.map { notice in
        let own = folds.indices.filter { folds[$0].contains(notice) }
        if own.count == folds.count { return notice }
        return
            "\(own.count == 1 ? "fold" : "folds") \(own.map(String.init).joined(separator: ", ")): \(notice)"
    }
}

extension ContestantResults {
    /// Of all folds together.
    /// - Parameter folds: Of the same contestant in each fold.
    fileprivate init(
        pooling folds: [ContestantResults], summary: String, predictionsSHA256: String, test: Scorecard
    ) {
        self.init(
            id: folds[0].id, model: folds[0].model, summary: summary,
            settingsSHA256: folds[0].settingsSHA256,
            isProbabilistic: folds[0].isProbabilistic,
            thresholds: Set(folds.map(\.thresholds)).count == 1 ? folds[0].thresholds : nil,
            notices: told(by: folds.map(\.notices)), predictionsSHA256: predictionsSHA256,
            validationPredictionsSHA256: nil, test: test, validation: nil,
            ensembles: folds[0].ensembles == nil ? nil : folds.flatMap { $0.ensembles ?? [] },
            searches: folds[0].searches == nil ? nil : folds.flatMap { $0.searches ?? [] })
    }
}

extension ContestantCost {
    /// Of a contestant that was fitted once a fold; bytes and parameters are those of the largest model.
    package static func sum(ofFolds folds: [ContestantCost]) -> ContestantCost {
        var sum = total(folds).withoutMachine
        sum.fitSeconds = folds.map(\.fitSeconds).reduce(0, +)
        let builds = Set(folds.map(\.build))
        sum.build = builds.count == 1 ? folds.first?.build : nil
        let cpu = folds.compactMap(\.cpuSeconds)
        sum.cpuSeconds = cpu.count == folds.count ? cpu.reduce(0, +) : nil
        sum.modelBytes = folds.compactMap(\.modelBytes).max()
        // Those of each fold are in the results of the fold.
        sum.logs = nil
        sum.trialSeconds = nil
        return sum
    }
}
