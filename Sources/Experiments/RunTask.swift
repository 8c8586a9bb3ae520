import Corpora
import Labels
import Results

/// A task of a run, ready to be learnt: its corpus and its stored split.
struct RunTask {
    let name: String?
    let dataset: LoadedDataset
    let split: CorpusSplit
    /// Where its artifacts go.
    let folder: RunFolder

    /// All that a result on it depends on.
    var fingerprint: String {
        let corpus = dataset.corpus
        return """
            \(name.map { "task \($0)\n" } ?? "")dataset \(corpus.fingerprint) \(corpus.count) \(corpus.labelSpace)
            split \(split.stored.fingerprint)
            """
    }

    /// Stores what train and the other parts share, and sums up the task.
    func results(_ contestants: [ContestantResults]) throws -> TaskResults {
        TaskResults(
            name: name, dataset: dataset.summary, split: split.summary(of: dataset.corpus),
            contestants: contestants,
            leaks: try storeLeaks(
                of: dataset.corpus, split: split.stored, contestants: contestants, folder: folder))
    }
}
