import Corpora
import Foundation
import Tables
import Testing

/// How files may be written and what columns make up, by keys and by the options of a command line.
@Suite struct ReadingOptionsTests {
    private func texts(
        _ bytes: [UInt8], _ name: String = "data.csv", change: (inout DatasetOptions) -> Void
    ) throws -> [String] {
        let folder = try TestFolder([:])
        try folder.write(bytes, to: name)
        var options = DatasetOptions()
        change(&options)
        return try corpusWithoutLabels(options.texts(in: name, folder: folder.url)).texts
    }

    private func complaint(
        _ text: String, _ name: String = "data.csv", change: (inout DatasetOptions) -> Void = { _ in }
    ) -> String? {
        do {
            _ = try texts(Array(text.utf8), name, change: change)
            return nil
        } catch {
            return "\(error)"
        }
    }

    // MARK: Encodings

    @Test(arguments: [TextEncoding.latin1, .windows1252]) func bytesOfWesternEurope(encoding: TextEncoding)
        throws
    {
        let bytes = Array("text\nna".utf8) + [0xEF] + Array("ve caf".utf8) + [0xE9, 0x0A]
        #expect(try texts(bytes) { $0.encoding = encoding.rawValue } == ["naïve café"])
    }

    @Test func windowsCharacters() throws {
        let bytes = Array("text\n".utf8) + [0x93, 0x80, 0x94, 0x85, 0x0A]
        #expect(try texts(bytes) { $0.encoding = "cp1252" } == ["“€”…"])
        #expect {
            try texts(bytes) { $0.encoding = "latin-1" }
        } throws: {
            "\($0)".contains("data.csv:2") && "\($0)".contains("0x93") && "\($0)".contains("windows-1252")
        }
        #expect {
            try texts(Array("text\na\nb".utf8) + [0x81, 0x0A]) { $0.encoding = "windows-1252" }
        } throws: {
            "\($0)".contains("data.csv:3") && "\($0)".contains("0x81")
        }
    }

    /// Every byte of the two encodings, against the characters that Foundation gives.
    @Test func everyByte() throws {
        for byte in UInt8(0x80)...0xFF {
            let expected = String(data: Data([byte]), encoding: .windowsCP1252)
            let read = try? texts(Array("text\nx".utf8) + [byte, 0x0A]) { $0.encoding = "windows-1252" }
            if let read { #expect(read == expected.map { ["x" + $0] }, "\(byte)") }
            if byte >= 0xA0 {
                #expect(
                    read == [String(UnicodeScalar(byte)).isEmpty ? "" : "x" + String(UnicodeScalar(byte))])
            }
        }
    }

    @Test(arguments: [true, false], [true, false]) func utf16(isBigEndian: Bool, hasMark: Bool) throws {
        var units = Array("text,label\n\"a, 😀 日\",1\n".utf16)
        if hasMark { units.insert(0xFEFF, at: 0) }
        let bytes = units.flatMap { unit in
            isBigEndian ? [UInt8(unit >> 8), UInt8(unit & 0xFF)] : [UInt8(unit & 0xFF), UInt8(unit >> 8)]
        }
        let name = hasMark ? "utf-16" : isBigEndian ? "utf-16-be" : "utf-16-le"
        #expect(try texts(bytes) { $0.encoding = name } == ["a, 😀 日"])
        #expect(throws: CorpusError.self) { try texts(Array(bytes.dropLast())) { $0.encoding = name } }
    }

    @Test func unpairedSurrogates() {
        let bytes: [UInt8] = [0x74, 0, 0x0A, 0, 0x3D, 0xD8, 0x61, 0, 0x0A, 0]
        #expect {
            try texts(bytes) { ($0.encoding, $0.text) = ("utf-16-le", ["t"]) }
        } throws: { "\($0)".contains("data.csv:2") && "\($0)".contains("surrogate") }
    }

    // MARK: Texts of several columns

    @Test func severalColumnsAreJoined() throws {
        let table = Array("subject,body,n\nHi,there,1\n,only body,2\nonly subject, ,3\n".utf8)
        #expect(
            try texts(table) { $0.text = ["subject", "body"] } == ["Hi there", "only body", "only subject"])
        let separated = try texts(table) { ($0.text, $0.textSeparator) = (["body", "2"], " | ") }
        #expect(separated == ["there | 1", "only body | 2", "3"])
        #expect(
            complaint("a,b\n , \n") { $0.text = ["a", "b"] }?.contains("data.csv:2: the text is empty")
                == true)
    }

    @Test func severalKeysOfJSON() throws {
        let lines = Array("{\"a\":\"x\",\"b\":null}\n{\"b\":2,\"a\":\"y\"}\n".utf8)
        #expect(try texts(lines, "d.jsonl") { $0.text = ["a", "b"] } == ["x", "y 2"])
    }

    // MARK: Columns by number

    @Test func numbersBesideAHeader() throws {
        let table = Array("body,1,topic\nb,c,d\n".utf8)
        #expect(try texts(table) { $0.text = ["0"] } == ["b"])
        #expect(try texts(table) { $0.text = ["2"] } == ["d"])
        // A name wins over a number.
        #expect(try texts(table) { $0.text = ["1"] } == ["c"])
        for number in ["3", "-1", "00x", "99999999999999999999"] {
            #expect(
                complaint("body,topic\nb,d\n") { $0.text = [number] }?.contains("no column '\(number)'")
                    == true)
        }
        let folder = try TestFolder(["a.csv": "joy,body,fear\n1,b,0\n0,c,1\n"])
        let corpus = try loadCorpus(
            folder.schema("{file: a.csv, columns: {text: 1}, labels: {columns: [0, 2]}}"))
        #expect(corpus.texts == ["b", "c"] && corpus.labelSpace.names == ["joy", "fear"])
    }

    // MARK: Options

    @Test func dialectsOfACommandLine() throws {
        #expect(
            try texts(Array("id;text\n1;a, b\n".utf8)) { $0.delimiter = ";" } == ["a, b"])
        #expect(
            try texts(Array("text\tlabel\n\"a\tb\"\t1\n".utf8), "d.tsv") { $0.quoting = "rfc4180" } == [
                "a\tb"
            ])
        #expect(
            try texts(Array("a\tb\n".utf8), "SMSSpam") {
                ($0.format, $0.hasHeader, $0.text) = ("tsv", false, ["1"])
            }
                == ["b"])
        #expect(
            try texts(Array("a|b\n".utf8), "x.dat") { ($0.delimiter, $0.hasHeader) = ("|", false) } == ["a"])
        #expect(try texts(Array("text\tn\na\t1\n".utf8), "x.dat") { $0.delimiter = "\\t" } == ["a"])
        #expect(try texts(Array("text\tn\na\t1\n".utf8), "x.tsv") { $0.delimiter = "tab" } == ["a"])
        #expect(try texts(Array("one, two\nthree\n".utf8), "x.dat") { _ in } == ["one, two", "three"])
        #expect(
            try texts(Array("{\"t\": \"a\"}\n".utf8), "x") { ($0.format, $0.text) = ("json", ["t"]) } == ["a"]
        )
    }

    @Test func errorsNameTheOption() {
        #expect(
            complaint("a\n", change: { $0.delimiter = "ab" })
                == "command line: --delimiter: found 'ab', expected one ASCII character, neither a quote nor a line ending"
        )
        #expect(
            complaint("a\n", change: { $0.quoting = "all" })
                == "command line: --quoting: found 'all', expected one of none, rfc4180")
        #expect(complaint("{}", "d.jsonl", change: { $0.hasHeader = false })?.contains("--no-header") == true)
        #expect(
            complaint("a\n", change: { $0.format = "xls" })?.contains("--input-format: found 'xls'") == true)
        #expect(complaint("a\n", change: { $0.encoding = "utf-7" })?.contains("--encoding") == true)
        #expect(
            complaint("a,b\n1,2\n", change: { ($0.hasHeader, $0.text) = (false, ["b"]) })?.contains("--text")
                == true)
    }

    @Test func labelsOfACommandLine() throws {
        let folder = try TestFolder(["a.csv": "text;joy;fear;tags;id\na;1;0;x/y;7\nb;0;1;x;8\n"])
        func corpus(_ change: (inout DatasetOptions) -> Void) throws -> Corpus {
            var options = DatasetOptions()
            options.delimiter = ";"
            change(&options)
            return try loadCorpus(
                DatasetSchema(setting: options.setting(file: "a.csv", hasLabels: true), folder: folder.url))
        }
        let indicators = try corpus { $0.labelColumns = ["joy..fear"] }
        #expect(indicators.labelSpace.names == ["joy", "fear"])
        let lists = try corpus { ($0.label, $0.separator, $0.id) = ("tags", "/", "id") }
        #expect(lists.labelSpace.names == ["x", "y"] && lists.ids == ["7", "8"])
        let named = try corpus { ($0.label, $0.labelNames) = ("joy", ["sad", "glad"]) }
        #expect(named.labelSpace.names == ["sad", "glad"] && named.targets == .classes([1, 0]))
        #expect(throws: CorpusError.self) { try corpus { $0.label = "nothing" } }
    }

    // MARK: What no error prints

    /// Errors about files whose names, cells and headers are long and private.
    @Test func noErrorPrintsTheFile() throws {
        let secret = String(repeating: "private words ", count: 400)
        let files = [
            "\(secret),label\nx,1\n", "text,label\nx,\(secret)\ny,2\nz,3\n", "text,\(secret)\nx,1\n",
            "text,label\n\"\(secret),1\n", "text,label\n\(secret)\n", "\(secret)",
            (0..<300).map { "\(secret)\($0)" }.joined(separator: ",") + "\n",
        ]
        let schemas = [
            "{file: a.csv, labels: {column: label}}", "{file: a.csv, labels: {column: label, names: [a, b]}}",
            "{file: a.csv, labels: {columns: [label]}}",
            "{file: a.csv, labels: {column: label, bins: {edges: [0], names: [a, b]}}}",
            "{file: a.csv, format: jsonl, labels: {column: label}}",
        ]
        var complaints = 0
        for file in files {
            let folder = try TestFolder(["a.csv": file])
            for schema in schemas {
                guard let complaint = folder.complaint(schema) else { continue }
                complaints += 1
                let words = complaint.components(separatedBy: "private words").count - 1
                #expect(words * "private words ".count <= 200, "\(complaint)")
                #expect(complaint.count < 700)
            }
        }
        #expect(complaints > 25)
    }
}
