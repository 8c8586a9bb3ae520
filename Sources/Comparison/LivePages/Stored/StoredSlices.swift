import Results
import SafeFiles
import SettingKeys

/// The stored scores by slice, and the rows of each slice, as a page reads them.
struct StoredSlices: Encodable, Sendable {
    /// As `results.json` has them.
    let scores: SliceScores
    /// The ranking's, as people write it.
    let metric: String
    let isLowerBetter: Bool
    /// Whether an order that turns round was tested.
    let isTested: Bool
    /// Below this an adjusted p is hardly chance.
    let level: Double
    /// A score on fewer rows than these says little.
    let fewRows: Int
    /// For each dimension of the scores, the place among its slices of the one that each row is in. Shape: [dimensions][N].
    let places: [[Int]]

    /// Nil where the run stored none.
    /// - Parameters:
    ///   - results: Of one task.
    ///   - folder: Where its predictions are.
    ///   - ids: The test rows, in the order of the predictions.
    /// - Throws: What reading `slices.csv` throws, and `ResultsError.badResults` where it is not what the scores are of.
    init?(_ results: ExperimentResults, in folder: RunLayout, ids: [String]) throws {
        guard let scores = results.slices else { return nil }
        let table = try SliceTable(InputFile(folder.slices).readToEnd(), file: folder.slices)
        places = try scores.places(in: table, ids: ids, file: folder.slices)
        // The page has a column for each contestant.
        let contestants = results.ranked.map(\.id)
        for dimension in scores.dimensions {
            for slice in dimension.slices where slice.scores.map(\.id) != contestants {
                throw ResultsError.badResults(
                    file: folder.slices.path,
                    reason: "of slice '\(slice.name)' by \(dimension.name) results.json has scores of "
                        + "\(listed(slice.scores.map(\.id))), not of \(listed(contestants))")
            }
        }
        self.scores = scores
        let ranked = results.experiment.rankBy
        (metric, isTested) = (ranked.readableName, ranked.isResampled)
        isLowerBetter = ranked.direction == .lowerIsBetter
        (level, fewRows) = (PairedComparison.level, SliceScores.fewRows)
    }
}
