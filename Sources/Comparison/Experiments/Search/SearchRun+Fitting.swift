import Corpora
import DeterministicWork
import Encoders
import Evaluation
import Foundation
import Labels
import Results
import TextClassifiers

// One trial: fitted, scored on validation, stored.
extension SearchRun {
    /// Fits a trial, and stores what it gave: its record last, so that whoever comes after a kill fits what is missing.
    ///
    /// - Parameters:
    ///   - number: From 1, for whoever watches.
    ///   - total: How many fittings the search has.
    func fitAndStore(_ trial: Trial, number: Int, of total: Int) throws -> TrialRecord {
        try context.stopIfAsked()
        store.removePartials(of: trial)
        var record = TrialRecord(
            settings: trial.settings, combination: trial.isDefault ? nil : trial.combination,
            rows: trial.rowCounts, scores: tasks.map { _ in nil }, seconds: 0, told: [])
        let (keptBefore, cpuBefore) = (classifier.keptWork.take(), cpuSeconds())
        let (fitted, seconds) = try timed { () -> [any FittedTextClassifier]? in
            do {
                let (fitted, summary) = try fit(trial) { "fitting \(number) of \(total), \($0)" }
                record.scores = try zip(tasks, fitted).map { try score($0, $1) }
                record.told = fitted.map { TrialRecord.Told($0, summary: summary) }
                return fitted
            } catch let error as TrainingError where error.isOfSettings && !trial.isDefault {
                record.failure = "\(error)"
                return nil
            }
        }
        let kept = classifier.keptWork.take()
        for work in [keptBefore, kept].compactMap(\.self) { classifier.keptWork.add(work) }
        record.seconds = seconds
        record.cost = TrialRecord.Cost(
            cpuSeconds: cpuSeconds() - cpuBefore, peakMemoryBytes: PeakMemory.bytes, keptWork: kept,
            machine: machine)
        try stopIfLost()
        let losers = try fitted.map { try keep($0, of: trial, record) } ?? []
        try store.write(record, of: trial)
        for key in losers { forgetModels(of: key) }
        if classifier.load != nil { try? FileManager.default.removeItem(at: store.workFolder(of: trial)) }
        return record
    }

    /// Fits settings on their rows.
    /// - Parameter phase: The words for what is being done, from those of the fitting.
    /// - Returns: One model a task, and the contestant's summary.
    func fit(
        _ trial: Trial, _ phase: @escaping @Sendable (String) -> String
    ) throws -> (fitted: [any FittedTextClassifier], summary: String) {
        let (own, summary) = try classifier.contestant(trial.combination)
        var context = context
        // What cannot be read back may need its work folder as long as it predicts.
        if classifier.load != nil || context.workFolder != nil {
            context.workFolder = store.workFolder(of: trial)
        }
        context.log = classifier.load == nil ? nil : store.log(of: trial)
        let tell = self.context.progress
        context.progress = { progress in
            var progress = progress
            progress.phase = phase(progress.phase)
            tell(progress)
        }
        let tasks = trial.share.map { share in self.tasks.map { sample(of: $0, share) } } ?? self.tasks
        let fitted: [any FittedTextClassifier] =
            classifier.sharesTasks ? try own.fit(tasks, context) : [try own.fit(tasks[0], context)]
        return (fitted, summary)
    }

    /// The task with a stratified sample of its train rows: one of so many, rounded down.
    private func sample(of task: TrainingTask, _ share: Int) -> TrainingTask {
        var random = RandomStream(seed: context.seed, for: .searchRows)
        let rows = stratifiedOrder(
            task.train.targets, labelCount: task.labelSpace.count, count: task.train.texts.count / share,
            random: &random
        ).sorted()
        return TrainingTask(
            name: task.name, labelSpace: task.labelSpace,
            train: Examples(
                texts: rows.map { task.train.texts[$0] }, targets: task.train.targets.selecting(rows)),
            validation: task.validation)
    }

    /// The metric on validation of what would be stored; nil where it is undefined, or where a probability is no number.
    private func score(_ task: TrainingTask, _ fitted: any FittedTextClassifier) throws -> Double? {
        guard let validation = task.validation else { throw SearchError.noValidation(task: task.name) }
        let search = classifier.search
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

    // MARK: Models that may be needed

    /// Keeps the models of a trial if they may be needed: the default's, and on the whole train part those of the best so far.
    ///
    /// Only what is beaten by a trial that is stored goes, so that the best of all stored trials is among those kept, whoever
    /// fits them in whatever order.
    /// - Returns: The keys of the trials whose models need no more be kept, once the record is written.
    private func keep(
        _ fitted: [any FittedTextClassifier], of trial: Trial, _ record: TrialRecord
    ) throws -> [String] {
        let rivals = trial.isDefault ? [] : rivals(of: trial)
        if !trial.isDefault {
            if trial.share != nil || record.score == nil { return [] }
            if rivals.contains(where: { isBetter($0.record, than: record) }) { return [] }
        }
        if classifier.keepsModels {
            classifier.models[store.folder(of: trial.key).path] = TrialModels.Kept(
                record: record, fitted: fitted)
        }
        if classifier.load != nil { try store.save(fitted, of: trial) }
        return rivals.map(\.key)
    }

    /// The other trials whose models are kept, but for the default.
    private func rivals(of trial: Trial) -> [(key: String, record: TrialRecord)] {
        let held = classifier.models.records(under: store.root.path).map { folder, record in
            (key: URL(fileURLWithPath: folder).lastPathComponent, record: record)
        }
        return (store.kept + held).filter { $0.key != trial.key && $0.record.combination != nil }
    }

    /// Of equals the first is better.
    private func isBetter(_ a: TrialRecord, than b: TrialRecord) -> Bool {
        guard let own = a.score.map(classifier.search.selection.score) else { return false }
        guard let other = b.score.map(classifier.search.selection.score) else { return true }
        return own == other ? (a.combination ?? 0) < (b.combination ?? 0) : own > other
    }

    private func forgetModels(of key: String) {
        classifier.models[store.folder(of: key).path] = nil
        store.removeModels(of: key)
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
