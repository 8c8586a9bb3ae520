import Compute
import Corpora
import Evaluation
import Files
import Foundation
import Labels
import Results

/// One contestant on one task: scores it, and keeps a record by which a later run knows that nothing changed.
struct ContestantRun {
    let contestant: ConfiguredContestant
    let task: RunTask
    /// Where the fitted model goes.
    let modelFolder: URL
    /// SHA-256 over everything that the result is a function of.
    let inputs: String

    private var corpus: Corpus { task.dataset.corpus }
    private var split: StoredSplit { task.split.stored }
    private var folder: RunFolder { task.folder }

    /// The record of an earlier run, if everything that went into it is the same and its predictions are unchanged.
    func storedRecord() -> ContestantRecord? {
        guard let record = ContestantRecord(readingFrom: modelFolder), record.inputs == inputs,
            digest(validation: false) == record.results.predictionsSHA256,
            digest(validation: true) == record.results.validationPredictionsSHA256
        else { return nil }
        return record
    }

    /// Scores a fitted contestant, and writes predictions and model.
    func score(_ fitted: any FittedContestant, fitSeconds: Double) throws -> ContestantRecord {
        let texts = examples(of: .test).texts
        let (probabilities, predictSeconds) = try timed { try fitted.probabilities(of: texts) }
        let cost = ContestantCost(
            fitSeconds: fitSeconds, predictSeconds: predictSeconds, predictedTexts: texts.count,
            peakMemoryBytes: PeakMemory.bytes)
        let record = ContestantRecord(
            inputs: inputs, labelSpace: corpus.labelSpace,
            results: try store(fitted: fitted, testProbabilities: probabilities), cost: cost)
        try saveModel(fitted, record)
        return record
    }

    /// Writes the predictions and scores what was written.
    private func store(
        fitted: any FittedContestant, testProbabilities: Probabilities
    ) throws -> ContestantResults {
        let test = predictions(on: .test, testProbabilities)
        try test.write(to: folder.predictions(of: contestant.id))
        var validation: Predictions?
        if !split.split.rows(of: .validation).isEmpty {
            let stored = predictions(
                on: .validation, try fitted.probabilities(of: examples(of: .validation).texts))
            try stored.write(to: folder.predictions(of: contestant.id, validation: true))
            validation = stored
        }
        return ContestantResults(
            id: contestant.id, model: contestant.model, summary: contestant.contestant.summary,
            isProbabilistic: fitted.isProbabilistic, thresholds: thresholds, notices: fitted.notices,
            predictionsSHA256: digest(validation: false) ?? "",
            validationPredictionsSHA256: digest(validation: true),
            test: test.scorecard, validation: validation?.scorecard)
    }

    private func saveModel(_ fitted: any FittedContestant, _ record: ContestantRecord) throws {
        try FileManager.default.createDirectory(at: modelFolder, withIntermediateDirectories: true)
        try fitted.save(to: modelFolder)
        try record.write(to: modelFolder)
    }

    /// 0.5 for each label of a multilabel task; nothing is thresholded in the others.
    private var thresholds: [Double]? {
        corpus.labelSpace.kind == .multilabel
            ? Array(repeating: 0.5, count: corpus.labelSpace.count) : nil
    }

    var validation: Examples? {
        split.split.rows(of: .validation).isEmpty ? nil : examples(of: .validation)
    }

    func examples(of part: Part) -> Examples {
        let rows = split.split.rows(of: part)
        return Examples(texts: rows.map { corpus.texts[$0] }, targets: corpus.targets.selecting(rows))
    }

    private func predictions(on part: Part, _ probabilities: Probabilities) -> Predictions {
        let rows = split.split.rows(of: part)
        return Predictions(
            labelSpace: corpus.labelSpace, ids: rows.map { corpus.ids[$0] },
            gold: corpus.targets.selecting(rows), probabilities: probabilities, thresholds: thresholds)
    }

    private func digest(validation: Bool) -> String? {
        try? Fingerprint.sha256(ofFile: folder.predictions(of: contestant.id, validation: validation))
    }
}

/// What `work` gives, and the wall-clock seconds that it took.
func timed<T>(_ work: () throws -> T) rethrows -> (T, seconds: Double) {
    let start = ContinuousClock.now
    let value = try work()
    let (seconds, attoseconds) = start.duration(to: .now).components
    return (value, Double(seconds) + Double(attoseconds) * 1e-18)
}
