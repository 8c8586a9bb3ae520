import Corpora
import Experiments
import Foundation
import Lexicons
import TestSupport
import Testing

/// The texts of a file in batches, with what is kept of their rows.
@Suite struct TextSourceTests {
    private func read(
        _ text: String, _ name: String, keeping kept: KeptColumns = .none, text column: [String] = []
    ) throws -> (columns: [String], batches: [TextBatch]) {
        let folder = try TemporaryFolder()
        try folder.write(text, to: name)
        var options = DatasetOptions()
        options.text = column
        var (columns, batches): ([[String]], [TextBatch]) = ([], [])
        try TextSource.file(folder.file(name).path, options: options).forEachBatch(
            keeping: kept, columns: { columns.append($0) }
        ) { batches.append($0) }
        try #require(columns.count == 1)
        return (columns[0], batches)
    }

    @Test func textsComeInBatches() throws {
        let lines = (0..<8195).map { "line \($0)" }
        let found = try read(lines.joined(separator: "\n") + "\n", "d.txt").batches
        #expect(found.map(\.texts.count) == [8192, 3] && found.flatMap(\.texts) == lines)
        #expect(found.allSatisfy { $0.kept.isEmpty })
        // Of lines, blank ones are texts too; an empty file has none.
        #expect(try read("a\n\nb\n", "d.txt").batches.flatMap(\.texts) == ["a", "", "b"])
        #expect(try read("", "d.txt").batches.isEmpty)
        var given: [[String]] = []
        try TextSource.texts(["x", "y"]).forEachBatch { given.append($0) }
        #expect(given == [["x", "y"]])
    }

    /// What a file of no lines becomes has the columns that it would have with some.
    @Test func noLinesHaveTheColumnsOfLines() throws {
        for text in ["a\n", ""] {
            #expect(try read(text, "d.txt", keeping: .all).columns == ["text"])
            #expect(try read(text, "d.txt").columns.isEmpty)
        }
    }

    private static let table = "id,title,body\n1,Hello,\"a, b\"\n2,,c\n"

    @Test func columnsAreKeptInTheirOrder() throws {
        let all = try read(Self.table, "d.csv", keeping: .all, text: ["title", "body"])
        #expect(all.columns == ["id", "title", "body"])
        #expect(all.batches[0].texts == ["Hello a, b", "c"])
        #expect(
            all.batches[0].kept == [
                .cells([.text("1"), .text("Hello"), .text("a, b")]),
                .cells([.text("2"), .text(""), .text("c")]),
            ])
        let some = try read(Self.table, "d.csv", keeping: .named(["body", "0"]), text: ["body"])
        #expect(some.columns == ["body", "id"])
        #expect(
            some.batches[0].kept == [.cells([.text("a, b"), .text("1")]), .cells([.text("c"), .text("2")])])
        let lines = try read("a\nb\n", "d.txt", keeping: .all)
        #expect(
            lines.columns == ["text"]
                && lines.batches[0].kept == [.cells([.text("a")]), .cells([.text("b")])])
    }

    @Test func objectsAreKeptAsTheyAre() throws {
        let object = "{\"n\": 1e400, \"text\": \"a\"}"
        let found = try read(object + "\n", "d.jsonl", keeping: .all)
        #expect(found.columns.isEmpty && found.batches[0].kept == [.object(Array(object.utf8))])
        let error = errorText {
            try read("{\"text\": \"a\"}\n{\"text\": \"b\", \"predicted\": 1}\n", "d.jsonl", keeping: .all)
        }
        #expect(error.contains("d.jsonl:2: expected no key 'predicted' yet"), "\(error)")
    }

    @Test(arguments: [
        (
            "{\"text\": \"a\"}\n{\"text\": null}\n", "d.jsonl",
            "d.jsonl:2: the text is empty: null or missing; take such rows out"
        ),
        ("{\"txt\": \"a\"}\n", "d.jsonl", "there is no column 'text'"),
        ("id,body\n1,a\n", "d.csv", "there is no column 'text'"), ("", "d.csv", "the file is empty"),
        ("text\n\"a\n", "d.csv", "d.csv:2"),
    ])
    func whatHasNoTexts(text: String, name: String, words: String) {
        let error = errorText { try read(text, name) }
        #expect(error.contains(words), "\(error)")
    }
}

/// VADER's labels as a new column.
@Suite struct SilverLabelingTests {
    private func label(
        _ text: String, _ name: String = "d.csv", column: String = "sentiment",
        change: (inout DatasetOptions) -> Void = { _ in }
    ) throws -> String {
        let folder = try TemporaryFolder()
        try folder.write(text, to: name)
        var options = DatasetOptions()
        change(&options)
        var written: [UInt8] = []
        let labeling = SilverLabeling(
            vader: Vader(), thresholds: PolarityThresholds(negative: -0.2, positive: 0.2), labelColumn: column
        )
        try labeling.run(path: folder.file(name).path, options: options) { written += $0 }
        return String(decoding: written, as: UTF8.self)
    }

    @Test func everyFieldStaysAndTheLabelIsLast() throws {
        #expect(
            try label("text,n\nI love it,\"1, 2\"\nit is,\nawful,x\n")
                == "text,n,sentiment\nI love it,\"1, 2\",positive\nit is,,neutral\nawful,x,negative\n")
        // The text stands in two columns, and the label has another name.
        #expect(
            try label("a,b\nI love,it\n", column: "label") { $0.text = ["a", "b"] }
                == "a,b,label\nI love,it,positive\n")
        // Without a header there is none to add to; a table of tabs is written with commas.
        #expect(try label("awful\tx\n", "d.tsv") { $0.hasHeader = false } == "awful,x,negative\n")
        // More rows than are labelled together.
        let many = try label("text\n" + String(repeating: "awful\n", count: 5000))
        #expect(many == "text,sentiment\n" + String(repeating: "awful,negative\n", count: 5000))
    }

    @Test(arguments: [
        ("text,sentiment\na,b\n", "d.csv", "expected no column 'sentiment' yet"),
        ("{\"text\": \"a\"}\n", "d.jsonl", "expected one CSV or TSV file"),
        ("body\na\n", "d.csv", "there is no column 'text'"),
    ])
    func whatCannotBeGivenAColumn(text: String, name: String, words: String) {
        let error = errorText { try label(text, name) }
        #expect(error.contains(words), "\(error)")
    }
}
