import Foundation
import Results
import SafeFiles
import TextClassifiers

/// A search at work, on one task or on several that share what is learnt: takes what trials left that are done, by whomever,
/// fits the others one after another, and chooses.
struct SearchRun {
    let classifier: SearchClassifier
    let tasks: [TrainingTask]
    let context: FitContext
    let store: TrialStore
    /// Where it works, for the records of its trials; nil where nobody tells.
    var machine: Machine?
    /// Called before a trial's files are written; throws if another process has taken the trial over.
    var stopIfLost: () throws -> Void = {}
    /// What the trials took that were done before.
    private var earlier = TrialCost()
    /// The keys of the trials that were met.
    private var met: Set<String> = []

    init(classifier: SearchClassifier, tasks: [TrainingTask], context: FitContext, store: TrialStore) {
        (self.classifier, self.tasks, self.context, self.store) = (classifier, tasks, context, store)
    }

    private var search: ContestantSearch { classifier.search }

    /// A trial with what it left.
    private typealias Tried = (trial: Trial, record: TrialRecord)

    /// Fits the default and all trials that are missing, and chooses.
    /// - Returns: One for each task, in order.
    mutating func fitted() throws -> [FittedSearch] {
        defer { classifier.models.forget(under: store.root.path) }
        let rowCounts = tasks.map(\.train.texts.count)
        var left = search.drawn(seed: context.seed)
        let rungs = search.rungs(count: left.count)
        let total = 1 + rungs.map(\.count).reduce(0, +)
        let usual = try classifier.trial(nil, of: rowCounts)
        let usualRecord = try record(of: usual, number: 1, of: total)
        var tried: [Tried] = []
        var best = 0
        for rung in rungs {
            var scores: [Double?] = []
            for combination in left {
                let trial = try classifier.trial(combination, share: rung.share, of: rowCounts)
                let record = try record(of: trial, number: tried.count + 2, of: total)
                tried.append((trial, record))
                scores.append(record.score)
            }
            // Throws where no trial has a value.
            best = tried.count - scores.count + (try search.selection.best(of: scores))
            if rung.share != nil { left = search.survivors(left, scores) }
        }
        return try results(tried, best: best, (usual, usualRecord))
    }

    private mutating func record(of trial: Trial, number: Int, of total: Int) throws -> TrialRecord {
        let isNew = met.insert(trial.key).inserted
        guard let stored = store.record(of: trial) else {
            return try fitAndStore(trial, number: number, of: total)
        }
        // Settings may be those of the default, which were fitted once.
        if isNew { earlier.add(stored) }
        return stored
    }

    private func results(_ tried: [Tried], best: Int, _ usual: Tried) throws -> [FittedSearch] {
        let bestTrial = tried[best].trial
        let (usualModels, _) = try models(of: usual.trial)
        let (bestModels, isReadBack) = try models(of: bestTrial)
        if let log = context.log, let lines = try? InputFile(store.log(of: bestTrial)).readToEnd() {
            try OutputFile.write(lines, to: log)
        }
        // Those whose models do not tell it themselves.
        let silent = tried.filter { ![usual.trial.key, bestTrial.key].contains($0.trial.key) }
        return tasks.indices.map { task in
            FittedSearch(
                best: bestModels[task], from: isReadBack ? store.modelFolder(of: bestTrial, task) : nil,
                told: tried[best].record.told[task], default: usualModels[task],
                record: SearchRecord(
                    method: search.method, metric: search.metric, keys: search.axes.map(\.name),
                    combinations: search.combinations, budget: search.budget,
                    trials: tried.map { trial, record in
                        SearchRecord.Trial(
                            settings: trial.combination.map(search.values)?.map(\.canonicalText) ?? [],
                            rows: trial.rowCounts[task], score: record.scores[task], failure: record.failure)
                    }, best: best, isShared: tasks.count > 1,
                    default: SearchRecord.Default(
                        rows: usual.trial.rowCounts[task], score: usual.record.scores[task])),
                seconds: [usual.record.seconds] + tried.map(\.record.seconds), summary: search.summary,
                otherUses: silent.compactMap {
                    $0.record.told.indices.contains(task) ? $0.record.told[task].outsideUse : nil
                },
                // What several tasks share was done once.
                earlier: task == 0 ? earlier : TrialCost())
        }
    }

    /// What was fitted: as it is in memory, or read back, or, where that cannot be, fitted again.
    private func models(of trial: Trial) throws -> ([any FittedTextClassifier], isReadBack: Bool) {
        if let held = classifier.models[store.folder(of: trial.key).path] { return (held.fitted, false) }
        store.lookAtModels(of: trial)
        if let load = classifier.load,
            let stored = try? tasks.indices.map({
                try load(store.modelFolder(of: trial, $0), tasks[$0].labelSpace)
            })
        {
            return (stored, true)
        }
        return (try fit(trial) { "fitting again, \($0)" }.fitted, false)
    }
}
