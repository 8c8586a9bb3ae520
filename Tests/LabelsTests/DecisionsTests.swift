import Labels
import Testing

struct DecisionsTests {
    @Test(arguments: [LabelKind.binary, .multiclass])
    func theFirstOfTheMostProbable(kind: LabelKind) {
        let p = Probabilities(labelCount: 2, values: [0.5, 0.5, 0.4, 0.6, 0.6, 0.4])
        #expect(p.decisions(kind: kind) == .classes([0, 1, 0]))
        let three = Probabilities(labelCount: 3, values: [0.2, 0.4, 0.4])
        #expect(three.decisions(kind: .multiclass) == .classes([1]))
    }

    @Test func theThresholdItselfCounts() {
        let p = Probabilities(labelCount: 2, values: [0.5, 0.5.nextDown, 0, 1])
        #expect(p.decisions(kind: .multilabel) == .sets(IndicatorMatrix(labelCount: 2, rows: [[0], [1]])))
    }

    @Test func oneThresholdALabel() {
        let p = Probabilities(labelCount: 3, values: [0.3, 0.3, 0.3])
        let decisions = p.decisions(kind: .multilabel, thresholds: [0.2, 0.3, 0.4])
        #expect(decisions == .sets(IndicatorMatrix(labelCount: 3, rows: [[0, 1]])))
    }

    @Test func certaintyDecidesOnItself() {
        let sets = Targets.sets(IndicatorMatrix(labelCount: 3, rows: [[], [0, 2], [1]]))
        #expect(Probabilities(certainOf: sets, labelCount: 3).decisions(kind: .multilabel) == sets)
        let classes = Targets.classes([1, 0, 2])
        #expect(Probabilities(certainOf: classes, labelCount: 3).decisions(kind: .multiclass) == classes)
    }
}
