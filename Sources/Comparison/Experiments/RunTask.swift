import Corpora
import DeterministicWork
import Foundation
import Results
import SafeFiles
import TextClassifiers

/// A task of a run, ready to be learnt: its corpus and its stored split.
struct RunTask {
    let name: String?
    let dataset: LoadedDataset
    let split: CorpusSplit
    /// Where its artifacts go.
    let folder: RunLayout
    /// All that a result on it depends on.
    let fingerprint: String

    /// Reads the task's split, or makes and stores it.
    init(_ task: ExperimentTask, _ dataset: LoadedDataset, options: RunOptions) throws {
        let corpus = dataset.corpus
        let folder = RunLayout(options.output).task(task.name)
        let force = options.force
        let plan = try splitPlan(task.split, for: corpus, poolsParts: task.poolsParts)
        let folds = folder.splitFolder.appendingPathComponent("folds.csv")
        if FileManager.default.fileExists(atPath: folds.path) {
            throw ExperimentError.foldsUnread(file: folds.path)
        }
        let (split, texts) = try inParallel(
            {
                try storedOrNewSplit(
                    of: corpus, plan: plan, needed: [.train, .test], folder: folder.splitFolder, force: force)
            },
            { Fingerprint.sha256(of: Array(corpus.texts.joined(separator: "\0").utf8)) })
        (name, self.dataset, self.split, self.folder) = (task.name, dataset, split, folder)
        fingerprint = """
            \(name.map { "task \($0)\n" } ?? "")dataset \(corpus.fingerprint) \(corpus.count) \(corpus.labelSpace.kind.rawValue) \(corpus.labelSpace.names)
            texts \(texts)
            split \(split.stored.fingerprint)\(RunTask.labels(of: corpus))
            """
    }

    /// Silver labels are not in the data files, so their digest is not in the data's.
    private static func labels(of corpus: Corpus) -> String {
        guard corpus.isSilver else { return "" }
        let rows = (0..<corpus.count).map { "\(corpus.targets.labels(ofRow: $0))" }
        return "\nlabels \(Fingerprint.sha256(of: Array(rows.joined(separator: "\n").utf8)))"
    }

    private var splitSummary: SplitSummary {
        get throws(FileError) {
            var summary = split.summary(of: dataset.corpus)
            summary.recordSHA256 = try Fingerprint.sha256(ofFile: folder.splitRecord)
            return summary
        }
    }

    /// Sets the contestants against each other, stores what train and the other parts share and the data's profile, and sums
    /// up the task; only sums it up if no analysis is wanted.
    /// - Parameters:
    ///   - experiment: Which experiment it is.
    ///   - encoder: The model in whose tokens texts are measured too.
    ///   - progress: Told how far the resampling and the comparison of texts are, from any thread.
    func results(
        _ contestants: [ContestantResults], of file: ExperimentFile, experiment: ExperimentSummary,
        encoder: EncoderFolder?, progress: @escaping @Sendable (FitProgress) -> Void
    ) throws -> TaskResults {
        let (corpus, options) = (dataset.corpus, file.analysis)
        var results = TaskResults(
            name: name, dataset: dataset.summary, split: try splitSummary, contestants: contestants)
        guard options.isWanted else {
            for file in [
                folder.leaks, folder.gold, folder.errors, folder.profile, folder.dataPage,
                folder.dataPageHTML,
            ] {
                try? FileManager.default.removeItem(at: file)
            }
            return results
        }
        let alone = ExperimentResults(experiment: experiment, tasks: [results], timings: .none)
        var analysis = try alone.analysis(options: options, in: folder) { done, total in
            progress(FitProgress(phase: "resampling", completed: done, total: total, unit: "resamples"))
        }
        if options.quotes {
            let named = analysis.errors.ids
            let rows = corpus.ids.indices.filter { named.contains(corpus.ids[$0]) }
            analysis.errors.texts = Dictionary(
                rows.map { (corpus.ids[$0], corpus.texts[$0]) }, uniquingKeysWith: { first, _ in first })
        }
        results.analysis = analysis
        let testRows = split.stored.split.rows(of: .test)
        let texts = Dictionary(
            testRows.map { (corpus.ids[$0], corpus.texts[$0]) }, uniquingKeysWith: { first, _ in first })
        results.errorsSHA256 = try alone.writeErrors(texts: options.quotes ? texts : nil, in: folder)
        let comparison = TextComparison(corpus.texts, parts: split.stored.split.parts) { done, total in
            progress(FitProgress(phase: "comparing texts", completed: done, total: total, unit: "texts"))
        }
        results.leaks = try storeLeaks(
            comparison, of: corpus, split: split.stored, contestants: contestants, folder: folder)
        results.gold = try storeGold(
            of: corpus, split: split.stored, contestants: contestants, folder: folder)
        results.dataset.profileSHA256 = try storeProfile(
            comparison, encoder: encoder, maxLengths: file.contestants.compactMap(\.maxLength),
            quotes: options.quotes)
        return results
    }
}
