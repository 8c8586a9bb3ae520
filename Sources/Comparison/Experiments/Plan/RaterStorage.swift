import Corpora
import Results
import SafeFiles

/// Writes `raters.csv`, and sets the contestants beside a human; nil unless the dataset has the ratings of several people.
func storeRaters(
    of corpus: Corpus, rows: [Int], results: ExperimentResults, predictions: StoredPredictions,
    folder: RunLayout
) throws -> RaterScores? {
    let file = folder.raters
    if !predictions.contestants.isEmpty {
        if let minVotes = corpus.rowRaters?.minVotes, let table = RowRaterTable(corpus, rows: rows) {
            try OutputFile.write(table.csv, to: file)
            return try results.raterScores(table, minVotes: minVotes, predictions, file: file)
        }
        if let bins = corpus.ratings?.bins, let table = RaterTable(corpus, rows: rows) {
            try OutputFile.write(table.csv, to: file)
            return try results.raterScores(table, bins: bins, predictions, file: file)
        }
    }
    // What an earlier run left would be of other ratings.
    try PackableFile(file).remove()
    return nil
}
