import Corpora
import Results
import SafeFiles

/// Writes `raters.csv`, and sets the contestants beside a human; nil unless the dataset has the ratings of several people.
func storeRaters(
    of corpus: Corpus, rows: [Int], results: ExperimentResults, predictions: StoredPredictions,
    folder: RunLayout
) throws -> RaterScores? {
    if let minVotes = corpus.rowRaters?.minVotes, let table = RowRaterTable(corpus, rows: rows),
        !predictions.contestants.isEmpty
    {
        try OutputFile.write(table.csv, to: folder.raters)
        return try results.raterScores(table, minVotes: minVotes, predictions, file: folder.raters)
    }
    guard let bins = corpus.ratings?.bins, let table = RaterTable(corpus, rows: rows),
        !predictions.contestants.isEmpty
    else {
        // What an earlier run left would be of other ratings.
        try PackableFile(folder.raters).remove()
        return nil
    }
    try OutputFile.write(table.csv, to: folder.raters)
    return try results.raterScores(table, bins: bins, predictions, file: folder.raters)
}
