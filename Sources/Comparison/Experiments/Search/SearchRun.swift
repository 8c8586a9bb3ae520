import Corpora
import DeterministicWork
import Encoders
import Evaluation
import Foundation
import Labels
import Results
import SafeFiles
import TextClassifiers

/// A search at work, on one task or on several that share what is learnt: it fits trial after trial, and keeps what was
/// fitted in a folder, so that whoever comes after a kill fits what is missing.
struct SearchRun {
    let classifier: SearchClassifier
    let tasks: [TrainingTask]
    let context: FitContext
    /// A folder for each fitting, named after the SHA-256 of settings and rows: `trial.json`, and, where it may be needed, its
    /// model and log.
    let root: URL
    /// Models that are not read back, by fitting.
    private var models: [String: [any FittedTextClassifier]] = [:]
    /// Fittings that are done or under way, of so many.
    private var progress = (done: 0, total: 0)

    init(classifier: SearchClassifier, tasks: [TrainingTask], context: FitContext, root: URL) {
        (self.classifier, self.tasks, self.context, self.root) = (classifier, tasks, context, root)
    }

    private var search: ContestantSearch { classifier.search }

    /// Settings and the train rows that they are fitted on.
    private struct Trial {
        /// Nil for the entry without its search.
        let combination: Int?
        let settings: String
        /// Ascending, of each task; nil for the whole train part.
        let rows: [[Int]]?
        let rowCounts: [Int]

        var key: String {
            let rows = rowCounts.map(String.init).joined(separator: " ")
            return Fingerprint.sha256(of: Array("\(settings)\nrows \(rows)".utf8))
        }
    }

    /// Fits the default and all trials, and chooses.
    /// - Returns: One for each task, in order.
    mutating func fitted() throws -> [FittedSearch] {
        let combinations = search.drawn(seed: context.seed)
        let rungs = search.rungs(count: combinations.count)
        progress.total = 1 + rungs.map(\.count).reduce(0, +)
        let usual = try trial(nil, rows: nil)
        let usualRecord = try record(of: usual) { _ in true }
        var trials: [(Trial, TrialRecord)] = []
        var left = combinations
        var best = 0
        for rung in rungs {
            let rows = rung.share.map(sample)
            let first = trials.count
            let isLast = rung.share == nil
            var bestScore: Double?
            for combination in left {
                let trial = try trial(combination, rows: rows)
                // Only what may become the contestant is kept: the best so far of the last rung.
                let place = trials.count
                let record = try record(of: trial) { [search] record in
                    guard isLast, let score = record.score.map(search.selection.score) else { return false }
                    return bestScore.map { score > $0 } ?? true
                }
                trials.append((trial, record))
                if isLast, let score = record.score.map(search.selection.score),
                    bestScore.map({ score > $0 }) ?? true
                {
                    if bestScore != nil { forgetModel(of: trials[best].0, unless: [usual, trial]) }
                    (bestScore, best) = (score, place)
                }
            }
            let scores = trials[first...].map(\.1.score)
            // Throws where no trial has a value.
            _ = try search.selection.best(of: scores)
            if !isLast { left = search.survivors(left, scores) }
        }
        return try results(trials, best: best, usual, usualRecord)
    }

    private func results(
        _ trials: [(trial: Trial, record: TrialRecord)], best: Int, _ usual: Trial, _ usualRecord: TrialRecord
    ) throws -> [FittedSearch] {
        let (usualModels, _) = try models(of: usual)
        let (bestModels, isReadBack) = try models(of: trials[best].trial)
        if let log = context.log, let lines = try? InputFile(self.log(of: trials[best].trial)).readToEnd() {
            try OutputFile.write(lines, to: log)
        }
        // Settings may be those of the default, which were fitted once.
        let silent = trials.filter { ![usual.key, trials[best].trial.key].contains($0.trial.key) }
        return tasks.indices.map { task in
            FittedSearch(
                best: bestModels[task],
                from: isReadBack ? modelFolder(of: trials[best].trial, task) : nil,
                told: trials[best].record.told[task], default: usualModels[task],
                record: SearchRecord(
                    method: search.method, metric: search.metric, keys: search.axes.map(\.name),
                    combinations: search.combinations, budget: search.budget,
                    trials: trials.map { trial, record in
                        SearchRecord.Trial(
                            settings: trial.combination.map(search.values)?.map(\.canonicalText) ?? [],
                            rows: trial.rowCounts[task], score: record.scores[task], failure: record.failure)
                    }, best: best, isShared: tasks.count > 1,
                    default: SearchRecord.Default(
                        rows: usual.rowCounts[task], score: usualRecord.scores[task])),
                seconds: [usualRecord.seconds] + trials.map(\.record.seconds), summary: search.summary,
                otherUses: silent.compactMap {
                    $0.record.told.indices.contains(task) ? $0.record.told[task].outsideUse : nil
                })
        }
    }

    /// A stratified sample of the train rows of each task: one of so many, rounded down.
    private func sample(_ share: Int) -> [[Int]] {
        tasks.map { task in
            var random = RandomStream(seed: context.seed, for: .searchRows)
            return stratifiedOrder(
                task.train.targets, labelCount: task.labelSpace.count, count: task.train.texts.count / share,
                random: &random
            ).sorted()
        }
    }

    /// - Parameters:
    ///   - combination: Nil for the entry without its search.
    ///   - rows: Of each task; nil for the whole train part.
    private func trial(_ combination: Int?, rows: [[Int]]?) throws -> Trial {
        Trial(
            combination: combination,
            settings: try combination.map(classifier.settings) ?? classifier.defaultSettings, rows: rows,
            rowCounts: rows?.map(\.count) ?? tasks.map(\.train.texts.count))
    }

    // MARK: Fitting

    /// What was stored of a fitting, or what comes of it now.
    /// - Parameter keeps: Whether its models may be needed.
    private mutating func record(
        of trial: Trial, keeps: (TrialRecord) -> Bool
    ) throws -> TrialRecord {
        progress.done += 1
        let folder = folder(of: trial)
        if let stored = TrialRecord(
            readingFrom: folder, settings: trial.settings, rows: trial.rowCounts)
        {
            return stored
        }
        try context.stopIfAsked()
        var record = TrialRecord(
            settings: trial.settings, rows: trial.rowCounts, scores: tasks.map { _ in nil }, seconds: 0,
            told: [])
        let (fitted, seconds) = try timed { () -> [any FittedTextClassifier]? in
            do {
                let (fitted, summary) = try fit(trial)
                record.scores = try zip(tasks, fitted).map { try score($0, $1) }
                record.told = fitted.map { TrialRecord.Told($0, summary: summary) }
                return fitted
            } catch let error as TrainingError where error.isOfSettings && trial.combination != nil {
                record.failure = "\(error)"
                return nil
            }
        }
        record.seconds = seconds
        if let fitted, keeps(record) {
            if classifier.keepsModels { models[trial.key] = fitted }
            if classifier.load != nil { try save(fitted, of: trial) }
        }
        try makeFolder(folder)
        try record.write(to: folder)
        if classifier.load != nil { try? FileManager.default.removeItem(at: workFolder(of: trial)) }
        return record
    }

    private func fit(_ trial: Trial) throws -> ([any FittedTextClassifier], summary: String) {
        let (own, summary) = try classifier.contestant(trial.combination)
        var context = context
        // What cannot be read back may need its work folder as long as it predicts.
        if classifier.load != nil || context.workFolder != nil { context.workFolder = workFolder(of: trial) }
        context.log = classifier.load == nil ? nil : log(of: trial)
        let (tell, number, total) = (self.context.progress, progress.done, progress.total)
        context.progress = { progress in
            var progress = progress
            progress.phase = "fitting \(number) of \(total), \(progress.phase)"
            tell(progress)
        }
        let tasks = tasks.indices.map { index in
            trial.rows.map { self.tasks[index].selecting($0[index]) } ?? self.tasks[index]
        }
        let fitted: [any FittedTextClassifier] =
            classifier.sharesTasks ? try own.fit(tasks, context) : [try own.fit(tasks[0], context)]
        return (fitted, summary)
    }

    /// The metric on validation of what would be stored; nil where it is undefined, or where a probability is no number.
    private func score(_ task: TrainingTask, _ fitted: any FittedTextClassifier) throws -> Double? {
        guard let validation = task.validation else { throw SearchError.noValidation(task: task.name) }
        let probabilities = try fitted.probabilities(of: validation.texts)
        if search.metric.needsProbabilities, !fitted.isProbabilistic {
            throw TextClassifierError.noProbabilities(metric: search.metric.settingName)
        }
        if !probabilities.values.allSatisfy({ (0...1).contains($0) }) { return nil }
        let stored = Predictions(
            labelSpace: task.labelSpace, ids: validation.texts.indices.map(String.init),
            gold: validation.targets, probabilities: probabilities, thresholds: nil)
        return search.selection.value(of: stored)
    }

    // MARK: Files

    private func folder(of trial: Trial) -> URL { root.appendingPathComponent(trial.key) }

    private func workFolder(of trial: Trial) -> URL { folder(of: trial).appendingPathComponent("work") }

    private func log(of trial: Trial) -> URL { folder(of: trial).appendingPathComponent("log.jsonl") }

    /// - Parameter task: The place among the tasks.
    private func modelFolder(of trial: Trial, _ task: Int) -> URL {
        folder(of: trial).appendingPathComponent("models").appendingPathComponent("\(task)")
    }

    private func save(_ fitted: [any FittedTextClassifier], of trial: Trial) throws {
        for (task, fitted) in fitted.enumerated() {
            let folder = modelFolder(of: trial, task)
            // Perhaps half of one, which a kill left.
            try? FileManager.default.removeItem(at: folder)
            try makeFolder(folder)
            try fitted.save(to: folder)
        }
    }

    private mutating func forgetModel(of trial: Trial, unless needed: [Trial]) {
        if needed.contains(where: { $0.key == trial.key }) { return }
        models[trial.key] = nil
        try? FileManager.default.removeItem(at: folder(of: trial).appendingPathComponent("models"))
    }

    /// What was fitted: as it is in memory, or read back, or, where that cannot be, fitted again.
    private func models(
        of trial: Trial
    ) throws -> ([any FittedTextClassifier], isReadBack: Bool) {
        if let kept = models[trial.key] { return (kept, false) }
        if let load = classifier.load,
            let stored = try? tasks.indices.map({
                try load(modelFolder(of: trial, $0), tasks[$0].labelSpace)
            })
        {
            return (stored, true)
        }
        return (try fit(trial).0, false)
    }
}

extension TrialRecord {
    /// The metric on validation, in the mean of all tasks; nil where it is undefined on one.
    var score: Double? {
        let defined = scores.compactMap(\.self)
        return defined.count < scores.count ? nil : defined.reduce(0, +) / Double(defined.count)
    }
}

extension TrainingError {
    /// Whether other settings might not have it, so that a search goes on.
    fileprivate var isOfSettings: Bool {
        switch self {
        case .lossNotFinite, .gradientNotFinite, .nothingDefined: true
        case .notEnoughMemory, .noRows, .badCheckpoint, .stopped: false
        }
    }
}

extension TrainingTask {
    /// The same with some of the train rows.
    fileprivate func selecting(_ rows: [Int]) -> TrainingTask {
        TrainingTask(
            name: name, labelSpace: labelSpace,
            train: Examples(texts: rows.map { train.texts[$0] }, targets: train.targets.selecting(rows)),
            validation: validation)
    }
}
