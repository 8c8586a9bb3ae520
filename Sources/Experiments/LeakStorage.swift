import Corpora
import Files
import Results

/// Writes the texts of validation and test that train has to `leaks.csv`, and scores contestants without them.
func storeLeaks(
    _ found: [Leak], of corpus: Corpus, split: StoredSplit, contestants: [ContestantResults],
    folder: RunLayout
) throws -> LeakSummary {
    let text = leaksCSV(found)
    try OutputFile.write(text, to: folder.leaks)
    let predictions = try folder.testPredictions(of: contestants.map(\.id), labelSpace: corpus.labelSpace)
    return LeakSummary(
        found, parts: split.split.parts, predictions: predictions,
        sha256: Fingerprint.sha256(of: Array(text.utf8)))
}
