import Tables
import Testing

@Suite struct TextColumnTests {
    private func columns(
        _ text: String, _ format: DataFormat, _ names: [String], count: Int, pieceSize: Int = 1 << 16
    ) throws -> [TextColumn] {
        var reader = try RecordReader(
            ByteSource(Array(text.utf8), name: "data", pieceSize: pieceSize), format)
        let wanted = try names.map { try reader.column($0) }
        var columns = names.map { _ in TextColumn() }
        while try reader.read(count, wanted, into: &columns) == count {}
        return columns
    }

    @Test(arguments: [1, 2, 100], [1, 7, 1 << 16])
    func tablesBecomeColumns(count: Int, pieceSize: Int) throws {
        let csv = "id,text,label\r\n1,\"so, \"\"it\"\" goes\",joy\n2,,fear\n3,ünï 😀 ☎,joy\n"
        let found = try columns(csv, .table(.csv), ["text", "id"], count: count, pieceSize: pieceSize)
        #expect(found.map(Array.init) == [["so, \"it\" goes", "", "ünï 😀 ☎"], ["1", "2", "3"]])
        #expect(Array(found[0].utf8(ofRow: 2)) == Array("ünï 😀 ☎".utf8))
        #expect(found[0].byteCount == found[0].reduce(0) { $0 + ($1?.utf8.count ?? 0) })
        #expect(!found[0].isMissing(1) && found[0].utf8(ofRow: 1).isEmpty)
    }

    @Test func nullsAreMissing() throws {
        let json = "{\"a\": null, \"b\": 1}\n{\"a\": \"x\"}\n{\"a\": \"\", \"b\": true}\n"
        let found = try columns(json, .jsonLines, ["a", "b"], count: 2)
        #expect(found.map(Array.init) == [[nil, "x", ""], ["1", nil, "true"]])
        #expect(found[0].isMissing(0) && !found[0].isMissing(2) && found[0].utf8(ofRow: 0).isEmpty)
    }

    @Test func listsAreNoTexts() {
        #expect(throws: TableError.unexpectedList(DataPlace(file: "data", line: 2), column: "a")) {
            try columns("{\"a\": \"x\"}\n{\"a\": [\"x\"]}\n", .jsonLines, ["a"], count: 5)
        }
    }
}
