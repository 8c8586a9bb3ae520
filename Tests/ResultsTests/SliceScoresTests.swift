import Evaluation
import Foundation
import Results
import Testing

@Suite struct SliceScoresTests {
    private let file = URL(fileURLWithPath: "/slices.csv")

    /// Twelve rows: `early` has the first six right and none of the others, `late` the last five and none of the others.
    private func ranked() throws -> [ScoredPredictions] {
        let gold = [0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2]
        let early = gold.enumerated().map { $0 < 6 ? $1 : ($1 + 1) % 3 }
        let late = gold.enumerated().map { $0 < 7 ? ($1 + 1) % 3 : $1 }
        return [
            ByHand.scored("early", try ByHand.classes(gold, early)),
            ByHand.scored("late", try ByHand.classes(gold, late)),
        ]
    }

    private func table(_ names: [String], _ values: [[String]], count: Int = 12) -> SliceTable {
        SliceTable(ids: (0..<count).map { "r\($0)" }, names: names, values: values)
    }

    private func scores(_ table: SliceTable, _ options: SliceOptions) throws -> SliceScores {
        try SliceScores(
            table, options: options, ranked(), metric: .accuracy, draws: 500, seed: 3, file: file)
    }

    @Test func lengthsAreRangesOfWords() throws {
        let lengths = [1, 2, 2, 3, 3, 3, 4, 5, 6, 7, 8, 9].map { "\($0)" }
        let scores = try scores(
            table(["length"], [lengths]), SliceOptions(lengths: [1, 2, 5, 20], columns: []))
        let slices = try #require(scores.dimensions.first).slices
        #expect(slices.map(\.name) == ["up to 1 word", "2 words", "3 to 5 words", "6 to 20 words"])
        #expect(slices.map(\.rowCount) == [1, 2, 5, 4])
        #expect(slices[2].scores.map(\.value) == [0.6, 0.2])
        #expect(slices[3].scores.map(\.value) == [0, 1])
    }

    @Test func anOrderThatTurnsRoundIsToldWithItsChance() throws {
        let halves = (0..<12).map { $0 < 6 ? "first" : "second" }
        let scores = try scores(table(["half"], [halves]), SliceOptions(columns: ["half"]))
        let slices = scores.dimensions[0].slices
        #expect(slices.map(\.turns.count) == [0, 1])
        let turn = slices[1].turns[0]
        #expect(turn.first == "early" && turn.second == "late")
        #expect(abs(turn.difference - 5.0 / 6) < 1e-12)
        // Five of six rows differ, all one way: 2 of 32 exchanges are as extreme. Corrected for two comparisons.
        let p = try #require(turn.adjustedPValue)
        #expect(p > 0.06 && p < 0.2 && !turn.isSure)
        #expect(scores.comparisonCount == 2)
    }

    @Test func rareValuesAreOneSliceTogether() throws {
        let N = 33
        let values = (0..<N).map { $0 < 20 ? "v\($0 / 2)" : $0 < 22 ? "" : "rare\($0)" }
        let gold = (0..<N).map { $0 % 3 }
        let contestants = [ByHand.scored("one", try ByHand.classes(gold, gold))]
        let scores = try SliceScores(
            table(["kind"], [values], count: N), options: SliceOptions(columns: ["kind"]), contestants,
            metric: .accuracy, draws: 50, seed: 3, file: file)
        let slices = scores.dimensions[0].slices
        #expect(slices.count == SliceOptions.mostValues + 1)
        #expect(slices.contains { $0.name == "(no value)" && $0.rowCount == 2 })
        #expect(slices.last?.name == "10 other values" && slices.last?.rowCount == 10)
        #expect(slices.map(\.rowCount).reduce(0, +) == N)
    }

    @Test func aMetricThatIsUndefinedOnASliceHasNoValue() throws {
        let values = (0..<12).map { [0, 3].contains($0) ? "a alone" : "others" }
        let scores = try SliceScores(
            table(["labels"], [values]), options: SliceOptions(columns: ["labels"]), ranked(),
            metric: MetricName(name: "f1:c") ?? .accuracy, draws: 50, seed: 3, file: file)
        let alone = try #require(scores.dimensions[0].slices.last)
        #expect(alone.name == "a alone")
        // Class c is neither gold nor predicted by `early` on rows 0 and 3.
        #expect(alone.scores.first { $0.id == "early" }?.value == nil)
    }

    @Test func rowsOfOthersAreRefused() throws {
        let ids = (0..<12).map { $0 == 4 ? "x" : "r\($0)" }
        let table = SliceTable(ids: ids, names: ["half"], values: [ids])
        #expect {
            try scores(table, SliceOptions(columns: ["half"]))
        } throws: { "\($0)".contains("row 5 is of 'x', not of 'r4'") }
        #expect(throws: ResultsError.self) {
            try scores(self.table(["other"], [ids]), SliceOptions(columns: ["half"]))
        }
        #expect {
            try scores(
                self.table(["length"], [(0..<12).map { $0 == 3 ? "three" : "1" }]), SliceOptions(lengths: [2])
            )
        } throws: { "\($0)".contains("'three' is no number of words") }
    }

    @Test func theStoredTableIsReadBack() throws {
        let hostile = ["a,b", "\"quoted\"", "two\nlines", "", "é", "=1+1", " x ", "|", "'", "0", "-", "end"]
        let table = table(["length", "kind"], [(0..<12).map { "\($0)" }, hostile])
        #expect(try SliceTable(Array(table.csv.utf8), file: file) == table)
        #expect(throws: (any Error).self) { try SliceTable(Array("id,kind\na\n".utf8), file: file) }
        #expect(throws: (any Error).self) { try SliceTable(Array("kind\nx\n".utf8), file: file) }
    }

    @Test(arguments: [("", 0), ("one", 1), (" two  words\n", 2), ("a\u{a0}b\tc", 3)])
    func wordsAreWhatWhiteSpaceParts(text: String, count: Int) {
        #expect(SliceTable.wordCount(of: text) == count)
    }
}
