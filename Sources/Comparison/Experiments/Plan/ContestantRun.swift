import Corpora
import DeterministicWork
import Foundation
import Labels
import Results
import SafeFiles
import TextClassifiers

/// One contestant on one task: scores it, and keeps a record by which a later run knows that nothing changed.
struct ContestantRun {
    let contestant: ConfiguredContestant
    let task: RunTask
    /// Where the fitted model goes.
    let modelFolder: URL
    let analysis: AnalysisOptions
    let options: RunOptions
    /// Told of work that was not done because it was stored.
    let keptWork: KeptWorkMeter
    let seed: UInt64
    /// SHA-256 over everything that the result is a function of.
    let inputs: String
    /// Of an ensemble, those of its members on the same task.
    let members: [ContestantRun]

    var corpus: Corpus { task.dataset.corpus }
    private var split: StoredSplit { task.split.stored }
    var folder: RunLayout { task.folder }

    /// The record of an earlier run, if everything that went into it is the same and its predictions are unchanged.
    var upToDateRecord: ContestantRecord? {
        // Perhaps another host has just written it.
        for folder in [modelFolder, folder.predictions(of: contestant.id).deletingLastPathComponent()] {
            lookAnew(folder)
        }
        guard let record = ContestantRecord(readingFrom: modelFolder), record.inputs == inputs,
            digest(validation: false) == record.results.predictionsSHA256,
            digest(validation: true) == record.results.validationPredictionsSHA256,
            let members = digestOfMembers, record.membersSHA256 ?? "" == members,
            hasDefaultPredictions(of: record.results)
        else { return nil }
        return record
    }

    /// SHA-256 over what an ensemble is made of, empty for any other contestant; nil where a member is not up to date.
    private var digestOfMembers: String? {
        if members.isEmpty { return "" }
        let records = members.compactMap(\.upToDateRecord)
        if records.count < members.count { return nil }
        let digests = records.map(\.results).map {
            "\($0.id) \($0.predictionsSHA256) \($0.validationPredictionsSHA256 ?? "none")\n"
        }
        return Fingerprint.sha256(of: Array(digests.joined().utf8))
    }

    /// What the contestant has stored, for an ensemble to be made of.
    /// - Throws: `EnsembleError.notDone` where nothing is stored that is up to date.
    func member() throws -> EnsembleMember {
        guard let record = upToDateRecord else { throw EnsembleError.notDone(member: contestant.id) }
        return EnsembleMember(
            id: contestant.id,
            predictions: try ScoredPredictions(record.results, labelSpace: corpus.labelSpace, in: folder),
            modelFolder: modelFolder, cost: record.results.isExternal ? nil : record.cost)
    }

    /// The same with what is derived from the probabilities derived anew, so that other thresholds do not fit anything
    /// again.
    func storedRecord() throws -> ContestantRecord? {
        guard var record = upToDateRecord else { return nil }
        let (stored, storedSpace) = (record.results, record.labelSpace)
        // What confusions cost is of the labels, and nothing that is fitted.
        record.labelSpace = corpus.labelSpace
        let predictions = try ScoredPredictions(stored, labelSpace: corpus.labelSpace, in: folder)
        record.results = try store(
            Outputs(
                test: predictions.test.probabilities, validation: predictions.validation?.probabilities,
                isProbabilistic: stored.isProbabilistic, notices: stored.notices, summary: stored.summary,
                ensembles: stored.ensembles, searches: stored.searches))
        if record.results != stored || record.labelSpace != storedSpace { try record.write(to: modelFolder) }
        return record
    }

    /// Scores a fitted contestant, and writes predictions and model; `keep` writes the record.
    /// - Parameter stopIfLost: Called before anything is written; throws if another process has taken the work over.
    func score(
        _ fitted: any FittedTextClassifier, fitSeconds: Double, cpuSeconds: Double,
        stopIfLost: () throws(RunStopped) -> Void
    ) throws -> ContestantRecord {
        let keptForFit = keptWork.take()
        let texts = examples(of: .test).texts
        let (probabilities, predictSeconds) = try timed { try self.probabilities(fitted, texts, on: .test) }
        guard let probabilities else { throw ExperimentError.emptyPart(Part.test.rawValue) }
        var cost = ContestantCost(
            fitSeconds: fitSeconds, predictSeconds: predictSeconds, predictedTexts: texts.count,
            peakMemoryBytes: PeakMemory.bytes)
        (cost.keptForFit, cost.keptForPrediction) = (keptForFit, keptWork.take())
        var validation: Probabilities?
        if !split.split.rows(of: .validation).isEmpty {
            validation = try self.probabilities(
                fitted, examples(of: .validation).texts, on: .validation)
            // Of no interest, and nothing of the next task.
            _ = keptWork.take()
        }
        try stopIfLost()
        let ensembles = (fitted as? FittedEnsemble).map { [$0.record] }
        let search = fitted as? FittedSearch
        let searches = try search.map { [try storeDefault(of: $0, best: probabilities)] }
        let outputs = Outputs(
            test: probabilities, validation: validation, isProbabilistic: fitted.isProbabilistic,
            notices: fitted.notices + (fitted.byID?.notices(ofIDs: corpus.ids) ?? []),
            summary: fitted.summary ?? contestant.contestant.summary, ensembles: ensembles,
            searches: searches)
        try makeFolder(modelFolder)
        // First, so that no record stands beside half of another model.
        ContestantRecord.remove(from: modelFolder)
        let (results, _) = try inParallel({ try store(outputs) }, { try fitted.save(to: modelFolder) })
        var record = ContestantRecord(
            inputs: inputs, labelSpace: corpus.labelSpace, results: results, cost: cost,
            membersSHA256: members.isEmpty ? nil : digestOfMembers)
        record.cost.cpuSeconds = cpuSeconds
        if let use = fitted.outsideUse { record.cost.add(use) }
        record.cost.build = options.build()
        record.cost.parameters = fitted.parameterCount
        record.cost.logs = digestsOfLogs()
        record.cost.trialSeconds = search.map {
            [task.name.map { "\(contestant.id)/\($0)" } ?? contestant.id: $0.seconds]
        }
        (record.cost.machine, record.cost.threads) = (options.machine, Threads.count)
        record.cost.modelBytes = bytes(of: modelFolder)
        return record
    }

    /// Writes the record of what was scored, by which it is known as done.
    func keep(_ record: ContestantRecord) throws { try record.write(to: modelFolder) }

    /// Removes the temporary files that a process left which was killed while it wrote, on whatever host.
    func removePartials() {
        OutputFile.removePartials(in: modelFolder)
        for validation in [false, true] {
            OutputFile.removePartials(of: folder.predictions(of: contestant.id, validation: validation))
            OutputFile.removePartials(
                of: folder.defaultPredictions(of: contestant.id, validation: validation))
        }
    }

    /// SHA-256 of what the contestant told while it was fitted, by the names that the report has for logs.
    private func digestsOfLogs() -> [String: String]? {
        var digests: [String: String] = [:]
        for (name, file) in RunLayout(options.output).logs(of: contestant.id, task: task.name) {
            digests[name] = try? Fingerprint.sha256(ofFile: file)
        }
        return digests.isEmpty ? nil : digests
    }

    /// Nil where predictions made elsewhere do not cover the part.
    private func probabilities(
        _ fitted: any FittedTextClassifier, _ texts: [String], on scored: ScoredPart
    ) throws -> Probabilities? {
        let part = scored == .test ? Part.test : .validation
        guard let byID = fitted.byID else {
            return try checked(fitted.probabilities(of: texts), on: part)
        }
        let ids = split.split.rows(of: part).map { corpus.ids[$0] }
        return try byID.probabilities(ofIDs: ids, in: scored).map { try checked($0, on: part) }
    }

    /// - Throws: `ExperimentError.badProbability` for the first that is no number from 0 to 1.
    func checked(_ probabilities: Probabilities, on part: Part) throws -> Probabilities {
        guard let place = probabilities.values.firstIndex(where: { !(0...1).contains($0) }) else {
            return probabilities
        }
        let (row, label) = place.quotientAndRemainder(dividingBy: corpus.labelSpace.count)
        throw ExperimentError.badProbability(
            contestant: contestant.id, value: "\(probabilities.values[place])",
            label: corpus.labelSpace.names[label], part: part.rawValue,
            id: corpus.ids[split.split.rows(of: part)[row]])
    }

    /// What a fitted contestant gave.
    private struct Outputs {
        let test: Probabilities
        let validation: Probabilities?
        let isProbabilistic: Bool
        let notices: [String]
        let summary: String
        /// Of an ensemble.
        let ensembles: [EnsembleRecord]?
        /// Where settings were searched.
        let searches: [SearchRecord]?
    }

    /// Decides labels, and writes and scores the predictions.
    private func store(_ outputs: Outputs) throws -> ContestantResults {
        var ledger: ThresholdLedger?
        if outputs.isProbabilistic, let validation = outputs.validation {
            let usual = usualThresholds(corpus.labelSpace)
            ledger = ThresholdLedger(
                validation: predictions(on: .validation, validation, usual),
                test: predictions(on: .test, outputs.test, usual),
                options: analysis.thresholds, seed: seed)
        }
        let thresholds = decidingThresholds(
            ledger, options: analysis.thresholds, labelSpace: corpus.labelSpace,
            isProbabilistic: outputs.isProbabilistic)
        let test = predictions(on: .test, outputs.test, thresholds)
        let validation = outputs.validation.map { predictions(on: .validation, $0, thresholds) }
        if outputs.searches == nil { try removeDefaultPredictions() }
        let (digests, scores) = try inParallel(
            {
                try write(test, validation)
                return (test: digest(validation: false), validation: digest(validation: true))
            },
            {
                (
                    test: test.scorecard(isProbabilistic: outputs.isProbabilistic),
                    validation: validation?.scorecard(isProbabilistic: outputs.isProbabilistic)
                )
            })
        return ContestantResults(
            id: contestant.id, model: contestant.model, summary: outputs.summary,
            settingsSHA256: contestant.model == ContestantResults.externalModel
                ? nil : Fingerprint.sha256(of: Array(contestant.settings.utf8)),
            isProbabilistic: outputs.isProbabilistic, thresholds: thresholds, notices: outputs.notices,
            predictionsSHA256: digests.test ?? "", validationPredictionsSHA256: digests.validation,
            test: scores.test, validation: scores.validation, ledger: ledger, ensembles: outputs.ensembles,
            searches: outputs.searches)
    }

    private func write(_ test: Predictions, _ validation: Predictions?) throws(FileError) {
        try test.write(to: folder.predictions(of: contestant.id))
        let validationFile = folder.predictions(of: contestant.id, validation: true)
        if let validation {
            try validation.write(to: validationFile)
        } else {
            try? FileManager.default.removeItem(at: validationFile)
        }
    }

    /// What the contestant may see of the task.
    var trainingTask: TrainingTask {
        TrainingTask(
            name: task.name, labelSpace: corpus.labelSpace, train: examples(of: .train),
            validation: split.split.rows(of: .validation).isEmpty ? nil : examples(of: .validation))
    }

    func examples(of part: Part) -> Examples {
        let rows = task.rows(of: part)
        return Examples(texts: rows.map { corpus.texts[$0] }, targets: corpus.targets.selecting(rows))
    }

    func predictions(
        on part: Part, _ probabilities: Probabilities, _ thresholds: [Double]?
    ) -> Predictions {
        let rows = split.split.rows(of: part)
        return Predictions(
            labelSpace: corpus.labelSpace, ids: rows.map { corpus.ids[$0] },
            gold: corpus.targets.selecting(rows), probabilities: probabilities, thresholds: thresholds)
    }

    private func digest(validation: Bool) -> String? {
        try? PackableFile(folder.predictions(of: contestant.id, validation: validation)).sha256()
    }
}

/// CPU seconds that this process, and those that it started and that ended, have used so far, all threads together.
func cpuSeconds() -> Double {
    Double(clock()) / Double(CLOCKS_PER_SEC) + childrenCPUSeconds()
}

/// The bytes of the files of a model in `folder`, without its record and the checkpoints that are about to go.
private func bytes(of folder: URL) -> Int {
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.fileSizeKey])
    var sum = 0
    for case let file as URL in files ?? .init()
    where file.lastPathComponent != RunLayout.contestantRecordName {
        if file.lastPathComponent == RunLayout.checkpointsName {
            files?.skipDescendants()
            continue
        }
        let values = try? file.resourceValues(forKeys: [.fileSizeKey, .isRegularFileKey])
        if values?.isRegularFile == true { sum += values?.fileSize ?? 0 }
    }
    return sum
}

/// What `work` gives, and the wall-clock seconds that it took.
func timed<T>(_ work: () throws -> T) rethrows -> (T, seconds: Double) {
    let start = ContinuousClock.now
    let value = try work()
    let (seconds, attoseconds) = start.duration(to: .now).components
    return (value, Double(seconds) + Double(attoseconds) * 1e-18)
}
