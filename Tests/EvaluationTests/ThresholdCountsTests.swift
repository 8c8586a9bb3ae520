import DeterministicWork
import Evaluation
import Labels
import Testing

/// The counts at each of 101 thresholds are those of what each threshold decides.
@Suite struct ThresholdCountsTests {
    /// Probabilities among which each hundredth, 0 and 1 occur, as they are stored.
    private static func probabilities(N: Int, K: Int, _ random: inout RandomStream) -> Probabilities {
        Probabilities(
            labelCount: K,
            values: (0..<N * K).map { cell in
                let hundredth = Double(cell * 37 % 101) / 100
                return Double(Float(cell % 3 == 0 ? hundredth : random.nextUniform()))
            })
    }

    @Test func setsOfLabels() throws {
        let (N, K) = (211, 5)
        var random = RandomStream(seed: 3)
        let problem = try RandomProblem(kind: .multilabel, N: N, K: K, random: &random)
        let probabilities = Self.probabilities(N: N, K: K, &random)
        let counts = try #require(
            ThresholdCounts(
                gold: problem.gold, probabilities: probabilities, labelSpace: problem.labelSpace))
        #expect(counts.labels == [0, 1, 2, 3, 4])
        #expect(ThresholdCounts.thresholds.count == 101)
        #expect(ThresholdCounts.thresholds[ThresholdCounts.half] == 0.5)
        for (place, threshold) in ThresholdCounts.thresholds.enumerated() {
            let decided = probabilities.decisions(
                kind: .multilabel, thresholds: Array(repeating: threshold, count: K))
            let tally = Tally(gold: problem.gold, predicted: decided, labelSpace: problem.labelSpace)
            #expect(counts.counts.map { $0[place] } == tally.labels, "at \(threshold)")
            let card = Scorecard(gold: problem.gold, predicted: decided, labelSpace: problem.labelSpace)
            #expect(counts.sum(at: place).precision == card[.precisionMicro], "at \(threshold)")
            #expect(counts.sum(at: place).recall == card[.recallMicro], "at \(threshold)")
            #expect(counts.sum(at: place).f1 == card[.f1Micro], "at \(threshold)")
        }
    }

    /// The two probabilities of a row need not sum to 1: at 0.5 the more probable class is decided.
    @Test func twoClasses() throws {
        let N = 211
        var random = RandomStream(seed: 4)
        let problem = try RandomProblem(kind: .binary, N: N, K: 2, random: &random)
        let probabilities = Self.probabilities(N: N, K: 2, &random)
        let counts = try #require(
            ThresholdCounts(
                gold: problem.gold, probabilities: probabilities, labelSpace: problem.labelSpace))
        #expect(counts.labels == [1])
        for (place, threshold) in ThresholdCounts.thresholds.enumerated() {
            let decided = probabilities.decisions(kind: .binary, thresholds: [1 - threshold, threshold])
            let tally = Tally(gold: problem.gold, predicted: decided, labelSpace: problem.labelSpace)
            #expect(counts.counts[0][place] == tally.labels[1], "at \(threshold)")
        }
    }

    @Test func ofSeveralClassesNothingIsThresholded() throws {
        var random = RandomStream(seed: 5)
        let problem = try RandomProblem(kind: .multiclass, N: 7, K: 3, random: &random)
        let probabilities = Self.probabilities(N: 7, K: 3, &random)
        #expect(
            ThresholdCounts(
                gold: problem.gold, probabilities: probabilities, labelSpace: problem.labelSpace) == nil)
    }

    @Test func withoutRowsNothingIsCounted() throws {
        let labelSpace = try LabelSpace(kind: .multilabel, names: ["a", "b"])
        let counts = try #require(
            ThresholdCounts(
                gold: .sets(IndicatorMatrix(rowCount: 0, labelCount: 2)),
                probabilities: Probabilities(labelCount: 2, values: []), labelSpace: labelSpace))
        #expect(counts.counts == Array(repeating: Array(repeating: Counts(), count: 101), count: 2))
        #expect(counts.sum(at: 50).f1 == nil)
    }
}
