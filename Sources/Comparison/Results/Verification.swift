import Corpora
import Evaluation
import Foundation
import SafeFiles
import Tables

extension ExperimentResults {
    /// Reads the `results.json` of a run.
    public init(contentsOf folder: RunLayout) throws {
        let bytes = try InputFile(folder.results).readToEnd()
        do {
            self = try StableJSON.decode(ExperimentResults.self, from: bytes)
            try checkShape()
        } catch {
            throw ResultsError.badResults(file: folder.results.path, reason: reason(error))
        }
    }
}

/// Without the decoder's own wrapping, which quotes whatever it met.
package func reason(_ error: any Error) -> String {
    func place(_ context: DecodingError.Context) -> String {
        let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
        return path.isEmpty ? "the file" : String(path.joined(separator: ".").prefix(200))
    }
    switch error {
    case DecodingError.keyNotFound(let key, let context):
        return "\(place(context)): the key '\(key.stringValue)' is missing"
    case DecodingError.typeMismatch(let type, let context):
        return "\(place(context)): expected \(type)"
    case DecodingError.valueNotFound(let type, let context):
        return "\(place(context)): found null, expected \(type)"
    case DecodingError.dataCorrupted(let context):
        return "\(place(context)): \(context.debugDescription.prefix(200))"
    default:
        return String("\(error)".prefix(300))
    }
}

/// Computes every number of `results` again from the stored split and predictions.
///
/// - Throws: `ResultsError.disagrees` at the first number, prediction or row that differs.
public func verifyResults(_ results: ExperimentResults, in folder: RunLayout) throws {
    let digest = try results.digest()
    try expect("SHA-256 of results.json", results.timings.sha256 ?? digest, digest)
    // Also what reads as the same numbers must stand there as it was written.
    let isAsWritten = try InputFile(folder.results).readToEnd() == StableJSON.encode(results)
    try expect("the text of results.json", isAsWritten ? "as written" : "changed", "as written")
    try expect("format", results.format, 1)
    for task in results.tasks {
        do {
            let alone = results.alone(task)
            try verifyTask(
                alone, in: folder.task(task.name), otherSeeds: alone.otherSeeds(of: task.name, in: folder))
        } catch ResultsError.disagrees(let what, let stored, let recomputed) {
            let place = task.name.map { "\($0), " } ?? ""
            throw ResultsError.disagrees(what: place + what, stored: stored, recomputed: recomputed)
        }
    }
    try verifyLogs(results, in: folder)
    try verifySeeds(results, in: folder)
}

/// Compares the scores over seeds with those of the runs with the other seeds, once these are verified.
private func verifySeeds(_ results: ExperimentResults, in folder: RunLayout) throws {
    guard let seeds = results.tasks.first?.seeds?.seeds else { return }
    let others = try seeds.dropFirst().map { seed in
        let other = folder.seed(seed)
        let results = try ExperimentResults(contentsOf: other)
        try verifyResults(results, in: other)
        return results
    }
    for index in results.tasks.indices {
        let again = SeedSpread(([results] + others).map { $0.alone($0.tasks[index]) })
        try expect("scores over seeds", results.tasks[index].seeds, again)
    }
}

private func verifyTask(
    _ results: ExperimentResults, in folder: RunLayout, otherSeeds: [RunLayout]
) throws {
    let parts = try verifySplit(results, in: folder)
    for contestant in results.contestants {
        try verify(
            contestant, stored: contestant.test, sha256: contestant.predictionsSHA256, part: .test,
            rowCount: parts[.test] ?? 0, results: results, folder: folder)
        if let validation = contestant.validation {
            try verify(
                contestant, stored: validation, sha256: contestant.validationPredictionsSHA256 ?? "",
                part: .validation, rowCount: parts[.validation] ?? 0, results: results, folder: folder)
        }
    }
    try verifyLeaks(results, in: folder)
    try verifyGold(results, in: folder)
    try results.verifyErrors(in: folder)
    if let stored = results.dataset.profileSHA256 {
        try expect("SHA-256 of data.json", stored, try Fingerprint.sha256(ofFile: folder.profile))
    }
    try verifyAnalysis(results, in: folder, otherSeeds: otherSeeds)
}

/// Computes the ledgers and the analysis again.
private func verifyAnalysis(
    _ results: ExperimentResults, in folder: RunLayout, otherSeeds: [RunLayout]
) throws {
    guard let stored = results.analysis else { return }
    if stored.family == nil {
        throw ResultsError.badResults(
            file: folder.results.path,
            reason:
                "an earlier version compared them, in another way; 'bakeoff report' on the folder compares them anew"
        )
    }
    for contestant in results.contestants {
        let predictions = try ScoredPredictions(
            contestant, labelSpace: results.dataset.labelSpace, in: folder)
        let ledger = ThresholdLedger(predictions, options: stored.options, seed: results.experiment.seed)
        try expect("threshold ledger of \(contestant.id)", contestant.ledger, ledger)
        try expect(
            "thresholds of \(contestant.id)", contestant.thresholds,
            decidingThresholds(
                ledger, options: stored.options.thresholds, labelSpace: results.dataset.labelSpace,
                isProbabilistic: contestant.isProbabilistic))
    }
    var analysis = try results.analysis(options: stored.options, in: folder, otherSeeds: otherSeeds)
    analysis.errors.texts = stored.errors.texts
    try expect("intervals", stored.intervals, analysis.intervals)
    try expect("comparisons", stored.comparisons, analysis.comparisons)
    try expect("baseline comparisons", stored.baselineComparisons, analysis.baselineComparisons)
    try expect("tie groups", stored.tieGroups, analysis.tieGroups)
    try expect("error analysis", stored.errors, analysis.errors)
    try expect("analysis", stored, analysis)
}

extension ExperimentResults {
    /// SHA-256 over the JSON of everything but the digest itself.
    public func digest() throws -> String {
        var copy = self
        copy.timings.sha256 = nil
        return Fingerprint.sha256(of: Data(try StableJSON.encode(copy)))
    }

    /// Writes `results.json`, with its digest.
    public func write(to folder: RunLayout) throws {
        var signed = self
        signed.timings.sha256 = try digest()
        try OutputFile.write(try StableJSON.encode(signed), to: folder.results)
    }
}

/// Compares the stored split with what the results say of it, and counts its rows.
private func verifySplit(_ results: ExperimentResults, in folder: RunLayout) throws -> [Part: Int] {
    try expect("SHA-256 of split.csv", results.split.sha256, try Fingerprint.sha256(ofFile: folder.split))
    let counts = Dictionary(grouping: try readParts(folder.split), by: \.self).mapValues(\.count)
    for part in results.split.parts {
        let counted = Part(rawValue: part.name).flatMap { counts[$0] } ?? 0
        try expect("rows of \(part.name)", part.rowCount, counted)
    }
    try expect("rows", results.dataset.rowCount, counts.values.reduce(0, +))
    let record = try StoredSplit.record(in: folder.splitFolder)
    try expect("dataset_sha256 of split.json", results.dataset.sha256, record.datasetFingerprint)
    try expect("split_sha256 of split.json", results.split.sha256, record.fingerprint)
    try expect("rows of split.json", results.dataset.rowCount, record.rows)
    if let stored = results.split.recordSHA256 {
        try expect("SHA-256 of split.json", stored, try Fingerprint.sha256(ofFile: folder.splitRecord))
    } else {
        try expect("plan of split.json", results.split.plan, record.plan.description)
    }
    return counts
}

/// The part of each row of a `split.csv`.
func readParts(_ file: URL) throws -> [Part] {
    var reader = try TableReader(DataFile.file(file).source(), dialect: .csv)
    var parts: [Part] = []
    guard reader.columns == ["row", "split"] else {
        throw ResultsError.badPredictions(
            DataPlace(file: file.path, line: 1),
            found: "columns \(reader.columns.joined(separator: ",").prefix(100))",
            expected: "row,split")
    }
    while let row = try reader.next() {
        guard row[0] == "\(parts.count)", let part = Part(rawValue: row[1]) else {
            throw ResultsError.badPredictions(
                DataPlace(file: file.path, line: row.line),
                found: "'\(row.fields.joined(separator: ",").prefix(100))'",
                expected: "row \(parts.count) and its part")
        }
        parts.append(part)
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
                try expect("SHA-256 of logs/\(name).jsonl", stored, try Fingerprint.sha256(ofFile: file))
            }
        }
    }
}

private func verify(
    _ contestant: ContestantResults, stored: Scorecard, sha256: String, part: Part, rowCount: Int,
    results: ExperimentResults, folder: RunLayout
) throws {
    let file = folder.predictions(of: contestant.id, validation: part == .validation)
    let name = file.lastPathComponent
    try expect("SHA-256 of \(name)", sha256, try Fingerprint.sha256(ofFile: file))
    let predictions = try Predictions(contentsOf: file, labelSpace: results.dataset.labelSpace)
    try expect("rows of \(name)", rowCount, predictions.ids.count)
    let decided = predictions.probabilities.decisions(
        kind: predictions.labelSpace.kind,
        thresholds: contestant.thresholds ?? Array(repeating: 0.5, count: predictions.labelSpace.count))
    if decided != predictions.predicted {
        let row = predictions.ids.indices.first {
            decided.labels(ofRow: $0) != predictions.predicted.labels(ofRow: $0)
        }
        throw ResultsError.disagrees(
            what: "\(name), predicted of id '\(row.map { predictions.ids[$0] } ?? "")'", stored: "otherwise",
            recomputed: "other labels from the probabilities")
    }
    let counts = predictions.gold.labelCounts(labelCount: predictions.labelSpace.count)
    let summary = results.split.parts.first { $0.name == part.rawValue }
    try expect("label counts of \(part.rawValue)", summary?.labelCounts ?? [], counts)
    let recomputed = predictions.scorecard(isProbabilistic: contestant.isProbabilistic)
    if stored != recomputed {
        for metric in MetricName.allCases where stored[metric] != recomputed[metric] {
            try expect(
                "\(contestant.id), \(part.rawValue), \(metric.rawValue)",
                stored[metric].map { "\($0)" } ?? "null", recomputed[metric].map { "\($0)" } ?? "null")
        }
        throw ResultsError.disagrees(
            what: "\(contestant.id), \(part.rawValue), per label or confusion matrix", stored: "otherwise",
            recomputed: "other counts")
    }
}

private func expect<T: Equatable & Encodable>(_ what: String, _ stored: T, _ recomputed: T)
    throws(ResultsError)
{
    if stored != recomputed {
        let (stored, recomputed) = firstDifference(stored, recomputed)
        throw .disagrees(what: what, stored: stored, recomputed: recomputed)
    }
}

/// The first line in which the values differ as they stand in `results.json`; the values themselves if that is one line.
private func firstDifference<T: Encodable>(_ a: T, _ b: T) -> (String, String) {
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
