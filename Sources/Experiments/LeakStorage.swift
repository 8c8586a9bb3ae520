import Corpora
import Files
import Results

/// Finds the texts of validation and test that train has, writes `leaks.csv`, and scores contestants without them.
func storeLeaks(
    of corpus: Corpus, split: StoredSplit, contestants: [ContestantResults], folder: RunFolder
) throws -> LeakSummary {
    let parts = split.split.parts
    let found = leaks(texts: corpus.texts, parts: parts)
    let text = leaksCSV(found)
    try OutputFile.write(text, to: folder.leaks)
    let predictions = try contestants.map { contestant in
        (
            id: contestant.id,
            try Predictions(contentsOf: folder.predictions(of: contestant.id), labelSpace: corpus.labelSpace)
        )
    }
    return LeakSummary(
        found, parts: parts, predictions: predictions, sha256: Fingerprint.sha256(of: Array(text.utf8)))
}
