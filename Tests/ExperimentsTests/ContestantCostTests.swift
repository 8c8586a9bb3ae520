import Experiments
import Results
import Testing

/// What contestants cost that were scored on several tasks, or fitted on several folds.
@Suite struct ContestantCostTests {
    private func cost(_ fit: Double, _ predict: Double, _ texts: Int, _ memory: Int) -> ContestantCost {
        ContestantCost(
            fitSeconds: fit, predictSeconds: predict, predictedTexts: texts, peakMemoryBytes: memory)
    }

    /// Fitted once, predicted for each task; each task has a model's files of its own.
    @Test func tasksShareTheFitting() {
        var (a, b) = (cost(8, 1, 10, 300), cost(8, 2, 20, 500))
        (a.cpuSeconds, b.cpuSeconds) = (15, 15)
        (a.modelBytes, b.modelBytes) = (100, 40)
        (a.parameters, b.parameters) = (70, 90)
        (a.logs, b.logs) = (["x": "1"], ["x/b": "2"])
        (a.build, b.build) = ("0123", "0123")
        a.keptForFit = KeptWork(name: "encoding", seconds: 2, cpuSeconds: nil)
        b.keptForFit = KeptWork(name: "encoding", seconds: 3, cpuSeconds: 4)
        let total = ContestantCost.total([a, b])
        var expected = cost(8, 3, 30, 500)
        (expected.cpuSeconds, expected.modelBytes, expected.parameters) = (15, 140, 90)
        (expected.logs, expected.build) = (["x": "1", "x/b": "2"], "0123")
        expected.keptForFit = KeptWork(name: "encoding", seconds: 5, cpuSeconds: nil)
        #expect(total == expected)
    }

    /// Of what nobody measured nothing is said.
    @Test func whatIsNotKnownStaysUnknown() {
        #expect(ContestantCost.total([cost(1, 1, 1, 1)]) == cost(1, 1, 1, 1))
        #expect(ContestantCost.sum(ofFolds: [cost(1, 1, 1, 1)]) == cost(1, 1, 1, 1))
        var known = cost(1, 1, 1, 1)
        known.cpuSeconds = 3
        #expect(ContestantCost.sum(ofFolds: [known, cost(1, 1, 1, 1)]).cpuSeconds == nil)
    }

    /// Fitted once a fold; files and parameters are those of the largest model.
    @Test func foldsAreAddedUp() {
        var (a, b) = (cost(8, 1, 10, 300), cost(4, 2, 11, 500))
        (a.cpuSeconds, b.cpuSeconds) = (15, 6)
        (a.modelBytes, b.modelBytes) = (100, 40)
        (a.parameters, b.parameters) = (70, 90)
        (a.build, b.build) = ("0123", "4567")
        b.keptForPrediction = KeptWork(name: "encoding", seconds: 3, cpuSeconds: 4)
        var expected = cost(12, 3, 21, 500)
        (expected.cpuSeconds, expected.modelBytes, expected.parameters) = (21, 100, 90)
        expected.keptForPrediction = b.keptForPrediction
        #expect(ContestantCost.sum(ofFolds: [a, b]) == expected)
        b.build = "0123"
        expected.build = "0123"
        #expect(ContestantCost.sum(ofFolds: [a, b]) == expected)
    }
}
