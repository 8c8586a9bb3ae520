import Evaluation
import Foundation
import Results
import Testing

/// The slice that each row is in.
@Suite struct SlicePlacesTests {
    private let file = URL(fileURLWithPath: "/slices.csv")
    private let ids = (0..<6).map { "r\($0)" }

    private func table(_ kinds: [String] = ["b", "a", "", "a", "a", "b"]) -> SliceTable {
        SliceTable(
            ids: ids, names: ["length", "kind"], values: [["1", "3", "2", "9", "3", "1"], kinds])
    }

    private func scores() throws -> SliceScores {
        let gold = [0, 1, 2, 0, 1, 2]
        return try SliceScores(
            table(), options: SliceOptions(lengths: [1, 3], columns: ["kind"]),
            [ByHand.scored("one", try ByHand.classes(gold, gold))], metric: .accuracy, draws: 50, seed: 3,
            file: file)
    }

    @Test func everyRowIsInOneSliceOfEachDimension() throws {
        let scores = try scores()
        #expect(
            scores.dimensions.map { $0.slices.map(\.name) } == [
                ["up to 1 word", "2 to 3 words", "over 3 words"], ["a", "b", "(no value)"],
            ])
        #expect(
            try scores.places(in: table(), ids: ids, file: file) == [
                [0, 1, 1, 2, 1, 0], [1, 0, 2, 0, 0, 1],
            ])
    }

    private func expect(_ words: String, _ change: (inout SliceScores) -> Void) throws {
        var scores = try scores()
        change(&scores)
        #expect {
            try scores.places(in: table(), ids: ids, file: file)
        } throws: { "\($0)".hasPrefix("/slices.csv: ") && "\($0)".hasSuffix(words) }
    }

    @Test func slicesThatTheScoresDoNotKnowAreRefused() throws {
        try expect("results.json has no scores of slice 'a' by kind, rows: 3") {
            $0.dimensions[1].slices[0].name = "c"
        }
        try expect("results.json has no scores of slice 'over 3 words' by length, rows: 1") {
            $0.dimensions[0].slices[2].rowCount = 2
        }
        try expect("results.json has no scores of slice '(no value)' by kind, rows: 1") {
            $0.dimensions[1].slices.removeLast()
        }
        try expect("no row is in slice 'a' by kind, of which results.json has scores") {
            $0.dimensions[1].slices.append($0.dimensions[1].slices[0])
        }
        try expect("columns length, kind, not length, mood of results.json") {
            $0.dimensions[1].name = "mood"
        }
        try expect("columns length, kind, not length of results.json") { $0.dimensions.removeLast() }
    }

    @Test func otherTablesAreRefused() throws {
        let scores = try scores()
        #expect {
            try scores.places(in: table(["b", "a", "a", "a", "a", "b"]), ids: ids, file: file)
        } throws: { "\($0)".contains("its SHA-256 is ") && "\($0)".hasSuffix(scores.sha256) }
        #expect {
            try scores.places(in: table(), ids: ids.reversed(), file: file)
        } throws: { "\($0)".contains("row 1 is of 'r0', not of 'r5'") }
        #expect {
            try scores.places(in: table(), ids: Array(ids.dropLast()), file: file)
        } throws: { "\($0)".contains("6 rows, not the 5 of the predictions") }
    }
}
