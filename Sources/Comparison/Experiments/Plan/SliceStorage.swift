import Corpora
import Results
import SafeFiles

/// Writes `slices.csv` and scores the contestants by slice; nil unless the experiment file wants slices.
func storeSlices(
    of corpus: Corpus, rows: [Int], results: ExperimentResults, predictions: StoredPredictions,
    options: SliceOptions?, folder: RunLayout
) throws -> SliceScores? {
    guard let options, !predictions.contestants.isEmpty else {
        // What an earlier run left would be of other slices.
        try PackableFile(folder.slices).remove()
        return nil
    }
    let table = SliceTable(corpus, rows: rows, options: options)
    try OutputFile.write(table.csv, to: folder.slices)
    return try results.sliceScores(table, predictions, options: options, file: folder.slices)
}
