import Evaluation

/// What a contestant's probabilities look like on test, for figures.
public struct ContestantCurves: Codable, Equatable, Sendable {
    /// Binary: of the positive label. Multiclass: of the most probable one. Multilabel: of all cells.
    public var reliability: ReliabilityCurve
    /// [recall, precision] at falling thresholds: of the positive label, or of all cells together.
    public var precisionRecall: [[Double]]
    /// Of each label the bins that hold anything: [mean stated probability, share that came true, cells]. Multilabel.
    public var labelReliability: [[[Double]]]?
    /// What scaling on validation changes on test, if the experiment file asks for it.
    public var calibration: CalibrationResult?

    private enum CodingKeys: String, CodingKey {
        case reliability, calibration
        case precisionRecall = "precision_recall"
        case labelReliability = "label_reliability"
    }

    /// The thresholds that a curve is drawn through.
    static let steps = 50

    package init(_ contestant: ScoredPredictions, scaling: ProbabilityScaling.Method?) {
        let test = contestant.test
        let kind = test.labelSpace.kind
        reliability = ReliabilityCurve(gold: test.gold, probabilities: test.probabilities, kind: kind)
        precisionRecall = ContestantCurves.precisionRecall(test)
        if case .sets(let sets) = test.gold {
            labelReliability = (0..<test.labelSpace.count).map { label in
                let rows = test.ids.indices
                return ReliabilityCurve(
                    probabilities: rows.map { test.probabilities[$0, label] },
                    cameTrue: rows.map { sets[$0, label] }
                ).bins.filter { $0.count > 0 }.map { bin in
                    let count = Double(bin.count)
                    return [bin.sum / count, Double(bin.hits) / count, count]
                }
            }
        }
        if let scaling, let validation = contestant.validation {
            calibration = CalibrationResult(test: test, validation: validation, method: scaling)
        }
    }

    private static func precisionRecall(_ test: Predictions) -> [[Double]] {
        let K = test.labelSpace.count
        let gold = test.gold.indicators(labelCount: K)
        // Cells, and gold cells among them, by how many of the thresholds they reach.
        var all = [Int](repeating: 0, count: steps + 1)
        var right = all
        for row in test.ids.indices {
            for label in 0..<K where test.labelSpace.kind != .binary || label == 1 {
                let level = min(steps, max(0, Int(test.probabilities[row, label] * Double(steps))))
                all[level] += 1
                if gold[row, label] { right[level] += 1 }
            }
        }
        let positives = right.reduce(0, +)
        if positives == 0 { return [] }
        var points: [[Double]] = []
        var (predicted, found) = (0, 0)
        for level in stride(from: steps, through: 0, by: -1) where all[level] > 0 {
            predicted += all[level]
            found += right[level]
            points.append([Double(found) / Double(positives), Double(found) / Double(predicted)])
        }
        return points
    }
}

/// Calibration before and after scaling. It tells what scaling would change: stored predictions, thresholds and saved
/// models have the probabilities as the contestant gave them.
public struct CalibrationResult: Codable, Equatable, Sendable {
    public var method: ProbabilityScaling.Method
    /// Logits are multiplied by it (1 / temperature): one for all labels, or one each, by label ...
    public var slopes: [Double]
    /// ... and moved by it; 0 for a temperature.
    public var intercepts: [Double]
    public var eceBefore: Double?
    public var eceAfter: Double?
    public var logLossBefore: Double?
    public var logLossAfter: Double?

    private enum CodingKeys: String, CodingKey {
        case method, slopes, intercepts
        case eceBefore = "ece_before"
        case eceAfter = "ece_after"
        case logLossBefore = "log_loss_before"
        case logLossAfter = "log_loss_after"
    }

    init(test: Predictions, validation: Predictions, method: ProbabilityScaling.Method) {
        self.init(
            ProbabilityScaling(
                fitting: method, to: validation.gold, probabilities: validation.probabilities), test: test)
    }

    /// The same scaling with what it changes on test; nil if it is not one of as many labels.
    package func measured(on test: Predictions) -> CalibrationResult? {
        ProbabilityScaling(
            method, slopes: slopes, intercepts: intercepts, labelCount: test.labelSpace.count
        ).map { CalibrationResult($0, test: test) }
    }

    private init(_ scaling: ProbabilityScaling, test: Predictions) {
        method = scaling.method
        slopes = scaling.slopes
        intercepts = scaling.intercepts
        let before = test.scorecard(isProbabilistic: true)
        let after = Scorecard(
            gold: test.gold, predicted: test.predicted,
            probabilities: scaling.applied(to: test.probabilities, test.gold),
            labelSpace: test.labelSpace)
        eceBefore = before[.ece]
        eceAfter = after[.ece]
        logLossBefore = before[.logLoss]
        logLossAfter = after[.logLoss]
    }
}

extension CalibrationResult {
    private enum EarlierKeys: String, CodingKey { case slope, intercept }

    /// Also reads results of version 0.1, which had one slope and one intercept.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let earlier = try decoder.container(keyedBy: EarlierKeys.self)
        method = try container.decode(ProbabilityScaling.Method.self, forKey: .method)
        slopes =
            try container.decodeIfPresent([Double].self, forKey: .slopes)
            ?? [earlier.decode(Double.self, forKey: .slope)]
        intercepts =
            try container.decodeIfPresent([Double].self, forKey: .intercepts)
            ?? [earlier.decode(Double.self, forKey: .intercept)]
        eceBefore = try container.decodeIfPresent(Double.self, forKey: .eceBefore)
        eceAfter = try container.decodeIfPresent(Double.self, forKey: .eceAfter)
        logLossBefore = try container.decodeIfPresent(Double.self, forKey: .logLossBefore)
        logLossAfter = try container.decodeIfPresent(Double.self, forKey: .logLossAfter)
    }
}
