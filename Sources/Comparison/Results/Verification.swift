import Corpora
import Evaluation
import Foundation
import SafeFiles

/// Computes every number of `results` again from the stored split and predictions.
///
/// - Returns: What could not be computed again, since a compact run leaves out what it follows from; empty for most.
/// - Throws: `ResultsError.disagrees` at the first number, prediction or row that differs.
@discardableResult
public func verifyResults(_ results: ExperimentResults, in folder: RunLayout) throws -> [String] {
    try verifiedRun(results, in: folder).unknown
}

/// A run of which every number was computed again.
private struct VerifiedRun {
    let results: ExperimentResults
    let folder: RunLayout
    let tasks: [VerifiedTask]
    /// What could not be computed again.
    let unknown: [String]
}

/// A task of such a run, and what was read for it.
private struct VerifiedTask {
    /// Of the task alone.
    let results: ExperimentResults
    let folder: RunLayout
    /// The part of each row; of folds, all are test rows. Shape: [N].
    let parts: [Part]
    let predictions: StoredPredictions
}

/// - Parameter splits: Where the splits are, if not in the folder itself.
private func verifiedRun(
    _ results: ExperimentResults, in folder: RunLayout, splits: RunLayout? = nil
) throws -> VerifiedRun {
    let digest = try results.digest()
    try expect("SHA-256 of results.json", results.timings.sha256 ?? digest, digest)
    // Also what reads as the same numbers must stand there as it was written.
    let isAsWritten = try InputFile(folder.results).readToEnd() == StableJSON.encode(results)
    try expect("the text of results.json", isAsWritten ? "as written" : "changed", "as written")
    try expect("format", results.format, 1)
    let replicates = try verifiedReplicates(results, in: folder)
    let tasks = try results.tasks.enumerated().map { index, task in
        do {
            return try verifiedTask(
                results.alone(task), in: folder.task(task.name),
                split: (splits ?? folder).task(task.name),
                replicates: replicates.map { $0.tasks[index] })
        } catch ResultsError.disagrees(let what, let stored, let recomputed) {
            let place = task.name.map { "\($0), " } ?? ""
            throw ResultsError.disagrees(what: place + what, stored: stored, recomputed: recomputed)
        }
    }
    try verifyLogs(results, in: folder)
    let own = try results.tasks.compactMap { task -> String? in
        let without = try task.contestants.filter(folder.task(task.name).leavesOutValidation).map(\.id)
        if without.isEmpty { return nil }
        return (task.name.map { "\($0): " } ?? "")
            + "what \(without.joined(separator: ", ")) scored on validation, and what was fitted there"
    }
    let others = replicates.flatMap { replicate in
        replicate.unknown.map { "\(replicate.folder.url.lastPathComponent): \($0)" }
    }
    return VerifiedRun(results: results, folder: folder, tasks: tasks, unknown: own + others)
}

/// Verifies the runs with the other seeds, or of each fold or sample; none where there is one replicate.
private func verifiedReplicates(_ results: ExperimentResults, in folder: RunLayout) throws -> [VerifiedRun] {
    try results.replicates(in: folder).map { place in
        let replicate = try ExperimentResults(contentsOf: place)
        try expect(
            "tasks of \(place.url.lastPathComponent)", results.tasks.map(\.name), replicate.tasks.map(\.name))
        let isSample = results.tasks.contains { $0.curve != nil }
        return try verifiedRun(replicate, in: place, splits: isSample ? folder : nil)
    }
}

/// - Parameters:
///   - split: Where the split is.
///   - replicates: The same task under the other seeds, or on each fold or sample.
private func verifiedTask(
    _ results: ExperimentResults, in folder: RunLayout, split: RunLayout, replicates: [VerifiedTask]
) throws -> VerifiedTask {
    let folds = try results.folds.map { _ in try verifyFolds(results, replicates, in: folder) }
    let parts =
        try folds.map { Array(repeating: .test, count: $0.foldsOfRows[0].count) }
        ?? verifySplit(results, in: split)
    if let seeds = results.seeds {
        try expect("scores over seeds", seeds, SeedSpread([results] + replicates.map(\.results)))
    }
    for contestant in results.contestants {
        try verifyDigest(contestant, contestant.predictionsSHA256, of: .test, in: folder)
        if contestant.validation != nil, try !folder.leavesOutValidation(of: contestant) {
            try verifyDigest(
                contestant, contestant.validationPredictionsSHA256 ?? "", of: .validation, in: folder)
        }
    }
    let predictions = try StoredPredictions(
        results, in: folder, otherSeeds: results.seeds == nil ? [] : replicates.map(\.folder))
    let task = VerifiedTask(results: results, folder: folder, parts: parts, predictions: predictions)
    for (contestant, stored) in zip(results.contestants, predictions.contestants) {
        if let folds {
            if stored.test != folds.predictions(of: contestant.id) {
                throw ResultsError.disagrees(
                    what: "predictions of \(contestant.id)", stored: "otherwise",
                    recomputed: "other rows, labels or probabilities in the folds")
            }
        } else {
            try task.verifyDecisions(contestant, stored.test, of: .test)
        }
        try task.verifyScores(contestant, contestant.test, stored.test, of: .test)
        if let scores = contestant.validation, let validation = stored.validation {
            try task.verifyDecisions(contestant, validation, of: .validation)
            try task.verifyScores(contestant, scores, validation, of: .validation)
        }
    }
    try results.verifyEnsembles(predictions, folds: folds.map { _ in replicates.map(\.results) })
    try results.verifySearches(
        predictions, folds: folds.map { _ in replicates.map(\.results) }, in: folder)
    try verifyLeaks(results, predictions, parts: parts, in: folder)
    try verifyGold(results, predictions, in: folder)
    try verifyRaters(results, predictions, in: folder)
    try verifySlices(results, predictions, in: folder)
    try verifyLabelNoise(results, predictions, in: folder)
    try verifyProbe(results, predictions, in: folder)
    try results.verifyErrors(predictions, in: folder)
    if let stored = results.dataset.profileSHA256 {
        try expect("SHA-256 of data.json", stored, try Fingerprint.sha256(ofFile: folder.profile))
    }
    try verifyAnalysis(results, predictions, in: folder)
    if let curve = results.curve { try verifyCurve(curve, task, samples: replicates, in: folder) }
    return task
}

/// Computes the ledgers and the analysis again.
private func verifyAnalysis(
    _ results: ExperimentResults, _ predictions: StoredPredictions, in folder: RunLayout
) throws {
    guard let stored = results.analysis else { return }
    if stored.family == nil {
        throw ResultsError.badResults(
            file: folder.results.path,
            reason:
                "an earlier version compared them, in another way; 'bakeoff report' on the folder compares them anew"
        )
    }
    if results.folds == nil { try verifyLedgers(results, predictions, options: stored.options) }
    var analysis = try results.analysis(of: predictions, options: stored.options)
    analysis.errors.texts = stored.errors.texts
    try expect("intervals", stored.intervals, analysis.intervals)
    try expect("comparisons", stored.comparisons, analysis.comparisons)
    try expect("baseline comparisons", stored.baselineComparisons, analysis.baselineComparisons)
    try expect("tie groups", stored.tieGroups, analysis.tieGroups)
    try expect("error analysis", stored.errors, analysis.errors)
    try expect("analysis", stored, analysis)
}

/// Tunes thresholds again.
private func verifyLedgers(
    _ results: ExperimentResults, _ predictions: StoredPredictions, options: AnalysisOptions
) throws {
    for contestant in results.contestants {
        let predictions = predictions[contestant.id]
        let ledger =
            contestant.validation != nil && predictions.validation == nil
            ? contestant.ledger?.scored(on: predictions.test)
            : ThresholdLedger(predictions, options: options, seed: results.experiment.seed)
        try expect("threshold ledger of \(contestant.id)", contestant.ledger, ledger)
        try expect(
            "thresholds of \(contestant.id)", contestant.thresholds,
            decidingThresholds(
                ledger, options: options.thresholds, labelSpace: results.dataset.labelSpace,
                isProbabilistic: contestant.isProbabilistic))
    }
}

/// Compares the scores of folds, `folds.csv` and each fold's thresholds with what the folds give.
/// - Parameter folds: The task on each fold.
/// - Returns: The predictions of all folds together.
private func verifyFolds(
    _ results: ExperimentResults, _ folds: [VerifiedTask], in folder: RunLayout
) throws -> PooledFolds {
    let dealings = results.folds?.dealings ?? 1
    guard
        let pooled = PooledFolds(
            splits: folds.map(\.parts),
            predictions: folds.prefix(folds.count / dealings).map(\.predictions))
    else {
        throw ResultsError.badResults(
            file: folder.results.path, reason: "the folds' splits do not test each row once")
    }
    try expect(
        "scores of folds", results.folds,
        FoldSpread(
            folds.map(\.results), contestants: results.contestants.map(\.id), dealings: dealings))
    let digest = Fingerprint.sha256(of: Array(pooled.csv.utf8))
    try expect("SHA-256 of folds.csv", results.split.sha256, digest)
    try expect("SHA-256 of folds.csv", try Fingerprint.sha256(ofFile: folder.folds), digest)
    try expect("rows", results.dataset.rowCount, pooled.foldsOfRows[0].count)
    if let options = results.analysis?.options {
        for fold in folds { try verifyLedgers(fold.results, fold.predictions, options: options) }
    }
    return pooled
}

/// Draws the learning curve again.
/// - Parameter samples: The task fitted on each sample but the headline's.
private func verifyCurve(
    _ stored: LearningCurve, _ task: VerifiedTask, samples: [VerifiedTask], in folder: RunLayout
) throws {
    try expect("samples", stored.plan.others, samples.compactMap(\.results.sample?.sample))
    try expect("sample of the ranking", stored.plan.headline, task.results.sample?.sample)
    let digest = try Fingerprint.sha256(ofFile: folder.samples)
    try expect("SHA-256 of samples.csv", stored.samplesSHA256, digest)
    let curve = LearningCurve(
        stored.plan, reach: stored.reach, samplesSHA256: digest,
        headline: FittedSample(results: task.results, predictions: task.predictions),
        others: samples.map { FittedSample(results: $0.results, predictions: $0.predictions) },
        bandMethod: stored.bandMethod)
    try expect("learning curve", stored, curve)
    if let options = task.results.analysis?.options.ofSamples {
        for sample in samples { try verifyLedgers(sample.results, sample.predictions, options: options) }
    }
}

/// Compares the stored split with what the results say of it.
/// - Returns: The part of each row.
private func verifySplit(_ results: ExperimentResults, in folder: RunLayout) throws -> [Part] {
    try expect("SHA-256 of split.csv", results.split.sha256, try PackableFile(folder.split).sha256())
    let parts = try readParts(folder.split)
    for part in results.split.parts {
        try expect("rows of \(part.part.rawValue)", part.rowCount, parts.count { $0 == part.part })
    }
    try expect("rows", results.dataset.rowCount, parts.count)
    let record = try StoredSplit.record(in: folder.splitFolder)
    try expect("dataset_sha256 of split.json", results.dataset.sha256, record.datasetFingerprint)
    try expect("split_sha256 of split.json", results.split.sha256, record.fingerprint)
    try expect("rows of split.json", results.dataset.rowCount, record.rows)
    if let stored = results.split.recordSHA256 {
        try expect("SHA-256 of split.json", stored, try Fingerprint.sha256(ofFile: folder.splitRecord))
    } else {
        try expect("plan of split.json", results.split.plan, record.plan.description)
    }
    return parts
}

/// Compares what contestants told while they were fitted with what it was when they were.
private func verifyLogs(_ results: ExperimentResults, in folder: RunLayout) throws {
    for task in results.tasks {
        for contestant in task.contestants {
            let digests = results.timings.contestants[contestant.id]?.logs ?? [:]
            for (name, file) in folder.logs(of: contestant.id, task: task.name) {
                guard let stored = digests[name] else { continue }
                try expect("SHA-256 of logs/\(name).jsonl", stored, try PackableFile(file).sha256())
            }
        }
    }
}

private func verifyDigest(
    _ contestant: ContestantResults, _ stored: String, of part: Part, in folder: RunLayout
) throws {
    let file = folder.predictions(of: contestant, on: part)
    try expect("SHA-256 of \(file.lastPathComponent)", stored, try PackableFile(file).sha256())
}

extension RunLayout {
    fileprivate func predictions(of contestant: ContestantResults, on part: Part) -> URL {
        predictions(of: contestant.id, validation: part == .validation)
    }
}

extension VerifiedTask {
    /// The name of the file of a contestant's predictions.
    private func name(_ contestant: ContestantResults, _ part: Part) -> String {
        folder.predictions(of: contestant, on: part).lastPathComponent
    }

    /// Scores again.
    func verifyScores(
        _ contestant: ContestantResults, _ stored: Scorecard, _ predictions: Predictions, of part: Part
    ) throws {
        try expect(
            "rows of \(name(contestant, part))", parts.count { $0 == part }, predictions.ids.count)
        let counts = predictions.gold.labelCounts(labelCount: predictions.labelSpace.count)
        try expect("label counts of \(part.rawValue)", results.split[part]?.labelCounts ?? [], counts)
        let recomputed = predictions.scorecard(isProbabilistic: contestant.isProbabilistic)
            .limited(to: stored)
        if stored == recomputed { return }
        for metric in MetricName.allCases where stored[metric] != recomputed[metric] {
            try expect(
                "\(contestant.id), \(part.rawValue), \(metric.rawValue)",
                stored[metric].map { "\($0)" } ?? "null", recomputed[metric].map { "\($0)" } ?? "null")
        }
        throw ResultsError.disagrees(
            what: "\(contestant.id), \(part.rawValue), per label or confusion matrix", stored: "otherwise",
            recomputed: "other counts")
    }

    /// Decides labels again.
    func verifyDecisions(_ contestant: ContestantResults, _ predictions: Predictions, of part: Part) throws {
        let decided = predictions.probabilities.decisions(
            kind: predictions.labelSpace.kind,
            thresholds: contestant.thresholds ?? Array(repeating: 0.5, count: predictions.labelSpace.count))
        if decided == predictions.predicted { return }
        let row = predictions.ids.indices.first {
            decided.labels(ofRow: $0) != predictions.predicted.labels(ofRow: $0)
        }
        throw ResultsError.disagrees(
            what: "\(name(contestant, part)), predicted of id '\(row.map { predictions.ids[$0] } ?? "")'",
            stored: "otherwise",
            recomputed: "other labels from the probabilities")
    }
}

/// - Throws: `ResultsError.disagrees` with the first difference, if there is one.
func expect<T: Equatable & Encodable>(_ what: String, _ stored: T, _ recomputed: T)
    throws(ResultsError)
{
    if stored != recomputed {
        let (stored, recomputed) = firstDifference(stored, recomputed)
        throw .disagrees(what: what, stored: stored, recomputed: recomputed)
    }
}

/// The first line in which the values differ as they stand in `results.json`; the values themselves if that is one line.
package func firstDifference<T: Encodable>(_ a: T, _ b: T) -> (String, String) {
    func lines(_ value: T) -> [Substring] {
        let json = (try? StableJSON.encode(value)) ?? []
        return String(decoding: json, as: UTF8.self).split(separator: "\n")
    }
    let (old, new) = (lines(a), lines(b))
    guard max(old.count, new.count) > 1 else { return ("\(a)", "\(b)") }
    let place =
        zip(old, new).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(old.count, new.count)
    func line(_ lines: [Substring]) -> String {
        lines.indices.contains(place) ? lines[place].trimmingCharacters(in: .whitespaces) : "nothing there"
    }
    return (line(old), line(new))
}
