import DeterministicWork
import Foundation
import SafeFiles
import Tables
import Testing

@Suite struct TableReaderTests {
    /// Small enough to cut every character and line ending in two, and large enough not to.
    static let pieceSizes = [1, 2, 3, 5, 7, 64]

    private func fields(
        _ text: String, _ dialect: TableDialect, pieceSize: Int = ByteSource.pieceSize
    ) throws -> [[String]] {
        try rows(Array(text.utf8), dialect.headless, pieceSize: pieceSize).map(\.fields)
    }

    @Test(arguments: pieceSizes) func quotedFields(pieceSize: Int) throws {
        let text = "\u{FEFF}\"a\",b\r\n\"two\r\nlines\",\"say \"\"hi\"\"\"\rc,\n\n\"\",😀"
        #expect(
            try fields(text, .csv, pieceSize: pieceSize) == [
                ["a", "b"], ["two\r\nlines", "say \"hi\""], ["c", ""], ["", "😀"],
            ])
        #expect(try rows(Array(text.utf8), .csv.headless, pieceSize: pieceSize).map(\.line) == [1, 2, 4, 6])
    }

    @Test(arguments: pieceSizes) func plainFields(pieceSize: Int) throws {
        let text = "say \"hi\tthere\"\t\r\n\r\né\t\"\tz"
        #expect(
            try fields(text, .tsv, pieceSize: pieceSize) == [["say \"hi", "there\"", ""], ["é", "\"", "z"]])
    }

    @Test(arguments: pieceSizes) func lastDelimiter(pieceSize: Int) throws {
        let dialect = TableDialect(delimiter: UInt8(ascii: ";"), splitting: .lastDelimiter, hasHeader: false)
        #expect(
            try fields("so; it goes;joy\n;fear\nplain \"x\";", dialect, pieceSize: pieceSize)
                == [["so; it goes", "joy"], ["", "fear"], ["plain \"x\"", ""]])
    }

    @Test(arguments: pieceSizes) func wholeLines(pieceSize: Int) throws {
        #expect(
            try fields("\u{FEFF}one, two\r\n\n  three\r\rend", .lines, pieceSize: pieceSize)
                == [["one, two"], [""], ["  three"], [""], ["end"]])
    }

    @Test func headerNamesColumns() throws {
        let source = ByteSource(Array("id;text\n1;a,b\n".utf8), name: "data")
        var reader = try TableReader(
            source, dialect: TableDialect(delimiter: UInt8(ascii: ";"), splitting: .quoted, hasHeader: true))
        #expect(reader.columns == ["id", "text"])
        let row = try #require(try reader.next())
        #expect(row.fields == ["1", "a,b"] && row[1] == "a,b" && row.count == 2 && row.line == 2)
        #expect(try reader.next() == nil)
        #expect(try reader.next() == nil)
    }

    @Test func numbersNameColumnsWithoutHeader() throws {
        let reader = try TableReader(ByteSource(Array("a\tb\tc".utf8), name: "data"), dialect: .tsv.headless)
        #expect(reader.columns == ["0", "1", "2"])
    }

    @Test func oneRowIsFilledAgain() throws {
        var reader = try TableReader(ByteSource(Array("t\nlong text\nx\n".utf8), name: "data"), dialect: .csv)
        var row = TableRow()
        #expect(try reader.read(into: &row) && row.fields == ["long text"])
        #expect(try reader.read(into: &row) && row.fields == ["x"])
        #expect(try !reader.read(into: &row))
    }

    @Test(arguments: pieceSizes) func agreesWithPython(pieceSize: Int) throws {
        let bytes = try InputFile(oracles.appendingPathComponent("messy.csv")).readToEnd()
        let found = try rows(bytes, .csv.headless, pieceSize: pieceSize)
        var expected = try JSONLinesReader(ByteSource(oracles.appendingPathComponent("messy.jsonl")))
        for row in found {
            let golden = try #require(try expected.next())
            #expect(golden["line"] == .text("\(row.line)"))
            #expect(golden["fields"] == .list(row.fields))
        }
        #expect(try expected.next() == nil && found.count == 300)
    }

    /// Random bytes of a CSV's alphabet, cut at random places: the same rows, or the same refusal, as the naive twin.
    @Test func agreesWithNaiveTwin() throws {
        var random = RandomStream(seed: 4180)
        let alphabet = ["a", "b", ",", ",", "\"", "\"", "\r", "\n", "\r\n", "é", "😀"].map { Array($0.utf8) }
        var accepted = 0
        for _ in 0..<4000 {
            let bytes = (0..<random.next(below: 30)).flatMap { _ in
                alphabet[random.next(below: alphabet.count)]
            }
            guard let expected = NaiveCSV.rows(bytes, delimiter: UInt8(ascii: ",")) else {
                #expect(throws: TableError.self) { try rows(bytes, .csv.headless, pieceSize: 3) }
                continue
            }
            // The twin knows no width; the reader refuses rows of different ones.
            guard let width = expected.first?.fields.count, expected.allSatisfy({ $0.fields.count == width })
            else { continue }
            accepted += 1
            let found = try rows(bytes, .csv.headless, pieceSize: 1 + random.next(below: 9))
            #expect(found.map { NaiveCSV.Row(line: $0.line, fields: $0.fields) } == expected)
        }
        #expect(accepted > 500)
    }

    @Test func writtenLinesAreReadBack() throws {
        var random = RandomStream(seed: 7)
        let alphabet = ["a", " ", ",", "\"", "\r", "\n", "\r\n", "é", "😀", ""]
        for width in [1, 2, 5] {
            let table = (0..<200).map { _ in
                (0..<width).map { _ in
                    (0..<random.next(below: 6)).map { _ in alphabet[random.next(below: alphabet.count)] }
                        .joined()
                }
            }
            let bytes = Array(table.map { csvLine($0) }.joined().utf8)
            #expect(try rows(bytes, .csv.headless, pieceSize: 11).map(\.fields) == table)
        }
    }
}
