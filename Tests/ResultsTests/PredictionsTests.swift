import Foundation
import Labels
import Results
import TestSupport
import Testing

@Suite struct PredictionsTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func predictions() throws -> Predictions {
        let labels = try LabelSpace(kind: .multilabel, names: ["a", "b, \"c\"", "d"])
        return Predictions(
            labelSpace: labels, ids: ["1", "two\nlines", "3"],
            gold: .sets(IndicatorMatrix(labelCount: 3, rows: [[0], [], [1, 2]])),
            probabilities: Probabilities(
                labelCount: 3, values: [0.1, 0.5, 1 / 3, 0, 1, 0.49999, 1e-9, 0.2, 0.3]),
            thresholds: [0.5, 0.5, 0.3])
    }

    @Test func readBackAsWritten() throws {
        let file = folder.file("p.csv")
        let written = try predictions()
        try written.write(to: file)
        #expect(try Predictions(contentsOf: file, labelSpace: written.labelSpace) == written)
    }

    @Test func decisionsComeFromTheStoredProbabilities() throws {
        let predictions = try predictions()
        #expect(predictions.predicted.labels(ofRow: 0) == [1, 2])
        #expect(predictions.predicted.labels(ofRow: 2) == [2])  // Float(0.3) is above 0.3.
        #expect(predictions.probabilities.values.allSatisfy { Double(Float($0)) == $0 })
    }

    @Test(arguments: [
        ("id,gold,predicted,p_a\n", "expected id,gold,predicted,p_a,p_b"),
        ("id,gold,predicted,p_a,p_b\n1,a,x,0.5,0.5\n", "label 'x'"),
        ("id,gold,predicted,p_a,p_b\n1,a,a|b,0.5,0.5\n", "one label"),
        ("id,gold,predicted,p_a,p_b\n1,a,a,0.5,1.5\n", "'1.5' in p_b"),
    ])
    func refuseWhatIsWrong(text: String, message: String) throws {
        let file = folder.file("p.csv")
        try Data(text.utf8).write(to: file)
        let labels = try LabelSpace(kind: .binary, names: ["a", "b"])
        let error = #expect(throws: ResultsError.self) {
            try Predictions(contentsOf: file, labelSpace: labels)
        }
        #expect(error?.description.contains(message) == true, "\(String(describing: error))")
    }
}
