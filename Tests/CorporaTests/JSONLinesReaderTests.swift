import Tables
import Testing

@Suite struct JSONLinesReaderTests {
    private func row(_ line: String) throws(TableError) -> JSONLinesReader.Row? {
        var reader = try JSONLinesReader(ByteSource(Array(line.utf8), name: "data", pieceSize: 5))
        return try reader.next()
    }

    private func problem(_ line: String) -> JSONProblem? {
        do throws(TableError) {
            _ = try row(line)
            return nil
        } catch {
            guard case .badJSON(_, _, let problem) = error else { return nil }
            return problem
        }
    }

    @Test func plainValues() throws {
        let row = try #require(
            try row(
                #" { "text" : "a \"b\"\n\u00e9\ud83d\ude00\/" , "n":-1.50e+3,"yes":true,"no":false,"none":null } "#
            ))
        #expect(row["text"] == .text("a \"b\"\né😀/"))
        #expect(row["n"] == .text("-1.50e+3"))
        #expect(row["yes"] == .text("true") && row["no"] == .text("false") && row["none"] == .missing)
        #expect(row["other"] == nil && row.entries.map(\.key) == ["text", "n", "yes", "no", "none"])
    }

    /// As Python's `json` writes what is no number, which pandas reads as missing.
    @Test func numbersThatPythonWrites() throws {
        let row = try #require(try row(#"{"a":NaN,"b":-Infinity,"c":Infinity}"#))
        #expect(row["a"] == .missing && row["b"] == .text("-Infinity") && row["c"] == .text("Infinity"))
    }

    @Test func lists() throws {
        let row = try #require(try row(#"{"a":[],"b":["joy", 2 ,true]}"#))
        #expect(row["a"] == .list([]) && row["b"] == .list(["joy", "2", "true"]))
    }

    @Test(arguments: [1, 2, 3, 1000]) func oneObjectALine(pieceSize: Int) throws {
        let text = "\u{FEFF}{\"a\":1}\r\n\n  \n{}\n{\"a\":\"é\"}"
        var reader = try JSONLinesReader(ByteSource(Array(text.utf8), name: "data", pieceSize: pieceSize))
        let rows = [try reader.next(), try reader.next(), try reader.next(), try reader.next()]
        #expect(rows.map { $0?.line } == [1, 4, 5, nil])
        #expect(rows[2]?["a"] == .text("é"))
    }

    @Test(arguments: [
        (#"{"a":{}}"#, JSONProblem.nested), (#"{"a":[[1]]}"#, .nested), (#"{"a":[null]}"#, .nullInList),
        (#"{"a":1,"a":2}"#, .repeatedKey("a")), (#"{"a":-}"#, .badNumber), (#"{"a":1.}"#, .badNumber),
        (#"{"a":1e}"#, .badNumber), (#"{"a":"\x"}"#, .badEscape), (#"{"a":"\u12"}"#, .badEscape),
        (#"{"a":"\ud83d"}"#, .loneSurrogate), (#"{"a":"\ude00"}"#, .loneSurrogate),
        ("{\"a\":\"\t\"}", .controlCharacter),
        (#"{"a":1"#, .unexpected(found: "the end of the line", expected: "',' or '}'")),
        (#"{"a":"b"#, .unexpected(found: "the end of the line", expected: "a closing quote")),
        (#"{"a":nan}"#, .unexpected(found: "'nan}'", expected: "a value")), (#"{"a":[NaN]}"#, .nullInList),
        (#"{"a":01}"#, .unexpected(found: "'1}'", expected: "',' or '}'")),
        (#"{a:1}"#, .unexpected(found: "'a:1}'", expected: "a key in quotes")),
        (#"{"a" 1}"#, .unexpected(found: "'1}'", expected: "':'")),
        (#"[1]"#, .unexpected(found: "'1'", expected: "an object")),
        (#"{"a":1,}"#, .unexpected(found: "'}'", expected: "a key in quotes")),
        (#"{} x"#, .unexpected(found: "'x'", expected: "the end of the line")),
        (#"{"a":[1 2]}"#, .unexpected(found: "'2]}'", expected: "',' or ']'")),
    ])
    func refused(line: String, expected: JSONProblem) {
        #expect(problem(line) == expected)
    }
}
