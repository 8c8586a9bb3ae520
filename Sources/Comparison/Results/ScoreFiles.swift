import Corpora
import Evaluation
import Foundation
import Labels
import Tables

/// The scores of a file of predictions, and what should be known of them.
public struct FileScores: Sendable {
    public let scorecard: Scorecard
    public let notices: [String]
}

/// Scores a file of predictions, made by anything, against a file of the truth.
///
/// - Parameters:
///   - truth: A table with a column `gold`, JSON Lines with such a key, or one row's labels a line; `-` is standard
///     input.
///   - predictions: The same with `predicted`; a table may have a column `p_<label>` for every label, which the
///     metrics of probabilities are computed from, and the labels where there is no `predicted`.
///   - kind: By default multilabel if any row has several labels, else binary or multiclass by the number of label
///     names.
///   - isOrdinal: Whether the labels are in an order that means something: rows then have one label.
///   - labels: The K names in order; by default those that occur in either file in the order that datasets have them,
///     or, for the stored predictions of a run, that of their columns.
///   - options: How both files are written, where their names do not tell.
/// - Throws: `CorpusError`, `ResultsError` or `LabelError`, with file and line.
public func scorePredictions(
    truth: String, predictions: String, kind: LabelKind?, isOrdinal: Bool = false, labels: [String]?,
    options: DatasetOptions = DatasetOptions()
) throws -> FileScores {
    let (truth, given) = try LabeledRows.read(
        truth: truth, predictions: predictions, labels: labels, options: options)
    let predictions = try given.matched(to: truth)
    var notices = given.orderNotices(truth)
    let isMultilabel =
        if isOrdinal {
            false
        } else if let kind {
            kind == .multilabel
        } else if options.labelSeparator != nil {
            true
        } else {
            try LabeledRows.isMultilabel(truth, predictions)
        }
    let names = try labels ?? foundNames(truth, predictions, notices: &notices)
    let inferred: LabelKind = isMultilabel ? .multilabel : names.count == 2 ? .binary : .multiclass
    var labelSpace = try LabelSpace(kind: kind ?? inferred, names: names)
    labelSpace.isOrdinal = isOrdinal
    let gold = try truth.targets(in: labelSpace, countsNames: labels != nil)
    let outcome = try predictions.outcome(in: labelSpace, countsNames: labels != nil)
    notices += outcome.notices
    if labelSpace.kind == .binary {
        notices.append(
            "f1, precision and recall are those of '\(names[1])'; --labels names the positive label last")
    }
    return FileScores(
        scorecard: Scorecard(
            gold: gold, predicted: outcome.predicted, probabilities: outcome.probabilities,
            labelSpace: labelSpace),
        notices: notices)
}

extension LabeledRows {
    /// Reads both files.
    fileprivate static func read(
        truth: String, predictions: String, labels: [String]?, options: DatasetOptions
    ) throws -> (truth: LabeledRows, predictions: LabeledRows) {
        let truth = try LabeledRows(path: truth, column: "gold", known: labels ?? [], options: options)
        let predictions = try LabeledRows(
            path: predictions, column: "predicted", readsProbabilities: true,
            known: labels ?? truth.rows.flatMap(\.labels), options: options)
        return try withCertainHeaders(truth: truth, predictions: predictions, labels: labels ?? [])
    }
}

/// The label names where nobody gave them.
/// - Throws: `ResultsError.undecidedLabels`, `.labelWithoutTruth`.
private func foundNames(
    _ truth: LabeledRows, _ predictions: LabeledRows, notices: inout [String]
) throws -> [String] {
    // A run writes its columns in the order of its labels, the positive one last.
    if predictions.isStoredByRun, !predictions.scoredLabels.isEmpty { return predictions.scoredLabels }
    var vocabulary = LabelVocabulary()
    var places: [DataPlace] = []
    func note(_ rows: [LabeledRows.Row]) {
        for row in rows {
            for label in row.labels where vocabulary.code(of: label) == places.count {
                places.append(row.place)
            }
        }
    }
    note(truth.rows)
    let known = vocabulary
    for label in predictions.scoredLabels where vocabulary.code(of: label) == places.count {
        places.append(DataPlace(file: predictions.file, line: 1))
    }
    let scored = vocabulary.count
    note(predictions.rows)
    if let (first, second) = vocabulary.undecided {
        throw ResultsError.undecidedLabels(
            places[second], vocabulary.spelling(ofCode: second), first: vocabulary.spelling(ofCode: first),
            at: places[first])
    }
    notices += vocabulary.notices
    // Columns of probabilities list the labels; else the truth does, which may lack a rare one.
    for code in (predictions.scoredLabels.isEmpty ? known.count : scored)..<vocabulary.count {
        let label = vocabulary.spelling(ofCode: code)
        let names = Array(vocabulary.names.prefix(predictions.scoredLabels.isEmpty ? known.count : scored))
        if !predictions.scoredLabels.isEmpty || nearestLabel(to: label, in: names) != nil {
            throw ResultsError.unknownLabel(places[code], label, known: names)
        }
        notices.append("\(places[code]): label '\(label)' is predicted and stands nowhere in the truth")
    }
    return LabelSpelling.sorted(vocabulary.names)
}

extension LabeledRows {
    /// What a file of predictions says of labels and probabilities, once these agree.
    struct Outcome {
        let predicted: Targets
        /// Nil where the file has none.
        let probabilities: Probabilities?
        let notices: [String]
    }

    /// - Throws: `ResultsError.disagreeingPrediction` at the first row whose label is not what its probabilities say.
    func outcome(in labelSpace: LabelSpace, countsNames: Bool = false) throws(ResultsError) -> Outcome {
        let probabilities = try probabilities(in: labelSpace)
        guard hasLabels else {
            guard let probabilities else { throw .noPredictions(file: file) }
            return outcome(
                probabilities.decisions(kind: labelSpace.kind), probabilities, labelSpace, notices: [])
        }
        let predicted = try targets(in: labelSpace, countsNames: countsNames)
        guard let probabilities else { return Outcome(predicted: predicted, probabilities: nil, notices: []) }
        let agreement = DecisionAgreement(predicted, probabilities, kind: labelSpace.kind)
        var notices: [String] = []
        if let row = agreement.firstDisagreement {
            // Sets are decided at thresholds as a rule; classes at others than 0.5 by runs that tuned them.
            guard agreement.isExplainedByThresholds, labelSpace.kind == .multilabel || isStoredByRun else {
                throw .disagreeingPrediction(
                    rows[row].place, predicted: rows[row].labels.joined(separator: "|"),
                    probable: labelSpace.cell(
                        probabilities.decisions(kind: labelSpace.kind).labels(ofRow: row)))
            }
            notices.append("labels were decided at other thresholds than 0.5")
        }
        return outcome(predicted, probabilities, labelSpace, notices: notices)
    }

    /// Leaves out probabilities that are none: 1 for the decided label and 0 for the others in every row, as models write
    /// that decide without.
    private func outcome(
        _ predicted: Targets, _ probabilities: Probabilities, _ labelSpace: LabelSpace, notices: [String]
    ) -> Outcome {
        let certain = Probabilities(certainOf: predicted, labelCount: labelSpace.count)
        if probabilities.values == certain.values {
            let left =
                "\(file): every value p_... is 0 or 1, which are decisions and no probabilities; metrics of probabilities "
                + "are left out"
            return Outcome(predicted: predicted, probabilities: nil, notices: notices + [left])
        }
        return Outcome(
            predicted: predicted, probabilities: probabilities,
            notices: sumNotices(probabilities, labelSpace) + notices)
    }

    /// Probabilities of classes that do not sum to 1 are scored as they are, as by scikit-learn, but not without a word.
    private func sumNotices(_ probabilities: Probabilities, _ labelSpace: LabelSpace) -> [String] {
        if labelSpace.kind == .multilabel { return [] }
        let tolerance = ProbabilitySum.tolerance(labelCount: labelSpace.count)
        let sums = probabilities.rowSums
        let off = sums.indices.filter { abs(sums[$0] - 1) > tolerance }
        guard let first = off.first else { return [] }
        return [
            "\(rows[first].place): the probabilities sum to \(rounded(sums[first])) and not to 1"
                + (off.count > 1 ? ", as in \(off.count) rows" : "")
                + "; log loss, Brier score and calibration take them as they are"
        ]
    }

    private func rounded(_ value: Double) -> String { String(format: "%.4g", value) }
}

/// The sum of a row's probabilities of classes.
package enum ProbabilitySum {
    /// How far from 1 it may be: each of K probabilities may be rounded to two digits.
    package static func tolerance(labelCount K: Int) -> Double { max(0.001, 0.005 * Double(K)) }
}

/// Whether decided labels are those that probabilities say.
package struct DecisionAgreement {
    /// The first row where they are not, at the most probable label, or 0.5.
    package let firstDisagreement: Int?
    /// Whether some threshold for each label gives the labels; for a binary task one for the positive label.
    package let isExplainedByThresholds: Bool

    /// Probabilities that are written with few digits may be equal.
    private static let tolerance = 1e-6

    package init(_ predicted: Targets, _ probabilities: Probabilities, kind: LabelKind) {
        let K = probabilities.labelCount
        let tolerance = Self.tolerance
        switch predicted {
        case .classes(let classes):
            firstDisagreement = classes.indices.first { row in
                let best = (0..<K).map { probabilities[row, $0] }.max() ?? 0
                return probabilities[row, classes[row]] < best - tolerance
            }
            isExplainedByThresholds =
                kind == .binary
                && Self.areApart(classes.indices.map { (probabilities[$0, 1], classes[$0] == 1) })
        case .sets(let sets):
            firstDisagreement = (0..<sets.rowCount).first { row in
                (0..<K).contains { label in
                    let p = probabilities[row, label]
                    return abs(p - 0.5) > tolerance && sets[row, label] != (p > 0.5)
                }
            }
            isExplainedByThresholds = (0..<K).allSatisfy { label in
                Self.areApart((0..<sets.rowCount).map { (probabilities[$0, label], sets[$0, label]) })
            }
        }
    }

    /// Whether every probability with the label is at least each without it.
    private static func areApart(_ cells: [(p: Double, isPredicted: Bool)]) -> Bool {
        let lowest = cells.filter(\.isPredicted).map(\.p).min() ?? .infinity
        let highest = cells.filter { !$0.isPredicted }.map(\.p).max() ?? -.infinity
        return lowest >= highest - tolerance
    }
}
