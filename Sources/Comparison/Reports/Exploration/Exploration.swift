import Labels
import Results

/// What the stored predictions of a task give a page to move and to open.
struct Exploration: Sendable {
    /// Nil where nothing is thresholded, or no contestant has probabilities.
    let slider: ThresholdSlider?
    /// By contestant; those without a confusion have none.
    let confusions: [String: ConfusionCells]

    /// - Parameters:
    ///   - results: Of one task.
    ///   - folder: Where its predictions are.
    /// - Throws: What reading a file throws.
    init(_ results: ExperimentResults, in folder: RunLayout) throws {
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
