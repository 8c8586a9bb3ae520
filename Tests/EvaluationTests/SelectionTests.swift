import DeterministicWork
import Evaluation
import Labels
import Testing

@Suite struct SelectionTests {
    private func probabilities(_ rows: [[Double]]) -> Probabilities {
        Probabilities(labelCount: rows[0].count, values: rows.flatMap { $0 })
    }

    private static let classes = ["a", "b", "c"]

    /// Every metric that a kind of labels has, on random rows: the best candidate is the one that a scorecard says is best.
    @Test(arguments: MetricName.allCases) func choosesAsTheScorecardsSay(metric: MetricName) throws {
        for kind in [LabelKind.binary, .multiclass, .multilabel] where metric.applies(to: kind) {
            let names = kind == .binary ? ["no", "yes"] : SelectionTests.classes
            let space = try LabelSpace(kind: kind, names: names)
            var random = RandomStream(seed: 7)
            let (N, K) = (37, names.count)
            let gold: Targets =
                kind == .multilabel
                ? .sets(
                    IndicatorMatrix(
                        labelCount: K, values: (0..<N * K).map { _ in random.next(below: 3) == 0 }))
                : .classes((0..<N).map { _ in random.next(below: K) })
            let candidates = (0..<5).map { _ in
                probabilities(
                    (0..<N).map { _ in
                        let row = (0..<K).map { _ in 0.05 + random.nextUniform() }
                        let sum = kind == .multilabel ? 1.1 : row.reduce(0, +)
                        return row.map { $0 / sum }
                    })
            }
            let selection = Selection(by: metric)
            let values = candidates.map { selection.value(of: $0, gold: gold, labelSpace: space) }
            let cards = candidates.map {
                Scorecard(
                    gold: gold, predicted: $0.decisions(kind: kind), probabilities: $0, labelSpace: space)[
                        metric]
            }
            #expect(values == cards)
            let defined = try cards.map { try #require($0) }
            let best = metric.direction == .higherIsBetter ? defined.max() : defined.min()
            #expect(defined[try selection.best(of: values)] == best)
            #expect(throws: Never.self) { try selection.check(gold: gold, labelSpace: space) }
        }
    }

    @Test func theFirstOfEqualsAndNeverAnUndefinedOne() throws {
        let high = Selection(by: .f1Macro)
        let low = Selection(by: .logLoss)
        #expect(try high.best(of: [nil, 0, 0.5, 0.5, .nan]) == 2)
        #expect(try high.best(of: [nil, -0.25, nil]) == 1)
        #expect(try low.best(of: [nil, 0.5, 0.25, 0.25, -.infinity]) == 2)
        #expect(throws: SelectionError.neverDefined(name: "log-loss", candidates: 2)) {
            try low.best(of: [nil, .nan])
        }
        #expect(throws: SelectionError.self) { try high.best(of: []) }
    }

    @Test func theLossIsWhatItIsGiven() throws {
        let selection = Selection(by: .loss)
        let space = try LabelSpace(kind: .binary, names: ["no", "yes"])
        let rows = probabilities([[0.5, 0.5]])
        #expect(selection.value(of: rows, gold: .classes([1]), labelSpace: space, loss: 0.75) == 0.75)
        #expect(selection.value(of: rows, gold: .classes([1]), labelSpace: space, loss: .nan) == nil)
        #expect(selection.direction == .lowerIsBetter && selection.score(0.75) == -0.75)
    }

    /// What no prediction can make defined is told from the gold labels alone.
    @Test func aMetricWithoutAValueOnTheseRowsIsRefused() throws {
        let binary = try LabelSpace(kind: .binary, names: ["no", "yes"])
        for metric in [MetricName.rocAUC, .rocAUCMacro, .averagePrecision, .f1, .precision, .recall] {
            #expect(throws: SelectionError.undefined(metric, rows: 2), "\(metric.rawValue)") {
                try Selection(by: metric).check(gold: .classes([0, 0]), labelSpace: binary)
            }
        }
        for metric in [MetricName.accuracy, .f1Macro, .logLoss, .brierScore, .ece] {
            try Selection(by: metric).check(gold: .classes([0, 0]), labelSpace: binary)
        }
        let sets = try LabelSpace(kind: .multilabel, names: SelectionTests.classes)
        let none = Targets.sets(IndicatorMatrix(labelCount: 3, values: [false, false, false]))
        #expect(throws: SelectionError.self) {
            try Selection(by: .f1Micro).check(gold: none, labelSpace: sets)
        }
    }
}
