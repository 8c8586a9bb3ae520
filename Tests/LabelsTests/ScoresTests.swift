import Labels
import Testing

struct ScoresTests {
    @Test func softmaxAtTheExtremes() {
        let logits = Logits(labelCount: 3, values: [1000, 0, -1000, -1000, -1000, -1000, 1000, 1000, -1000])
        let expected: [Double] = [1, 0, 0, 1.0 / 3, 1.0 / 3, 1.0 / 3, 0.5, 0.5, 0]
        #expect(logits.softmax().values == expected)
    }

    @Test func softmaxOfKnownValues() {
        let p = Logits(labelCount: 2, values: [0, 1.0986122886681098]).softmax()  // 0, ln 3
        #expect(abs(p[0, 0] - 0.25) < 1e-15 && abs(p[0, 1] - 0.75) < 1e-15)
        #expect(Logits(labelCount: 2, values: []).softmax().rowCount == 0)
    }

    @Test func softmaxIgnoresAShift() {
        let row = [0.5, -1.25, 3, 0]
        let plain = Logits(labelCount: 4, values: row).softmax()
        let shifted = Logits(labelCount: 4, values: row.map { $0 + 512 }).softmax()
        #expect(plain == shifted)
        #expect(abs(plain.values.reduce(0, +) - 1) < 1e-15)
    }

    @Test func sigmoidAtTheExtremes() {
        let p = Logits(labelCount: 1, values: [-1000, -20, 0, 20, 1000]).sigmoid()
        #expect(p.values[0] == 0 && p.values[2] == 0.5 && p.values[4] == 1)
        #expect(abs(p.values[1] / 2.0611536181902037e-09 - 1) < 1e-14)  // exp(-20) / (1 + exp(-20))
        #expect(abs(p.values[1] + p.values[3] - 1) < 1e-15)
    }

    @Test func sigmoidIsTheSoftmaxOfTwo() {
        for z in stride(from: -30.0, through: 30, by: 0.37) {
            let pair = Logits(labelCount: 2, values: [0, z]).softmax()[0, 1]
            #expect(abs(Logits(labelCount: 1, values: [z]).sigmoid()[0, 0] - pair) < 1e-15)
        }
    }

    @Test func certainty() {
        let classes = Probabilities(certainOf: .classes([2, 0]), labelCount: 3)
        #expect(classes.values == [0, 0, 1, 1, 0, 0])
        let sets = Targets.sets(IndicatorMatrix(labelCount: 2, rows: [[], [0, 1]]))
        #expect(Probabilities(certainOf: sets, labelCount: 2).values == [0, 0, 1, 1])
    }

    @Test func selectingRows() {
        let p = Probabilities(labelCount: 2, values: [0.1, 0.9, 0.2, 0.8, 0.3, 0.7])
        #expect(p.selecting([2, 0, 2]).values == [0.3, 0.7, 0.1, 0.9, 0.3, 0.7])
        #expect(p.selecting([]).rowCount == 0)
    }
}
