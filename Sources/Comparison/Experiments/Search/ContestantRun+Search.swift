import Corpora
import Labels
import Results
import SafeFiles
import TextClassifiers

/// What the entry of a searched contestant predicts without its search, by which the search's gain is computed again.
extension ContestantRun {
    /// Writes what the default predicts, and scores it and the best trial by the search's metric.
    /// - Parameter test: What the best trial gave on test.
    func storeDefault(of search: FittedSearch, best test: Probabilities) throws -> SearchRecord {
        var record = search.record
        for part in [Part.test, .validation] {
            let probabilities = try checked(
                search.defaultModel.probabilities(of: examples(of: part).texts), on: part)
            let own = predictions(on: part, probabilities, nil)
            try own.write(to: folder.defaultPredictions(of: contestant.id, validation: part == .validation))
            if part == .test { record.default.test = record.selection.value(of: own) }
        }
        // Of no interest, and nothing of the next task.
        _ = keptWork.take()
        record.test = record.selection.value(of: predictions(on: .test, test, nil))
        record.default.predictionsSHA256 = digestOfDefault(validation: false) ?? ""
        record.default.validationPredictionsSHA256 = digestOfDefault(validation: true) ?? ""
        return record
    }

    /// Whether what the default predicted is as it was stored, where there is a search.
    func hasDefaultPredictions(of results: ContestantResults) -> Bool {
        guard let record = results.searches?.first else { return true }
        return digestOfDefault(validation: false) == record.default.predictionsSHA256
            && digestOfDefault(validation: true) == record.default.validationPredictionsSHA256
    }

    /// Removes what an earlier entry of this id left, which was searched.
    func removeDefaultPredictions() throws(FileError) {
        for validation in [false, true] {
            try PackableFile(folder.defaultPredictions(of: contestant.id, validation: validation)).remove()
        }
    }

    private func digestOfDefault(validation: Bool) -> String? {
        try? PackableFile(folder.defaultPredictions(of: contestant.id, validation: validation)).sha256()
    }
}
