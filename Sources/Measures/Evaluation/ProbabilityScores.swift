import DeterministicWork
import Foundation
import Labels

/// The metrics that probabilities give before anything is decided from them.
///
/// Averages over labels leave out the labels for which a score is undefined; `undefined` counts those.
package struct ProbabilityScores: Sendable {
    /// The defined ones.
    package private(set) var values: [MetricName: Double] = [:]
    package private(set) var undefined: [MetricName: Int] = [:]
    /// In the order of the label space.
    package let perLabel: [LabelProbabilityScore]
    /// Multilabel: one for each k of `depths` that does not exceed K.
    package private(set) var top: [TopLabels] = []

    /// The k of precision and nDCG at k.
    package static let depths = [1, 3, 5]
    /// Probabilities are kept this far from 0 and 1 before their logarithm is taken, as by scikit-learn.
    static let epsilon = Double.ulpOfOne
    static let largestLogLoss = -log(epsilon)

    /// - Precondition: `gold` and `probabilities` have N rows; labels and columns are those of `labelSpace`.
    package init(gold: Targets, probabilities: Probabilities, labelSpace: LabelSpace) {
        precondition(gold.count == probabilities.rowCount && probabilities.labelCount == labelSpace.count)
        let (N, K) = (gold.count, labelSpace.count)
        let indicators = gold.indicators(labelCount: K)
        // The curve of all cells takes as long as those of all labels.
        let (all, perLabel) = inParallel(
            { RankingCurve(scores: probabilities.values, isPositive: indicators.values) },
            {
                parallelMap(K, blockSize: 1) { label in
                    LabelProbabilityScore(
                        probabilities: (0..<N).map { probabilities[$0, label] },
                        isGold: (0..<N).map { indicators[$0, label] })
                }
            })
        self.perLabel = perLabel
        let areas = Average(perLabel.map(\.rocAUC))
        let precisions = Average(perLabel.map(\.averagePrecision))
        values[.rocAUCMicro] = all.rocAUC
        values[.averagePrecisionMicro] = all.averagePrecision
        values[.rocAUCMacro] = areas.defined
        values[.averagePrecisionMacro] = precisions.defined
        undefined[.rocAUCMacro] = areas.undefined
        undefined[.averagePrecisionMacro] = precisions.undefined
        if N == 0 { return }

        switch gold {
        case .classes(let classes):
            values[.logLoss] =
                classes.indices.reduce(0) {
                    $0 + ProbabilityScores.loss(probabilities[$1, classes[$1]])
                } / Double(N)
            let squares = zip(probabilities.values, indicators.values).reduce(0) {
                $0 + ($1.0 - ($1.1 ? 1 : 0)) * ($1.0 - ($1.1 ? 1 : 0))
            }
            values[.brierScore] = squares / Double(N) * (K == 2 ? 0.5 : 1)
            if labelSpace.kind == .binary {
                values[.rocAUC] = perLabel[1].rocAUC
                values[.averagePrecision] = perLabel[1].averagePrecision
                values[.ece] = perLabel[1].ece
            } else {
                values[.ece] =
                    ReliabilityCurve(gold: gold, probabilities: probabilities, kind: .multiclass)
                    .expectedCalibrationError
            }
        case .sets(let sets):
            values[.logLoss] = Average(perLabel.map(\.logLoss)).defined
            values[.brierScore] = Average(perLabel.map(\.brierScore)).defined
            values[.ece] = Average(perLabel.map(\.ece)).defined
            scoreRankings(of: sets, probabilities)
        }
    }

    /// -ln p, kept finite.
    static func loss(_ probability: Double) -> Double {
        -log(min(max(probability, epsilon), 1 - epsilon))
    }

    /// The log loss of a row: of its class, or the mean over the cells of its set.
    static func loss(of probabilities: [Double], gold: Targets, row: Int) -> Double {
        switch gold {
        case .classes(let classes): loss(probabilities[classes[row]])
        case .sets(let sets):
            probabilities.indices.reduce(0) {
                $0 + loss(sets[row, $1] ? probabilities[$1] : 1 - probabilities[$1])
            } / Double(probabilities.count)
        }
    }

    /// What a row adds to the Brier score: the squared distance of its probabilities and its gold labels, halved for two
    /// classes; the mean over the cells of a set.
    static func squaredDistance(of probabilities: [Double], gold: Targets, row: Int) -> Double {
        let labels = gold.labels(ofRow: row)
        let sum = probabilities.indices.reduce(0) { sum, label in
            let distance = probabilities[label] - (labels.contains(label) ? 1 : 0)
            return sum + distance * distance
        }
        switch gold {
        case .classes: return probabilities.count == 2 ? sum / 2 : sum
        case .sets: return sum / Double(probabilities.count)
        }
    }

    /// The metrics of each row's ranking of labels.
    private mutating func scoreRankings(of gold: IndicatorMatrix, _ probabilities: Probabilities) {
        let (N, K) = (gold.rowCount, gold.labelCount)
        var sum = 0.0
        for row in 0..<N {
            let scores = (0..<K).map { probabilities[row, $0] }
            let labels = gold.labels(ofRow: row)
            sum += ProbabilityScores.rankingPrecision(of: labels, scores: scores)
        }
        values[.labelRankingAveragePrecision] = sum / Double(N)
        top = TopLabels.at(
            ProbabilityScores.depths.filter { $0 <= K }, gold: gold, scores: probabilities.values)
    }

    /// Mean over the gold labels of a row of (gold labels scored as high) / (labels scored as high). A row with no
    /// gold label, or with all, counts as 1, as in scikit-learn: no ranking of it could be wrong.
    private static func rankingPrecision(of labels: [Int], scores: [Double]) -> Double {
        if labels.isEmpty || labels.count == scores.count { return 1 }
        let shares = labels.map { label in
            Double(labels.count { scores[$0] >= scores[label] })
                / Double(scores.count { $0 >= scores[label] })
        }
        return shares.reduce(0, +) / Double(labels.count)
    }
}

extension ReliabilityCurve {
    /// Binary: of the positive label. Multiclass: of the most probable label of each row. Multilabel: of all cells.
    public init(gold: Targets, probabilities: Probabilities, kind: LabelKind) {
        let rows = 0..<gold.count
        switch (kind, gold) {
        case (.binary, .classes(let classes)):
            self.init(probabilities: rows.map { probabilities[$0, 1] }, cameTrue: classes.map { $0 == 1 })
        case (_, .classes(let classes)):
            guard case .classes(let decided) = probabilities.decisions(kind: .multiclass) else {
                self.init(probabilities: [], cameTrue: [])
                return
            }
            self.init(
                probabilities: rows.map { probabilities[$0, decided[$0]] },
                cameTrue: rows.map { decided[$0] == classes[$0] })
        case (_, .sets(let sets)):
            self.init(probabilities: probabilities.values, cameTrue: sets.values)
        }
    }
}
