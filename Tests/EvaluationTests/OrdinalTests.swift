import DeterministicWork
import Evaluation
import Foundation
import Labels
import TestSupport
import Testing

/// Metrics of labels in an order, of costs, and of one label.
@Suite struct OrdinalTests {
    private struct Problem: Decodable {
        let labels: Int
        let gold, predicted: [Int]
        let costs: [[Double]]
        let expected: [String: Double?]

        var labelSpace: LabelSpace {
            get throws {
                var space = try LabelSpace(
                    kind: labels == 2 ? .binary : .multiclass, names: (0..<labels).map { "l\($0)" })
                space.isOrdinal = true
                space.costs = costs
                return space
            }
        }
    }

    private static let problems: [Problem] = {
        guard let data = try? Data(contentsOf: oracle("Evaluation/ordinal.json")) else { return [] }
        return (try? JSONDecoder().decode([Problem].self, from: data)) ?? []
    }()

    @Test func agreesWithScikitLearn() throws {
        #expect(Self.problems.count == 60)
        for problem in Self.problems {
            let card = Scorecard(
                gold: .classes(problem.gold), predicted: .classes(problem.predicted),
                labelSpace: try problem.labelSpace)
            for (name, expected) in problem.expected {
                let metric = try #require(MetricName(rawValue: name))
                #expect(card.has(metric))
                switch (card[metric], expected) {
                case (let found?, let expected?): #expect(abs(found - expected) <= 1e-12, "\(name)")
                case (let found, let expected): #expect(found == expected, "\(name)")
                }
            }
        }
    }

    /// What a resample weighs rows by is what scoring the drawn rows gives.
    @Test func resamplesEqualScoringTheDrawnRows() throws {
        let problem = try #require(Self.problems.first { $0.labels > 3 && $0.gold.count > 30 })
        let space = try problem.labelSpace
        let resampling = PairedResampling(
            gold: .classes(problem.gold), predicted: [.classes(problem.predicted)], labelSpace: space,
            draws: 20, seed: 3)
        let metrics: [MetricName] = [
            .cohenKappaLinear, .cohenKappaQuadratic, .meanAbsoluteError, .meanCost, .f1Of(label: "l2"),
            .precisionOf(label: "l0"), .recallOf(label: "l3"),
        ]
        let drawn = resampling.bootstrap(metrics)
        for draw in 0..<20 {
            let weights = resampling.weights(ofDraw: draw)
            let rows = weights.indices.flatMap { Array(repeating: $0, count: Int(weights[$0])) }
            let card = Scorecard(
                gold: .classes(rows.map { problem.gold[$0] }),
                predicted: .classes(rows.map { problem.predicted[$0] }),
                labelSpace: space)
            for (index, metric) in metrics.enumerated() {
                let found = drawn[index][0][draw]
                #expect(metric.isResampled)
                if let expected = card[metric] {
                    #expect(abs(found - expected) <= 1e-12, "\(metric.rawValue)")
                } else {
                    #expect(found.isNaN, "\(metric.rawValue)")
                }
            }
        }
    }

    @Test func metricsOfOneLabel() throws {
        let space = try LabelSpace(kind: .multiclass, names: ["a", "very good", "c:d"])
        let card = Scorecard(
            gold: .classes([0, 1, 1, 2]), predicted: .classes([0, 1, 2, 2]), labelSpace: space)
        #expect(card[.f1Of(label: "very good")] == 2.0 / 3 && card[.precisionOf(label: "c:d")] == 0.5)
        #expect(card[.recallOf(label: "very good")] == 0.5 && card[.f1Of(label: "x")] == nil)
        #expect(MetricName(name: "f1:very good") == .f1Of(label: "very good"))
        #expect(MetricName(name: "precision:c:d") == .precisionOf(label: "c:d"))
        #expect(MetricName(name: "f1:") == nil && MetricName(name: "accuracy:a") == nil)
        #expect(
            MetricName.f1Of(label: "a-b").rawValue == "f1:a-b" && MetricName(name: "f1:a-b")?.label == "a-b")
        #expect(
            MetricName.f1Of(label: "a").applies(to: space) && !MetricName.f1Of(label: "b").applies(to: space))
    }

    @Test func onlyTasksThatSaySoHaveThem() throws {
        let plain = try LabelSpace(kind: .multiclass, names: ["1", "2", "3"])
        let card = Scorecard(gold: .classes([0, 1, 2]), predicted: .classes([0, 2, 2]), labelSpace: plain)
        for metric in [MetricName.cohenKappaLinear, .cohenKappaQuadratic, .meanAbsoluteError, .meanCost] {
            #expect(!card.has(metric) && card[metric] == nil && !metric.applies(to: plain))
        }
        let text = String(decoding: try JSONEncoder().encode(card), as: UTF8.self)
        #expect(!text.contains("mean_cost") && !text.contains("cohen_kappa_linear"))
        let space = String(decoding: try JSONEncoder().encode(plain), as: UTF8.self)
        #expect(!space.contains("ordinal") && !space.contains("costs"))
    }

    @Test func readBackAsWritten() throws {
        for problem in Self.problems.prefix(8) {
            let space = try problem.labelSpace
            let card = Scorecard(
                gold: .classes(problem.gold), predicted: .classes(problem.predicted), labelSpace: space)
            #expect(try JSONDecoder().decode(Scorecard.self, from: JSONEncoder().encode(card)) == card)
            #expect(try JSONDecoder().decode(LabelSpace.self, from: JSONEncoder().encode(space)) == space)
        }
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(
                LabelSpace.self, from: Data(#"{"kind":"binary","names":["a","b"],"costs":[[0,1]]}"#.utf8))
        }
    }

    // MARK: Thresholds

    /// The threshold that costs least, found by trying all.
    @Test func thresholdsOfLeastCost() throws {
        var random = RandomStream(seed: 5)
        let N = 211
        let gold = (0..<N).map { _ in Int(random.next(below: 2)) }
        let p = gold.map { (Double($0) * 0.4 + Double(random.next(below: 61)) / 100) }
        let probabilities = Probabilities(labelCount: 2, values: p.flatMap { [1 - $0, $0] })
        for costs in [[[0.0, 1], [9, 0]], [[0, 9], [1, 0]], [[0, 1], [1, 0]]] {
            var space = try LabelSpace(kind: .binary, names: ["ham", "spam"])
            space.costs = costs
            var options = ThresholdOptions()
            options.objective = .meanCost
            options.draws = 2
            let tuned = TunedThresholds(
                gold: .classes(gold), probabilities: probabilities, options: options, seed: 1,
                labelSpace: space)
            func cost(_ threshold: Double) -> Double {
                gold.indices.reduce(0) { $0 + costs[gold[$1]][p[$1] >= threshold ? 1 : 0] }
            }
            let least = (1...99).map { cost(Double($0) / 100) }.min()
            #expect(cost(tuned.global.threshold) == least)
        }
    }

    @Test func thresholdOfTheFirstLabelsF1() throws {
        let gold = [0, 0, 0, 1, 1, 1]
        let p = [0.1, 0.2, 0.7, 0.65, 0.8, 0.9]
        var options = ThresholdOptions()
        options.objective = .f1Of(label: "ham")
        options.draws = 2
        let tuned = TunedThresholds(
            gold: .classes(gold),
            probabilities: Probabilities(labelCount: 2, values: p.flatMap { [1 - $0, $0] }),
            options: options, seed: 1, labelSpace: try LabelSpace(kind: .binary, names: ["ham", "spam"]))
        // From 0.71 to 0.8 all three ham are found, with one spam besides.
        #expect(tuned.global.threshold == 0.71)
    }
}
