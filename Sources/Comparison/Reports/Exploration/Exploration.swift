import Labels
import Results
import SafeFiles

/// What the stored predictions of a task give a page to move and to open.
struct Exploration: Sendable {
    /// Nil where nothing is thresholded, or no contestant has probabilities.
    let slider: ThresholdSlider?
    /// By contestant; those without a confusion have none.
    let confusions: [String: ConfusionCells]

    /// Nil where none of the predictions is there, as where the results alone were passed on.
    ///
    /// - Parameters:
    ///   - results: Of one task.
    ///   - folder: Where its predictions are.
    /// - Throws: What reading a file throws, also where some of them are missing.
    init?(_ results: ExperimentResults, in folder: RunLayout) throws {
        let files = results.contestants.map { PackableFile(folder.predictions(of: $0.id)) }
        if !files.contains(where: \.isThere) { return nil }
        let predictions = try StoredPredictions(results, in: folder, withValidation: false)
        let texts = try results.storedErrorTexts(predictions, in: folder)
        slider = ThresholdSlider(predictions.contestants, labelSpace: results.dataset.labelSpace)
        var confusions: [String: ConfusionCells] = [:]
        for contestant in predictions.contestants {
            confusions[contestant.id] = ConfusionCells(contestant.test, of: contestant.id, texts: texts)
        }
        self.confusions = confusions
    }
}
