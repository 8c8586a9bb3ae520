import DeterministicWork
import Encoders
import Foundation
import Labels
import Synchronization

/// Fits a classifier to small tasks of every kind of labels, and says which promises of `TextClassifier` it does not keep.
///
/// A family is as good as ours if this finds nothing. Labels that `check(_:)` refuses are not tried. It fits some fifteen
/// times for each kind of labels, and changes `Threads.count` meanwhile.
///
/// ```swift
/// for violation in checkConformance(of: KeywordClassifier()) { print(violation) }
/// ```
public func checkConformance(of classifier: some TextClassifier) -> [ConformanceViolation] {
    var violations: [ConformanceViolation] = []
    var refusals: [String] = []
    for kind in LabelKind.allCases {
        guard let problem = try? ConformanceProblem(kind) else { continue }
        do {
            try classifier.check(problem.labelSpace)
            try classifier.check([problem.task()])
        } catch {
            refusals.append("\(kind.rawValue): \(error)")
            continue
        }
        violations += ConformanceCheck(classifier: classifier, problem: problem).violations()
    }
    if refusals.count == LabelKind.allCases.count {
        violations.append(
            ConformanceViolation(
                promise: .someLabels, labels: "any", found: refusals.joined(separator: "; ")))
    }
    return violations
}

/// One classifier on one kind of labels.
private struct ConformanceCheck<Classifier: TextClassifier> {
    let classifier: Classifier
    let problem: ConformanceProblem

    private static var seed: UInt64 { 7 }

    /// How far a row of probabilities may sum from 1: what an encoder's single precision leaves.
    private static var sumTolerance: Double { 1e-5 }

    func violations() -> [ConformanceViolation] {
        let fitted: Classifier.Fitted
        let values: Probabilities
        do {
            fitted = try fit(problem.task())
            values = try probabilities(fitted, problem.probes)
        } catch {
            return [violation(.fits, "\(error)")]
        }
        let checks: [(ConformanceViolation.Promise, () throws -> String?)] = [
            (.probabilities, { fault(values, of: problem.probes.count, fitted) }),
            (
                .repeatable,
                {
                    try probabilities(fit(problem.task()), problem.probes) == values
                        ? nil : "other probabilities"
                }
            ),
            (.threads, { try faultOfThreads(values) }),
            (.saving, { try faultOfSaving(fitted, values) }),
            (.emptyTexts, { try faultOfEmptyTexts(fitted) }),
            (.scarceRows, { faultOfScarceRows() }),
            (.stopping, { try faultOfStopping(values) }),
            (.explanations, { try faultOfExplanations(fitted) }),
            (.tasks, { try faultOfTasks() }),
        ]
        return checks.compactMap { promise, check in
            // What is not refused beforehand has to work, so that an error breaks the promise.
            do { return try check().map { violation(promise, $0) } } catch {
                return violation(promise, "\(error)")
            }
        }
    }

    private func violation(_ promise: ConformanceViolation.Promise, _ found: String) -> ConformanceViolation {
        ConformanceViolation(promise: promise, labels: problem.kind.rawValue, found: found)
    }

    // MARK: Work

    private func fit(
        _ task: TrainingTask, _ context: FitContext = FitContext(seed: seed)
    ) throws -> Classifier.Fitted {
        try classifier.fit(task, context)
    }

    /// Of texts, or of rows that are called by their numbers.
    private func probabilities(_ fitted: Classifier.Fitted, _ texts: [String]) throws -> Probabilities {
        guard let byID = fitted.byID else { return try fitted.probabilities(of: texts) }
        let ids = texts.indices.map { "\($0)" }
        return try byID.probabilities(ofIDs: ids, in: .test)
            ?? Probabilities(labelCount: problem.labelSpace.count, values: [])
    }

    private func withFolder<T>(_ work: (URL) throws -> T) throws -> T {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "conformance-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try work(folder)
    }

    // MARK: Faults, nil where there are none

    private func fault(_ p: Probabilities, of rowCount: Int, _ fitted: Classifier.Fitted) -> String? {
        let K = problem.labelSpace.count
        guard p.labelCount == K, p.rowCount == rowCount else {
            return "\(p.rowCount) x \(p.labelCount) probabilities, expected \(rowCount) x \(K)"
        }
        if let bad = p.values.first(where: { !(0...1).contains($0) }) { return "the probability \(bad)" }
        if !fitted.isProbabilistic, let bad = p.values.first(where: { $0 != 0 && $0 != 1 }) {
            return "the probability \(bad), though it is not probabilistic"
        }
        if problem.kind == .multilabel { return nil }
        for row in 0..<rowCount {
            let sum = p.values[row * K..<(row + 1) * K].reduce(0, +)
            if abs(sum - 1) > Self.sumTolerance { return "probabilities of a row that sum to \(sum)" }
        }
        return nil
    }

    private func faultOfThreads(_ values: Probabilities) throws -> String? {
        let threads = Threads.count
        defer { Threads.count = threads }
        for count in 1...3 {
            Threads.count = count
            if try probabilities(fit(problem.task()), problem.probes) != values {
                return "other probabilities at \(count) threads"
            }
        }
        return nil
    }

    private func faultOfSaving(_ fitted: Classifier.Fitted, _ values: Probabilities) throws -> String? {
        try withFolder { folder in
            try fitted.save(to: folder)
            // Predictions of given rows need no model to be read back.
            if fitted.byID != nil { return nil }
            let loaded = try Classifier.Fitted(from: folder, labelSpace: problem.labelSpace)
            if try loaded.probabilities(of: problem.probes) != values { return "other probabilities" }
            return loaded.isProbabilistic == fitted.isProbabilistic ? nil : "isProbabilistic is another"
        }
    }

    private func faultOfEmptyTexts(_ fitted: Classifier.Fitted) throws -> String? {
        if fitted.byID != nil { return nil }
        if let fault = try fault(fitted.probabilities(of: ["", " "]), of: 2, fitted) { return fault }
        return try fitted.probabilities(of: []).values.isEmpty ? nil : "rows for no text"
    }

    private func faultOfScarceRows() -> String? {
        for (name, rows) in [("without the last label", problem.rowsWithoutLast), ("of one row", [0])] {
            let task = problem.task(rows: rows)
            // An error is an answer; numbers have to be probabilities.
            guard let fitted = try? fit(task), let p = try? probabilities(fitted, problem.probes) else {
                continue
            }
            if let fault = fault(p, of: problem.probes.count, fitted) { return "train \(name): \(fault)" }
        }
        return nil
    }

    private func faultOfStopping(_ values: Probabilities) throws -> String? {
        let questions = Counter()
        try withFolder { folder in
            _ = try fit(
                problem.task(),
                FitContext(
                    seed: Self.seed, workFolder: folder,
                    shouldStop: {
                        questions.next()
                        return false
                    }))
        }
        // Half way: a fitting that never asks is over before anybody could wait.
        let last = (questions.value + 1) / 2
        if last == 0 { return nil }
        return try withFolder { folder in
            let asked = Counter()
            let context = FitContext(
                seed: Self.seed, workFolder: folder, shouldStop: { asked.next() >= last })
            do {
                _ = try fit(problem.task(), context)
                return "it went on though it was asked to stop"
            } catch is RunStopped {}
            let resumed = try fit(problem.task(), FitContext(seed: Self.seed, workFolder: folder))
            return try probabilities(resumed, problem.probes) == values
                ? nil : "other probabilities after a stop"
        }
    }

    private func faultOfExplanations(_ fitted: Classifier.Fitted) throws -> String? {
        let names = problem.labelSpace.names
        if let terms = fitted.topTerms(3) {
            if let foreign = terms.first(where: { !names.contains($0.label) }) {
                return "top terms of '\(foreign.label)', which is no label"
            }
            if terms.contains(where: { $0.terms.count > 3 }) { return "more top terms than were asked for" }
        }
        for text in problem.probes {
            let explanation: Explanation?
            do {
                explanation = try fitted.explanation(of: text)
            } catch EncoderError.notDifferentiable {
                // Weights in fewer bits have no gradients, and say so.
                return nil
            }
            guard case .terms(let labels)? = explanation else { continue }
            for label in labels {
                if !names.contains(label.label) {
                    return "an explanation of '\(label.label)', which is no label"
                }
                let sum = label.terms.reduce(label.bias) { $0 + $1.contribution }
                if abs(sum - label.score) > 1e-9 * max(1, abs(sum)) {
                    return "the score \(label.score) of terms that add up to \(sum)"
                }
            }
        }
        return nil
    }

    private func faultOfTasks() throws -> String? {
        let other = try ConformanceProblem(problem.kind == .multilabel ? .multilabel : .multiclass)
        guard (try? classifier.check(other.labelSpace)) != nil else { return nil }
        return try withFolder { folder in
            let fitted = try classifier.fit(
                [problem.task("one"), other.task("two")], FitContext(seed: Self.seed, workFolder: folder))
            guard fitted.count == 2 else { return "\(fitted.count) fitted classifiers for two tasks" }
            let counts = try fitted.map { try probabilities($0, problem.probes).labelCount }
            let expected = [problem.labelSpace.count, other.labelSpace.count]
            return counts == expected ? nil : "labels \(counts), expected \(expected)"
        }
    }
}

/// Counts from any thread.
private final class Counter: Sendable {
    private let count = Mutex(0)

    var value: Int { count.withLock { $0 } }

    /// One more.
    @discardableResult
    func next() -> Int {
        count.withLock {
            $0 += 1
            return $0
        }
    }
}
