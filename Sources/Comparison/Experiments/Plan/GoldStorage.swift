import Corpora
import Results
import SafeFiles

/// Writes `gold.csv` and scores the labeler and the contestants by it; nil unless labels are silver and some test row
/// has one that people gave.
func storeGold(
    of corpus: Corpus, rows: [Int], predictions: StoredPredictions, folder: RunLayout
) throws -> GoldScores? {
    let gold = rows.compactMap { row in corpus.gold?[row].map { GoldRow(id: corpus.ids[row], labels: $0) } }
    if gold.isEmpty || predictions.contestants.isEmpty {
        // What an earlier run left would be of other labels.
        try PackableFile(folder.gold).remove()
        return nil
    }
    let text = goldCSV(gold, corpus.labelSpace)
    try OutputFile.write(text, to: folder.gold)
    return GoldScores(
        gold, labelSpace: corpus.labelSpace, predictions: predictions,
        sha256: Fingerprint.sha256(of: Array(text.utf8)))
}
