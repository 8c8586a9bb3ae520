import Corpora
import Foundation
import Testing

/// The files that people bring: each is told what it is, and what to try.
@Suite struct BadFileTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let bytes: [UInt8]
        var yaml = "{file: data.csv, labels: {column: label}}"
        let says: [String]

        init(_ name: String, _ text: String, yaml: String? = nil, says: [String]) {
            self.init(name, bytes: Array(text.utf8), yaml: yaml, says: says)
        }

        init(_ name: String, bytes: [UInt8], yaml: String? = nil, says: [String]) {
            testDescription = name
            self.bytes = bytes
            if let yaml { self.yaml = yaml }
            self.says = says
        }
    }

    private static func utf16(_ text: String, bigEndian: Bool) -> [UInt8] {
        text.utf16.flatMap { unit in
            let pair = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
            return bigEndian ? pair.reversed() : pair
        }
    }

    private static let table = "text,label\na fine day,good\na bad day,bad\n"

    static let cases = [
        Case(
            "semicolons", "text;label\nfine, really;good\n",
            says: ["'text'", "separated by semicolons", "delimiter: \";\""]),
        Case("tabs", "text\tlabel\nfine, really\tgood\n", says: ["separated by tabs", "format: tsv"]),
        Case(
            "semicolons without header", "fine;good\nbad;bad\n",
            yaml: "{file: data.csv, header: false, columns: {text: 0}, labels: {column: 1}}",
            says: ["no column '1'", "set 'delimiter'"]),
        Case(
            "Latin-1", bytes: Array("text,label\nna".utf8) + [0xEF] + Array("ve,bad\n".utf8),
            says: ["data.csv:2", "byte 13", "iconv -f WINDOWS-1252"]),
        Case(
            "UTF-16 with byte order mark", bytes: [0xFF, 0xFE] + utf16(table, bigEndian: false),
            says: ["UTF-16", "iconv -f UTF-16"]),
        Case(
            "big-endian UTF-16 with byte order mark", bytes: [0xFE, 0xFF] + utf16(table, bigEndian: true),
            says: ["UTF-16", "iconv -f UTF-16"]),
        Case(
            "UTF-16 without byte order mark", bytes: utf16(table, bigEndian: false),
            says: ["UTF-16", "iconv -f UTF-16"]),
        Case(
            "quote that never closes", "text,label\n\"a fine day,good\na bad day,bad\n",
            says: ["data.csv:2", "never closed", "quoting: none"]),
        Case(
            "quote that closes by the next one",
            "text,label\n\"a fine day,good\nhe said \"no, never\",bad\nx,good\n",
            says: ["data.csv:2", "goes on over 2 lines", "quoting: none"]),
        Case("repeated header", "text,text,label\na,b,c\n", says: ["data.csv:1", "'text' twice", "rename"]),
        Case(
            "tab in a text", "text\tlabel\na\tfine day\tgood\n",
            yaml: "{file: data.csv, format: tsv, labels: {column: label}}",
            says: ["data.csv:2", "found 3 fields, expected 2", "tab", "quotes"]),
        Case(
            "Excel's separator line", "sep=;\ntext;label\nfine;good\n",
            says: ["Excel's 'sep=;'", "delete it", "delimiter: \";\""]),
        Case(
            "Excel's line of a comma", "sep=,\ntext,label\nfine,good\n",
            says: ["Excel's 'sep=,'", "delete it"]),
        Case(
            "delimiter at the end of rows", "text,label\nfine,good,\nbad,bad,\n",
            says: ["data.csv:2", "row ends with a delimiter"]),
        Case(
            "delimiter at the end of the header", "text,label,\nfine,good\n",
            says: ["data.csv:2", "header ends with a delimiter"]),
        Case(
            "workbook", bytes: [0x50, 0x4B, 3, 4, 20, 0, 6, 0, 8, 0, 0, 0, 0x21, 0],
            says: ["workbook", "CSV UTF-8"]),
        Case(
            "old workbook", bytes: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0],
            says: ["workbook", "CSV UTF-8"]),
        Case(
            "web page", "\n <!DOCTYPE html>\n<html><body>Log in</body></html>\n", says: ["web page", "again"]),
        Case("PDF", "%PDF-1.7\n", says: ["PDF"]),
        Case("Parquet", "PAR1\u{15}\u{4}", says: ["format: parquet"]),
        Case(
            "bytes", bytes: Array("text,label\na".utf8) + [0, 0, 0] + Array(",b\n".utf8), says: ["zero bytes"]
        ),
        Case("JSON Lines", "{\"text\": \"fine\", \"label\": \"good\"}\n", says: ["JSON", "format: jsonl"]),
        Case("nothing", "", says: ["empty"]),
        Case("header alone", "text,label\n", says: ["no rows"]),
        Case("other spelling", "Text,Label\nfine,good\n", says: ["'text'", "did you mean 'Text'"]),
    ]

    @Test(arguments: cases) func isToldWhatItIs(bad: Case) throws {
        let folder = try TestFolder([:])
        try folder.write(bad.bytes, to: "data.csv")
        let complaint = try #require(folder.complaint(bad.yaml))
        #expect(complaint.hasPrefix("data.csv"))
        for part in bad.says { #expect(complaint.contains(part), "\(complaint)") }
    }

    /// What looks wrong and is not: it is read.
    @Test(
        arguments: [
            "text,label\r\nfine,good\nbad,bad\r\nso so,good\r",
            "text,label,\nfine,good,\nbad,bad,\nso so,good,\n",
            "\u{FEFF}text,label\n\nfine,good\n\n\nbad,bad\nso so,good",
            "text,label\n<!doctype html> is a tag,good\nPK,bad\nso so,good\n",
        ])
    func isRead(text: String) throws {
        let folder = try TestFolder(["data.csv": text])
        let corpus = try loadCorpus(folder.schema("{file: data.csv, labels: {column: label}}"))
        #expect(corpus.count == 3 && corpus.labelSpace.names == ["bad", "good"])
    }
}
