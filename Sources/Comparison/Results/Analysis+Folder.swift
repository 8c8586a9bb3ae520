import Foundation
import Labels

extension ExperimentResults {
    /// What the stored predictions of the only task say: of all seeds where the run has several.
    ///
    /// What was fitted to predictions on validation that a compact run leaves out is taken as it is stored.
    ///
    /// - Parameter progress: Told how many of how many resamples are done, from any thread.
    /// - Throws: `ResultsError.differentRows`.
    public func analysis(
        of predictions: StoredPredictions, options: AnalysisOptions,
        progress: @escaping @Sendable (_ done: Int, _ of: Int) -> Void = { _, _ in }
    ) throws -> Analysis {
        let ranked = ranked.map { predictions[$0.id] }
        try checkSameRows(ranked)
        var analysis = Analysis(
            ranked, metric: experiment.rankBy, options: options, seed: experiment.seed,
            progress: progress)
        for contestant in contestants where contestant.validation != nil {
            let predictions = predictions[contestant.id]
            if predictions.validation != nil { continue }
            let fitted = self.analysis?.curves[contestant.id]?.calibration
            analysis.curves[contestant.id]?.calibration = fitted?.measured(on: predictions.test)
        }
        return analysis
    }
}

extension ScoredPredictions {
    /// Reads what a run has stored.
    public init(
        _ contestant: ContestantResults, isBaseline: Bool = false, labelSpace: LabelSpace,
        in folder: RunLayout, withValidation: Bool = true, otherSeeds: [RunLayout] = []
    ) throws {
        func test(_ folder: RunLayout) throws -> Predictions {
            try Predictions(contentsOf: folder.predictions(of: contestant.id), labelSpace: labelSpace)
        }
        self.init(
            id: contestant.id, isBaseline: isBaseline, isProbabilistic: contestant.isProbabilistic,
            test: try test(folder),
            validation: try !withValidation || contestant.validation == nil
                || folder.leavesOutValidation(of: contestant)
                ? nil
                : try Predictions(
                    contentsOf: folder.predictions(of: contestant.id, validation: true),
                    labelSpace: labelSpace),
            validationCard: contestant.validation, otherSeeds: try otherSeeds.map(test))
    }
}
