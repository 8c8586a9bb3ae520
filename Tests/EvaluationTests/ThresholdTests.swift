import DeterministicWork
import Evaluation
import Foundation
import Labels
import Testing

@Suite struct ThresholdTests {
    private func problem(N: Int, K: Int) -> (IndicatorMatrix, Probabilities) {
        var random = RandomStream(seed: 31)
        let gold = IndicatorMatrix(labelCount: K, values: (0..<N * K).map { _ in random.next(below: 4) == 0 })
        let values = gold.values.map { isGold in
            Double(random.next(below: 80)) / 100 + (isGold ? 0.2 : 0)
        }
        return (gold, Probabilities(labelCount: K, values: values))
    }

    /// The tuned thresholds are those that a scorecard at each of 99 thresholds finds best.
    @Test(arguments: ThresholdOptions.objectives) func equalsTryingAll(objective: MetricName) throws {
        let K = 5
        let (gold, probabilities) = problem(N: 151, K: K)
        let space = try LabelSpace(kind: .multilabel, names: (0..<K).map { "l\($0)" })
        var options = ThresholdOptions()
        options.objective = objective
        options.draws = 20
        let tuned = TunedThresholds(
            gold: .sets(gold), probabilities: probabilities, options: options, seed: 1)
        func scorecard(_ threshold: Double) -> Scorecard {
            Scorecard(
                gold: .sets(gold),
                predicted: probabilities.decisions(
                    kind: .multilabel, thresholds: Array(repeating: threshold, count: K)), labelSpace: space)
        }
        let all = (1...99).map { scorecard(Double($0) / 100) }
        let best = all.compactMap { $0[objective] }.max()
        #expect(scorecard(tuned.global.threshold)[objective] == best)
        #expect(tuned.global.low <= tuned.global.high)
        for label in 0..<K {
            let best = all.compactMap { $0.perLabel[label].f1 }.max()
            #expect(scorecard(tuned.perLabel[label].threshold).perLabel[label].f1 == best)
        }
        #expect(tuned.fallbacks.isEmpty)
    }

    @Test func rareLabelsTakeTheGlobalThreshold() throws {
        var (gold, probabilities) = problem(N: 151, K: 3)
        for row in 9..<151 { gold[row, 2] = false }
        let tuned = TunedThresholds(
            gold: .sets(gold), probabilities: probabilities, options: ThresholdOptions(), seed: 1)
        #expect(tuned.fallbacks == [2])
        #expect(tuned.perLabel[2].threshold == tuned.global.threshold)
        probabilities = Probabilities(labelCount: 3, values: probabilities.values.map { _ in 0.7 })
        let flat = TunedThresholds(
            gold: .sets(gold), probabilities: probabilities, options: ThresholdOptions(), seed: 1)
        #expect(flat.global.threshold == 0.5, "of equally good thresholds the customary one")
    }

    @Test func binaryTasksHaveOneThreshold() throws {
        let N = 151
        let (gold, columns) = problem(N: N, K: 1)
        let classes = Targets.classes(gold.values.map { $0 ? 1 : 0 })
        let probabilities = Probabilities(labelCount: 2, values: columns.values.flatMap { [1 - $0, $0] })
        let space = try LabelSpace(kind: .binary, names: ["no", "yes"])
        let tuned = TunedThresholds(
            gold: classes, probabilities: probabilities, options: ThresholdOptions(), seed: 1)
        #expect(tuned.perLabel.isEmpty)
        let thresholds = tuned.thresholds(.global, labelSpace: space)
        func macro(_ thresholds: [Double]) -> Double? {
            Scorecard(
                gold: classes, predicted: probabilities.decisions(kind: .binary, thresholds: thresholds),
                labelSpace: space)[.f1Macro]
        }
        let best = (1...99).compactMap { macro([1 - Double($0) / 100, Double($0) / 100]) }.max()
        #expect(macro(thresholds) == best)
    }
}

@Suite struct ThresholdRuleTests {
    @Test(arguments: [
        ("global", ThresholdRule.global), ("per-label", .perLabel), ("0.5", .half), ("0.2", .fixed(0.2)),
        ("2e-1", .fixed(0.2)),
    ])
    func rulesHaveOneSpelling(text: String, rule: ThresholdRule) throws {
        #expect(ThresholdRule(rawValue: text) == rule)
        let json = try JSONEncoder().encode([rule])
        #expect(try JSONDecoder().decode([ThresholdRule].self, from: json) == [rule])
        #expect(ThresholdRule(rawValue: rule.rawValue) == rule)
    }

    @Test(arguments: ["0", "1", "-0.2", "1.5", "nan", "inf", "half", "", "20%"])
    func whatIsNoThresholdIsNoRule(text: String) { #expect(ThresholdRule(rawValue: text) == nil) }

    @Test func aFixedThresholdIsThePositiveLabels() throws {
        let two = try LabelSpace(kind: .binary, names: ["ham", "spam"])
        let sets = try LabelSpace(kind: .multilabel, names: ["a", "b", "c"])
        #expect(ThresholdRule.fixed(0.25).fixedThresholds(two) == [0.75, 0.25])
        #expect(ThresholdRule.fixed(0.25).fixedThresholds(sets) == [0.25, 0.25, 0.25])
        #expect(ThresholdRule.global.fixedThresholds(sets) == nil && ThresholdRule.global.isTuned)
        let p = Probabilities(labelCount: 2, values: [0.74, 0.26, 0.76, 0.24])
        #expect(p.decisions(kind: .binary, thresholds: [0.75, 0.25]) == .classes([1, 0]))
    }
}
