import SafeFiles
import Testing

@Suite struct CSVTests {
    @Test(arguments: [
        (["a", "b c", ""], "a,b c,\n"),
        (["a,b", "say \"hi\""], "\"a,b\",\"say \"\"hi\"\"\"\n"),
        (["two\nlines", "two\r\nlines", "\r"], "\"two\nlines\",\"two\r\nlines\",\"\r\"\n"),
        ([""], "\"\"\n"),
        (["é", "😀,"], "é,\"😀,\"\n"),
    ])
    func linesAreQuotedWhereNeeded(fields: [String], line: String) {
        #expect(csvLine(fields) == line)
    }

    @Test func runningFingerprintIsThatOfTheWhole() {
        var running = Fingerprint.Running()
        running.update(Array("ab".utf8))
        running.update([])
        running.update(Array("c".utf8))
        #expect(running.hexadecimal() == Fingerprint.sha256(of: Array("abc".utf8)))
    }
}
