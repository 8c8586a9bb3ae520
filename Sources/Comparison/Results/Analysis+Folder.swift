import Foundation
import Labels

extension ExperimentResults {
    /// What the stored predictions of the only task say: of all seeds where the run has several.
    ///
    /// - Parameters:
    ///   - folder: Where the task's predictions are.
    ///   - otherSeeds: Where those of the same task under the other seeds are, in the order of `seeds`.
    ///   - progress: Told how many of how many resamples are done, from any thread.
    public func analysis(
        options: AnalysisOptions, in folder: RunLayout, otherSeeds: [RunLayout] = [],
        progress: @escaping @Sendable (_ done: Int, _ of: Int) -> Void = { _, _ in }
    ) throws -> Analysis {
        let contestants = ranked
        let predictions = try contestants.map { contestant in
            try ScoredPredictions(
                contestant, isBaseline: isBaseline(contestant), labelSpace: dataset.labelSpace, in: folder,
                otherSeeds: otherSeeds)
        }
        try checkSameRows(predictions)
        return Analysis(
            predictions, metric: experiment.rankingMetric, options: options, seed: experiment.seed,
            progress: progress)
    }
}

extension ScoredPredictions {
    /// Reads what a run has stored.
    public init(
        _ contestant: ContestantResults, isBaseline: Bool = false, labelSpace: LabelSpace,
        in folder: RunLayout, otherSeeds: [RunLayout] = []
    ) throws {
        func test(_ folder: RunLayout) throws -> Predictions {
            try Predictions(contentsOf: folder.predictions(of: contestant.id), labelSpace: labelSpace)
        }
        self.init(
            id: contestant.id, isBaseline: isBaseline, isProbabilistic: contestant.isProbabilistic,
            test: try test(folder),
            validation: contestant.validation == nil
                ? nil
                : try Predictions(
                    contentsOf: folder.predictions(of: contestant.id, validation: true),
                    labelSpace: labelSpace),
            otherSeeds: try otherSeeds.map(test))
    }
}
