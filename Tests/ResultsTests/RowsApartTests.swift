import Corpora
import Evaluation
import Results
import SafeFiles
import TestSupport
import Testing

/// Scores of some rows: without leaks, and by labels that people gave.
@Suite struct RowsApartTests {
    // MARK: Leaks

    private static let leaks = [
        Leak(row: 1, part: .validation, kind: .equal, trainRow: 0),
        Leak(row: 3, part: .test, kind: .near, trainRow: 5),
    ]
    private static let leaksText = "row,part,kind,train_row\n1,validation,equal,0\n3,test,near,5\n"

    @Test func scoresWithoutLeaks() throws {
        // The test rows are 2, 3 and 4; without row 3 one of two is right.
        let predictions = StoredPredictions([
            ByHand.scored("x", try ByHand.classes([0, 1, 2], [0, 0, 1])),
            ByHand.scored("y", try ByHand.classes([0, 1, 2], [0, 0, 1]), isProbabilistic: false),
        ])
        let parts: [Part] = [.train, .validation, .test, .test, .test, .train]
        let summary = LeakSummary(Self.leaks, parts: parts, predictions: predictions, sha256: "ab")
        #expect(summary.parts.map(\.part) == [.validation, .test])
        #expect(summary.parts.map(\.equal) == [1, 0] && summary.parts.map(\.near) == [0, 1])
        #expect(summary.withoutLeaks.map(\.id) == ["x", "y"])
        #expect(summary.withoutLeaks.map(\.rowCount) == [2, 2])
        #expect(summary.withoutLeaks.map { $0.metrics[.accuracy] } == [0.5, 0.5])
        #expect(summary.withoutLeaks[0].metrics[.logLoss] != nil)
        #expect(summary.withoutLeaks[1].metrics[.logLoss] == nil)
        let none = LeakSummary(
            [], parts: [.train, .test, .test, .test], predictions: predictions, sha256: "")
        #expect(none.parts.map(\.part) == [.test] && none.withoutLeaks[0].metrics[.accuracy] == 1.0 / 3)
    }

    @Test func leaksAreReadBack() throws {
        let folder = try TemporaryFolder()
        #expect(leaksCSV(Self.leaks) == Self.leaksText)
        #expect(try readLeaks(folder.write(Self.leaksText, to: "leaks.csv")) == Self.leaks)
    }

    @Test(arguments: ["x,test,near,5", "3,tset,near,5", "3,test,far,5", "3,test,near,x"])
    func badLeaks(row: String) throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("row,part,kind,train_row\n\(row)\n", to: "leaks.csv")
        let error = #expect(throws: ResultsError.self) { try readLeaks(file) }
        #expect(error?.description == "\(file.path):2: found '\(row)', expected row,part,kind,train_row")
    }

    // MARK: Gold

    private static let gold = [
        GoldRow(id: "r0", labels: [0]), GoldRow(id: "r2", labels: [1]), GoldRow(id: "r3", labels: [1]),
    ]

    /// The silver labels of the rows that people labelled are a, c, a: one is right. The contestant has all three.
    private static func scores(sha256: String = "ab") throws -> (GoldScores, StoredPredictions) {
        let predictions = StoredPredictions([
            ByHand.scored("x", try ByHand.classes([0, 1, 2, 0], [0, 1, 1, 1]))
        ])
        return (
            GoldScores(gold, labelSpace: try ByHand.space(), predictions: predictions, sha256: sha256),
            predictions
        )
    }

    @Test func scoresByPeoplesLabels() throws {
        let (scores, _) = try Self.scores()
        #expect(scores.rowCount == 3 && scores.labeler[.accuracy] == 1.0 / 3)
        #expect(scores.contestants.map(\.id) == ["x"] && scores.contestants[0].metrics[.accuracy] == 1)
        #expect(goldCSV(Self.gold, try ByHand.space()) == "id,gold\nr0,a\nr2,b\nr3,b\n")
        #expect(
            goldCSV([GoldRow(id: "1,2", labels: [0, 2])], try ByHand.space(.multilabel))
                == "id,gold\n\"1,2\",a|c\n")
    }

    @Test(
        arguments: [
            ("r3,b\n", nil), ("r3,c\n", "scores by gold labels"), ("", "scores by gold labels"),
            ("r3,d\n", "gold.csv:4: found label 'd'"), ("r3,b,x\n", "gold.csv"), ("r3,\n", "found no label"),
        ] as [(String, String?)])
    func goldLabelsAreScoredAgain(end: String, complaint: String?) throws {
        let folder = try TemporaryFolder()
        let layout = RunLayout(folder.url)
        let text = "id,gold\nr0,a\nr2,b\n"
        var results = try ByHand.results([])
        let (scores, predictions) = try Self.scores(
            sha256: Fingerprint.sha256(of: Array((text + "r3,b\n").utf8)))
        results.tasks[0].gold = scores
        try folder.write(text + end, to: "gold.csv")
        var found: String?
        do { try verifyGold(results, predictions, in: layout) } catch { found = "\(error)" }
        if let complaint {
            #expect(found?.contains(complaint) == true, "\(found ?? "")")
        } else {
            #expect(found == nil)
        }
    }
}
