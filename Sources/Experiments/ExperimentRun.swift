import Compute
import Corpora
import Evaluation
import Files
import Foundation
import Labels
import Results

/// The way from an experiment file to its results: load, split, then fit and score each contestant in turn.
public struct ExperimentRun: Sendable {
    let file: ExperimentFile
    let options: RunOptions

    public init(file: ExperimentFile, options: RunOptions) {
        self.file = file
        self.options = options
    }

    private var seed: UInt64 { options.seed ?? file.seed }

    /// Runs what is not up to date, writes the artifacts and `results.json`, and returns what that holds.
    public func run(notify: (RunEvent) -> Void) throws -> ExperimentResults {
        try checkOnly()
        let dataset = try file.dataset.load(cache: options.cache)
        let corpus = dataset.corpus
        notify(.loaded(rows: corpus.count, dataset: dataset.name))
        for (reason, count) in dataset.dropped.sorted(by: { $0.key < $1.key }) {
            notify(.notice("\(count) rows left out: \(reason)"))
        }

        for contestant in file.contestants {
            try contestant.contestant.check(corpus.labelSpace, cache: options.cache)
        }

        let folder = RunFolder(options.output)
        let split = try storedOrNewSplit(
            of: corpus, plan: file.split ?? (corpus.officialParts == nil ? .usual : .official),
            needed: [.train, .test],
            folder: folder.splitFolder, force: options.force)
        notify(.split(plan: split.stored.plan.description, reused: split.isReused))
        split.notices.forEach { notify(.notice($0)) }
        let runs = try file.contestants.map { contestant in
            try ContestantRun(
                contestant: contestant, corpus: corpus, split: split.stored,
                seed: seed, cache: options.cache, folder: folder,
                modelFolder: options.models.appendingPathComponent(contestant.id), analysis: file.analysis)
        }

        var contestants: [ContestantResults] = []
        var costs: [String: ContestantCost] = [:]
        for run in runs {
            let wanted = options.only.isEmpty || options.only.contains(run.contestant.id)
            let stored = options.force && wanted ? nil : try run.storedRecord()
            guard wanted || stored != nil else { continue }
            let record: ContestantRecord
            if let stored {
                record = stored
                notify(.reused(contestant: run.contestant.id))
            } else {
                notify(.fitting(contestant: run.contestant.id))
                record = try run.fitAndScore()
                notify(.finished(contestant: run.contestant.id, record.cost))
                record.results.notices.forEach { notify(.notice("\(run.contestant.id): \($0)")) }
            }
            if let notice = record.results.emptyRowsNotice {
                notify(.notice("\(run.contestant.id): \(notice)"))
            }
            contestants.append(record.results)
            costs[run.contestant.id] = record.cost
        }

        var analysis = try Analysis(
            of: contestants, dataset: dataset.summary, metric: file.rankBy, seed: seed,
            options: file.analysis, in: folder)
        if file.analysis.quotes {
            let named = analysis.errors.ids
            let rows = corpus.ids.indices.filter { named.contains(corpus.ids[$0]) }
            analysis.errors.texts = Dictionary(
                rows.map { (corpus.ids[$0], corpus.texts[$0]) }, uniquingKeysWith: { first, _ in first })
        }
        let results = ExperimentResults(
            experiment: ExperimentSummary(
                name: file.name, description: file.description, fileSHA256: file.sha256, seed: seed,
                rankBy: file.rankBy.rawValue, bakeoffVersion: BakeoffVersion.current),
            dataset: dataset.summary,
            split: split.summary(of: corpus),
            contestants: contestants,
            analysis: analysis,
            timings: Timings(
                date: options.date().formatted(.iso8601), command: options.command, threads: Threads.count,
                machine: options.machine, contestants: costs))
        try results.write(to: folder)
        return results
    }

    private func checkOnly() throws {
        let known = file.contestants.map(\.id)
        for id in options.only where !known.contains(id) {
            throw ExperimentError.unknownContestant(id: id, known: known)
        }
    }
}
