import Evaluation
import Foundation
import Labels
import TestSupport
import Testing

/// Tests/Oracles/Evaluation/long-tails.json, made by LibMultiLabel and NumPy.
private struct LongTailGolden: Decodable {
    struct Ranking: Decodable {
        let gold: [[Int]]
        let labels, empty: Int
        let scores: [[Double]]
        let depths: [Int]
        let precision, recall, rPrecision, ndcg: [Double]
    }

    struct Rows: Decodable {
        let scores: [Double]
        let gold: [Bool]

        var rows: HeldOutScores { HeldOutScores(scores: scores, isGold: gold) }
    }

    struct Outer: Decodable {
        let folds: [Rows]
        let held: Rows
    }

    struct Threshold: Decodable {
        let outer: [Outer]
        let folds: [Rows]
        let fallback, threshold: Double
    }

    struct Bands: Decodable {
        struct Score: Decodable {
            let labels, undefined: Int
            let f1: Double?
        }

        let labels: Int
        let counts: [Int]
        let bands: [Score]
        let gold, predicted: [[Int]]
    }

    let ranking: [Ranking]
    let threshold: [Threshold]
    let bands: [Bands]

    /// A larger file that the same generator made, where `BAKEOFF_LONG_TAILS` names one.
    static func read() throws -> LongTailGolden {
        let given = ProcessInfo.processInfo.environment["BAKEOFF_LONG_TAILS"].map {
            URL(fileURLWithPath: $0)
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(
            LongTailGolden.self, from: Data(contentsOf: given ?? oracle("Evaluation/long-tails.json")))
    }
}

/// Measures and thresholds for many labels.
@Suite struct LongTailTests {
    @Test func rankingsAreJudgedAsInLibMultiLabel() throws {
        let problems = try LongTailGolden.read().ranking
        #expect(problems.count >= 12)
        for problem in problems {
            let found = TopLabels.at(
                problem.depths, gold: IndicatorMatrix(labelCount: problem.labels, rows: problem.gold),
                scores: problem.scores.flatMap(\.self))
            #expect(found.map(\.k) == problem.depths)
            #expect(found.allSatisfy { $0.rowsWithoutLabels == problem.empty })
            #expect(agree(found.compactMap(\.precision), problem.precision, 1e-12))
            #expect(agree(found.compactMap(\.recall), problem.recall, 1e-12))
            #expect(agree(found.compactMap(\.rPrecision), problem.rPrecision, 1e-12))
            #expect(agree(found.compactMap(\.ndcg), problem.ndcg, 1e-12))
        }
    }

    /// By hand: of two gold labels the second is in the third place, and of equal scores the first label comes first.
    @Test func aRankingByHand() throws {
        let gold = IndicatorMatrix(labelCount: 4, rows: [[0, 3]])
        let found = try #require(TopLabels.at([3], gold: gold, scores: [0.9, 0.5, 0.1, 0.5]).first)
        #expect(found.precision == 2.0 / 3 && found.recall == 1 && found.rPrecision == 1)
        let wanted = (1 + 1 / log2(4.0)) / (1 + 1 / log2(3.0))
        #expect(abs(try #require(found.ndcg) - wanted) < 1e-15)
        let none = TopLabels.at([1, 2], gold: IndicatorMatrix(rowCount: 0, labelCount: 2), scores: [])
        #expect(none.map(\.k) == [1, 2] && none.allSatisfy { $0.ndcg == nil && $0.precision == nil })
    }

    /// A scorecard has what as many labels allow, under names that experiment files may use.
    @Test func scorecardsHoldRankings() throws {
        for problem in try LongTailGolden.read().ranking {
            let space = try LabelSpace(kind: .multilabel, names: (0..<problem.labels).map { "l\($0)" })
            let gold = IndicatorMatrix(labelCount: problem.labels, rows: problem.gold)
            let values = problem.scores.joined().map { 1 / (1 + exp(-$0)) }
            let p = Probabilities(labelCount: problem.labels, values: values)
            let card = Scorecard(
                gold: .sets(gold), predicted: .sets(gold), probabilities: p, labelSpace: space)
            for metric in MetricName.allCases {
                guard let k = metric.depth else { continue }
                #expect(
                    card.has(metric) == (k <= problem.labels)
                        && metric.applies(to: space) == (k <= problem.labels))
                let top = TopLabels.at(k <= problem.labels ? [k] : [], gold: gold, scores: p.values).first
                let isGain = metric.rawValue.hasPrefix("ndcg")
                #expect(card[metric] == (isGain ? top?.ndcg : top?.precision))
            }
        }
        #expect(MetricName(name: "precision-at-5") == .precisionAt5)
        #expect(MetricName(name: "nDCG-at-3") == .ndcgAt3 && MetricName(name: "ndcg-at-2") == nil)
        #expect(MetricName.allCases.compactMap(\.depth) == [1, 3, 5, 1, 3, 5])
    }

    /// What an earlier version wrote stays as it is, and agrees with what is computed today.
    @Test func scorecardsOfEarlierVersionsHaveNoGain() throws {
        let gold = Targets.sets(IndicatorMatrix(labelCount: 3, rows: [[0], [1, 2]]))
        let card = Scorecard(
            gold: gold, predicted: gold,
            probabilities: Probabilities(labelCount: 3, values: [0.9, 0.1, 0.2, 0.3, 0.8, 0.1]),
            labelSpace: try LabelSpace(kind: .multilabel, names: ["a", "b", "c"]))
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let text = String(decoding: try encoder.encode(card), as: UTF8.self)
        let earlier = text.replacing(/"ndcg_at_k":\{[^}]*\},/, with: "")
        #expect(earlier != text)
        let read = try JSONDecoder().decode(Scorecard.self, from: Data(earlier.utf8))
        #expect(String(decoding: try encoder.encode(read), as: UTF8.self) == earlier)
        #expect(read[.precisionAt3] == card[.precisionAt3] && read[.ndcgAt1] == nil && !read.has(.ndcgAt1))
        #expect(read != card && card.limited(to: read) == read && card.limited(to: card) == card)
    }

    @Test func bandsAreScoredAsByScikitLearn() throws {
        let problems = try LongTailGolden.read().bands
        #expect(problems.count >= 12)
        for problem in problems {
            func sets(_ rows: [[Int]]) -> Targets {
                .sets(IndicatorMatrix(labelCount: problem.labels, rows: rows))
            }
            let found = Scorecard(
                gold: sets(problem.gold), predicted: sets(problem.predicted),
                labelSpace: try LabelSpace(kind: .multilabel, names: (0..<problem.labels).map { "l\($0)" })
            ).bands(trainCounts: problem.counts)
            #expect(found.map(\.band) == [.head, .middle, .tail])
            for (own, wanted) in zip(found, problem.bands) {
                #expect(own.labelCount == wanted.labels && own.undefined == wanted.undefined)
                #expect(agree(own.f1Macro, wanted.f1, 1e-12))
            }
        }
    }

    @Test func thresholdsAreThoseOfLibMultiLabel() throws {
        let problems = try LongTailGolden.read().threshold
        #expect(problems.count >= 12)
        for (index, problem) in problems.enumerated() {
            let found = SCutFBR(
                folds: problem.folds.map(\.rows),
                outer: problem.outer.map { .init(folds: $0.folds.map(\.rows), held: $0.held.rows) })
            #expect(found.fallback == problem.fallback, "problem \(index)")
            #expect(agree(found.threshold, problem.threshold, 1e-12), "problem \(index)")
        }
    }

    /// A model that learnt nothing scores -∞ and says nothing about thresholds.
    @Test func infiniteScoresAreLeftOut() {
        let known = HeldOutScores(scores: [1, 2, 3, 4], isGold: [false, false, true, true])
        let unknown = HeldOutScores(scores: [-.infinity, -.infinity], isGold: [false, true])
        func threshold(_ folds: [HeldOutScores]) -> Double {
            SCutFBR(folds: folds, outer: [.init(folds: folds, held: known)]).threshold
        }
        #expect(threshold([known, unknown]) == 2.5)
        #expect(threshold([unknown, unknown]) == 0)
    }
}
