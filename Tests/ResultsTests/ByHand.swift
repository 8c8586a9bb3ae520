import Corpora
import Evaluation
import Labels
import Results

/// Predictions and results so small that every number of them can be worked out on paper.
enum ByHand {
    static func space(
        _ kind: LabelKind = .multiclass, _ names: [String] = ["a", "b", "c"]
    ) throws -> LabelSpace {
        try LabelSpace(kind: kind, names: names)
    }

    /// Rows `r0`, `r1` and so on, of classes `a`, `b`, `c`: the predicted one has 0.75, the others 0.125, exact as `Float`.
    /// - Parameter rows: The numbers of the rows, where they are others.
    static func classes(_ gold: [Int], _ predicted: [Int], rows: [Int]? = nil) throws -> Predictions {
        Predictions(
            labelSpace: try space(), ids: (rows ?? Array(gold.indices)).map { "r\($0)" },
            gold: .classes(gold),
            probabilities: Probabilities(
                labelCount: 3,
                values: predicted.flatMap { label in (0..<3).map { $0 == label ? 0.75 : 0.125 } }),
            thresholds: nil)
    }

    /// Rows of `no` and `yes` by the probability of `yes`, decided at 0.5.
    static func binary(_ gold: [Int], _ probabilities: [Double]) throws -> Predictions {
        Predictions(
            labelSpace: try space(.binary, ["no", "yes"]), ids: gold.indices.map { "r\($0)" },
            gold: .classes(gold),
            probabilities: Probabilities(labelCount: 2, values: probabilities.flatMap { [1 - $0, $0] }),
            thresholds: nil)
    }

    /// Rows of sets of `a`, `b`, `c`, decided at 0.5.
    static func sets(_ gold: [[Int]], _ probabilities: [[Double]]) throws -> Predictions {
        Predictions(
            labelSpace: try space(.multilabel), ids: gold.indices.map { "r\($0)" },
            gold: .sets(IndicatorMatrix(labelCount: 3, rows: gold)),
            probabilities: Probabilities(labelCount: 3, values: probabilities.flatMap(\.self)),
            thresholds: nil)
    }

    static func scored(
        _ id: String, _ test: Predictions, validation: Predictions? = nil, isBaseline: Bool = false,
        isProbabilistic: Bool = true, otherSeeds: [Predictions] = []
    ) -> ScoredPredictions {
        ScoredPredictions(
            id: id, isBaseline: isBaseline, isProbabilistic: isProbabilistic, test: test,
            validation: validation,
            otherSeeds: otherSeeds)
    }

    static func contestant(
        _ id: String, _ test: Predictions, validation: Predictions? = nil, model: String = "by hand",
        summary: String = "by hand", settings: String? = nil, isProbabilistic: Bool = true
    ) -> ContestantResults {
        ContestantResults(
            id: id, model: model, summary: summary, settingsSHA256: settings,
            isProbabilistic: isProbabilistic, thresholds: nil,
            notices: [], predictionsSHA256: "00", validationPredictionsSHA256: nil,
            test: test.scorecard(isProbabilistic: isProbabilistic),
            validation: validation?.scorecard(isProbabilistic: isProbabilistic))
    }

    /// Results of one task on as many test rows as the first contestant has, and as many train rows.
    static func results(
        _ contestants: [ContestantResults], space: LabelSpace? = nil, rankBy: MetricName = .accuracy,
        seed: UInt64 = 7
    ) throws -> ExperimentResults {
        let space = try space ?? Self.space()
        let rows = contestants.first?.test.support ?? 0
        return ExperimentResults(
            experiment: ExperimentSummary(
                name: "e", description: nil, fileSHA256: "00", seed: seed, rankBy: rankBy,
                bakeoffVersion: "0.0.0"),
            dataset: DatasetSummary(
                name: "d", title: nil, source: nil, licence: nil, sha256: "11", rowCount: 2 * rows,
                dropped: [:],
                labelSpace: space, silverLabeler: nil),
            split: SplitSummary(
                plan: "by hand", sha256: "22",
                parts: [Part.train, .test].map {
                    PartSummary(
                        part: $0, rowCount: rows, labelCounts: Array(repeating: 1, count: space.count))
                }, notices: []),
            contestants: contestants, timings: .none)
    }
}
