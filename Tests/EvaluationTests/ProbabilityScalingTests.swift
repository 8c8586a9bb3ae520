import DeterministicWork
import Evaluation
import Foundation
import Labels
import Testing

@Suite struct ProbabilityScalingTests {
    /// scikit-learn 1.9.1, `calibration._sigmoid_calibration` of these logits: slope and intercept of the sigmoid.
    @Test func plattAgreesWithScikitLearn() {
        let logits = [
            4.082, -5.111, 0.836, -1.136, -0.905, -0.431, -4.04, -0.464, -1.73, 6.646, 0.452, -0.705, -0.563,
            -1.336,
            -2.11, -0.782, 0.964, -0.477, 1.916, -0.4, 0.049, 3.092, 1.09,
        ]
        let gold = [1, 0, 1, 1, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 1]
        let values = logits.flatMap { logit -> [Double] in
            let p: Double = 1 / (1 + exp(-logit))
            return [1 - p, p]
        }
        let scaling = ProbabilityScaling(
            fitting: .platt, to: .classes(gold), probabilities: Probabilities(labelCount: 2, values: values))
        #expect(scaling.slopes.count == 1 && abs(scaling.slopes[0] - 0.822_124_199_4) < 1e-5)
        #expect(scaling.intercepts.count == 1 && abs(scaling.intercepts[0] - -0.739_836_084_7) < 1e-5)
    }

    /// Classes whose probabilities are off each in its own way: one slope cannot mend that, a line each does.
    @Test func plattHasALineForEachClass() throws {
        var random = RandomStream(seed: 3)
        let N = 3001
        var gold: [Int] = []
        var values: [Double] = []
        for _ in 0..<N {
            let logits = (0..<3).map { _ in 3 * (random.nextUniform() - 0.5) }
            let weights = logits.map { exp(2 * $0) }
            var left = random.nextUniform() * weights.reduce(0, +)
            var label = 0
            while label < 2, left >= weights[label] {
                left -= weights[label]
                label += 1
            }
            gold.append(label)
            // Class 1 is stated far too often, class 2 far too seldom.
            let stated = zip(logits, [0.0, 1.5, -1.5]).map { exp($0 + $1) }
            values += stated.map { $0 / stated.reduce(0, +) }
        }
        let space = try LabelSpace(kind: .multiclass, names: ["a", "b", "c"])
        let stated = Probabilities(labelCount: 3, values: values)
        func logLoss(_ probabilities: Probabilities) throws -> Double {
            try #require(
                Scorecard(
                    gold: .classes(gold), predicted: .classes(gold), probabilities: probabilities,
                    labelSpace: space)[.logLoss])
        }
        let temperature = ProbabilityScaling(fitting: .temperature, to: .classes(gold), probabilities: stated)
        let platt = ProbabilityScaling(fitting: .platt, to: .classes(gold), probabilities: stated)
        #expect(temperature.intercepts == [0] && temperature.slopes.count == 1)
        #expect(platt.slopes.count == 3 && platt.intercepts.allSatisfy { $0 != 0 })
        let scaled = platt.applied(to: stated, .classes(gold))
        for row in 0..<N {
            let sum: Double = scaled[row, 0] + scaled[row, 1] + scaled[row, 2]
            #expect(abs(sum - 1) < 1e-12)
        }
        let (before, warm, own) = (
            try logLoss(stated), try logLoss(temperature.applied(to: stated, .classes(gold))),
            try logLoss(scaled)
        )
        #expect(own < warm - 0.05 && warm <= before, "\(before) \(warm) \(own)")
    }

    /// Perfectly parted labels, a label that nobody has, no rows, certainties: all stay finite.
    @Test func edgesStayFinite() {
        let gold = Targets.sets(IndicatorMatrix(labelCount: 3, rows: [[0], [0], [], []]))
        let stated = Probabilities(labelCount: 3, values: [1, 0, 0.5, 1, 0, 0.5, 0, 1, 0.5, 0, 1, 0.5])
        for method in ProbabilityScaling.Method.allCases {
            let scaling = ProbabilityScaling(fitting: method, to: gold, probabilities: stated)
            #expect((scaling.slopes + scaling.intercepts).allSatisfy { $0.isFinite })
            let scaled = scaling.applied(to: stated, gold)
            #expect(scaled.values.allSatisfy { (0...1).contains($0) })
        }
        let none = Probabilities(labelCount: 2, values: [])
        let empty = ProbabilityScaling(fitting: .platt, to: .classes([]), probabilities: none)
        #expect(empty.slopes == [1] && empty.intercepts == [0])
    }
}
