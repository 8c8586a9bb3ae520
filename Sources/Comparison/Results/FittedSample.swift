/// The contestants of a task as they were fitted on one sample, or on the whole train part.
package struct FittedSample: Sendable {
    /// Of one task.
    let results: ExperimentResults
    let predictions: StoredPredictions

    package init(results: ExperimentResults, predictions: StoredPredictions) {
        (self.results, self.predictions) = (results, predictions)
    }

    var rowCount: Int {
        results.sample?.rowCount ?? results.split[.train]?.rowCount ?? 0
    }
}
