import Corpora
import Results
import SafeFiles

/// Writes the texts of validation and test that train has to `leaks.csv`, and scores contestants without them.
func storeLeaks(
    _ comparison: TextComparison, parts: [Part], predictions: StoredPredictions, folder: RunLayout
) throws -> LeakSummary {
    let found = comparison.leaks
    let text = leaksCSV(found)
    try OutputFile.write(text, to: folder.leaks)
    var summary = LeakSummary(
        found, parts: parts, predictions: predictions,
        sha256: Fingerprint.sha256(of: Array(text.utf8)))
    summary.cutTexts = comparison.cutTexts == 0 ? nil : comparison.cutTexts
    return summary
}
