import Foundation
import Results
import TestSupport
import Testing

/// Where contestants are wrong: the analysis, and the table for spreadsheets.
@Suite struct ErrorAnalysisTests {
    /// Right: x in rows 0, 1, 2; y in rows 0, 1.
    private static func contestants() throws -> [ScoredPredictions] {
        let gold = [0, 1, 2, 0, 1]
        return [
            ByHand.scored("x", try ByHand.classes(gold, [0, 1, 2, 1, 0])),
            ByHand.scored("y", try ByHand.classes(gold, [0, 1, 1, 1, 2]), isProbabilistic: false),
        ]
    }

    @Test func countsOfRows() throws {
        let errors = ErrorAnalysis(try Self.contestants())
        #expect(errors.rightByAll == 2 && errors.rightByNone == 2)
        #expect(errors.onlyRight == ["x": ["r2"], "y": []] && errors.onlyRightCounts == ["x": 1, "y": 0])
        #expect(errors.agreement.map { [$0.first, $0.second, "\($0.rows)"] } == [["x", "y", "3"]])
        #expect(errors.confusions["x"]?.map(\.gold) == ["a", "b"])
        #expect(
            errors.confusions["y"]?.map { [$0.gold, $0.predicted] } == [
                ["a", "b"], ["b", "c"], ["c", "b"],
            ])
        #expect(errors.confusions["y"]?.map(\.count) == [1, 1, 1])
        // 1/8 for what is gold, in two rows; who has no probabilities has no loss.
        #expect(errors.worst.keys.sorted() == ["x"])
        #expect(errors.worst["x"]?.map(\.id) == ["r3", "r4"])
        #expect(errors.worst["x"]?.map(\.loss) == [log(8), log(8)])
        #expect(errors.ids == ["r2", "r3", "r4"] && errors.texts == nil)
    }

    /// The loss of a set is the mean over labels: 1/4 for `a`, 1/2 against each of the others.
    @Test func mistakesOfSets() throws {
        let sets = try ByHand.sets([[0], [1]], [[0.25, 0.5, 0.5], [0, 1, 0]])
        let errors = ErrorAnalysis([ByHand.scored("x", sets)])
        let worst = try #require(errors.worst["x"])
        #expect(worst.map(\.id) == ["r0"] && worst[0].gold == ["a"] && worst[0].predicted == ["b", "c"])
        #expect(abs(worst[0].loss - 4 * log(2) / 3) < 1e-15)
        #expect(errors.confusions["x"]?.map { [$0.gold, $0.predicted] } == [["a", "b"], ["a", "c"]])
    }

    @Test func listsAreShort() throws {
        let errors = ErrorAnalysis([
            ByHand.scored(
                "x", try ByHand.classes(Array(repeating: 0, count: 11), Array(repeating: 1, count: 11)))
        ])
        #expect(errors.worst["x"]?.count == 8 && errors.confusions["x"]?.map(\.count) == [11])
        #expect(errors.rightByNone == 11 && ErrorAnalysis([]).rightByAll == 0)
    }

    // MARK: errors.csv

    private static let texts = ["r0": "one, two", "r1": "=1", "r2": "'x", "r3": "\"", "r4": ""]

    @Test func theTableForSpreadsheets() throws {
        let contestants = try Self.contestants()
        #expect(
            errorsCSV(contestants, texts: nil).split(separator: "\n").prefix(4) == [
                "id,gold,contestants wrong,x,probability by x,y,probability by y", "r0,a,0,a,0.75,a,",
                "r1,b,0,b,0.75,b,", "r2,c,1,c,0.75,b,",
            ])
        let quoting = errorsCSV(contestants, texts: Self.texts).split(separator: "\n")
        #expect(quoting[0].hasPrefix("id,gold,text,contestants wrong,x"))
        // A formula is made harmless.
        #expect(quoting[1].hasPrefix("r0,a,\"one, two\",0,") && quoting[2].hasPrefix("r1,b,'=1,0,"))
        #expect(errorsCSV([], texts: nil) == "")
    }

    private static func results(model: String = "by hand") throws -> ExperimentResults {
        try ByHand.results(
            contestants().map {
                ByHand.contestant($0.id, $0.test, model: model, isProbabilistic: $0.isProbabilistic)
            })
    }

    @Test func textsAreReadBackAsTheyWere() throws {
        let folder = try TemporaryFolder()
        let layout = RunLayout(folder.url)
        let predictions = StoredPredictions(try Self.contestants())
        var results = try Self.results()
        #expect(try results.storedErrorTexts(predictions, in: layout) == nil)
        for texts in [Self.texts, nil] {
            results.tasks[0].errorsSHA256 = try results.writeErrors(predictions, texts: texts, in: layout)
            #expect(try results.storedErrorTexts(predictions, in: layout) == texts)
            try results.verifyErrors(predictions, in: layout)
        }
        let table = try String(contentsOf: layout.errors, encoding: .utf8)
        try folder.write(table.replacing("r2,c,1", with: "r2,c,2"), to: "errors.csv")
        #expect(throws: ResultsError.self) { try results.verifyErrors(predictions, in: layout) }
        // What a compact run leaves out is made of the predictions.
        try layout.leaveOut([layout.errors])
        try results.verifyErrors(predictions, in: layout)
        results.tasks[0].errorsSHA256 = "0"
        #expect(throws: ResultsError.self) { try results.verifyErrors(predictions, in: layout) }
    }

    @Test func dummiesHaveNoTable() throws {
        let folder = try TemporaryFolder()
        let results = try Self.results(model: "dummy")
        try folder.write("an earlier run's", to: "errors.csv")
        let predictions = StoredPredictions(try Self.contestants())
        #expect(try results.writeErrors(predictions, texts: nil, in: RunLayout(folder.url)) == nil)
        #expect(try folder.names == [])
    }
}
