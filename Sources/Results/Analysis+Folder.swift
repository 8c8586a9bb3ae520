import Evaluation
import Files
import Foundation
import Labels

extension Analysis {
    /// From the predictions that a run has stored.
    public init(
        of contestants: [ContestantResults], dataset: DatasetSummary, metric: MetricName, seed: UInt64,
        options: AnalysisOptions, in folder: RunLayout
    ) throws {
        let ranked = try contestants.ranked(by: metric).map { contestant in
            try ScoredPredictions(contestant, labelSpace: dataset.labelSpace, in: folder)
        }
        try checkSameRows(ranked)
        self.init(ranked, metric: metric, options: options, seed: seed)
    }
}

extension ScoredPredictions {
    /// Reads what a run has stored.
    public init(_ contestant: ContestantResults, labelSpace: LabelSpace, in folder: RunLayout) throws {
        self.init(
            id: contestant.id, isProbabilistic: contestant.isProbabilistic,
            test: try Predictions(
                contentsOf: folder.predictions(of: contestant.id), labelSpace: labelSpace),
            validation: contestant.validation == nil
                ? nil
                : try Predictions(
                    contentsOf: folder.predictions(of: contestant.id, validation: true),
                    labelSpace: labelSpace))
    }
}
