import Corpora
import DeterministicWork
import Results
import SafeFiles

/// A task of a run, ready to be learnt: its corpus and its stored split.
struct RunTask {
    let name: String?
    let dataset: LoadedDataset
    let split: CorpusSplit
    /// Where its artifacts go.
    let folder: RunLayout
    /// Where the split is stored: there too, but for a sample, which has the split of the whole.
    private let splitFolder: RunLayout
    /// All that a result on it depends on.
    let fingerprint: String
    /// The rows that contestants are fitted on, ascending: the train part, or a sample of it.
    let trainRows: [Int]
    /// What that sample is; nil for the whole train part.
    let sample: SampleSummary?

    /// SHA-256 of all texts.
    private let texts: String
    /// Of silver labels a line for the fingerprint; empty of others.
    private let labels: String

    /// Reads the task's split, or makes it.
    /// - Parameters:
    ///   - replicate: Of the run.
    ///   - options: Of the replicate.
    ///   - stores: Whether a split that is made is stored.
    ///   - other: The same task in the replicate before this one, if there is one.
    init(
        _ task: ExperimentTask, _ dataset: LoadedDataset, replicate: Replicate, options: RunOptions,
        stores: Bool, like other: RunTask?
    ) throws {
        let corpus = dataset.corpus
        let folder = RunLayout(options.output).task(task.name)
        let force = options.force
        let plan = try task.plan(of: replicate, for: corpus)
        let (split, texts) = try inParallel(
            {
                try storedOrNewSplit(
                    of: corpus, plan: plan, needed: [.train, .test], folder: folder.splitFolder, force: force,
                    stores: stores, groups: other?.split.groups)
            },
            { other?.texts ?? Fingerprint.sha256(of: Array(corpus.texts.joined(separator: "\0").utf8)) })
        (name, self.dataset, self.split, self.folder) = (task.name, dataset, split, folder)
        splitFolder = folder
        self.texts = texts
        (trainRows, sample) = (split.stored.split.rows(of: .train), nil)
        labels = other?.labels ?? RunTask.labels(of: corpus)
        fingerprint = """
            \(name.map { "task \($0)\n" } ?? "")dataset \(corpus.fingerprint) \(corpus.count) \(corpus.labelSpace.kind.rawValue) \(corpus.labelSpace.names)
            texts \(texts)
            split \(split.stored.fingerprint)\(labels)
            """
    }

    /// The same task, fitted on a sample of its train rows.
    /// - Parameters:
    ///   - rows: Ascending.
    ///   - options: Of the replicate.
    init(_ whole: RunTask, _ sample: TrainSample, rows: [Int], options: RunOptions) {
        let corpus = whole.dataset.corpus
        (name, dataset, split, texts, labels) =
            (whole.name, whole.dataset, whole.split, whole.texts, whole.labels)
        folder = RunLayout(options.output).task(name)
        splitFolder = whole.splitFolder
        trainRows = rows
        self.sample = SampleSummary(
            sample: sample, rowCount: rows.count,
            labelCounts: corpus.targets.selecting(rows).labelCounts(labelCount: corpus.labelSpace.count))
        let list = rows.map(String.init).joined(separator: "\n")
        fingerprint = whole.fingerprint + "\nsample \(Fingerprint.sha256(of: Array(list.utf8)))"
    }

    /// As a report tells the split.
    var splitSummary: SplitSummary {
        get throws(FileError) {
            var summary = split.summary(of: dataset.corpus)
            summary.recordSHA256 = try Fingerprint.sha256(ofFile: splitFolder.splitRecord)
            return summary
        }
    }

    /// The rows of a part that contestants see, ascending.
    func rows(of part: Part) -> [Int] { part == .train ? trainRows : split.stored.split.rows(of: part) }

    /// Silver labels are not in the data files, so their digest is not in the data's.
    private static func labels(of corpus: Corpus) -> String {
        guard corpus.isSilver else { return "" }
        let rows = (0..<corpus.count).map { "\(corpus.targets.labels(ofRow: $0))" }
        return "\nlabels \(Fingerprint.sha256(of: Array(rows.joined(separator: "\n").utf8)))"
    }
}
