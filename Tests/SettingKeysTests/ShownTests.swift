import SettingKeys
import TestSupport
import Testing

/// What an error prints of a user's file.
@Suite struct ShownTests {
    @Test func controlsAreSpelled() {
        #expect(shown("a\u{1B}[31mb\n\t\u{202E}c\u{7F}") == "a\\u{1B}[31mb\\n\\t\\u{202E}c\\u{7F}")
        #expect(shown("çé 😀 日本") == "çé 😀 日本")
    }

    @Test func longTextsAreCut() {
        #expect(shown(String(repeating: "x", count: 50)) == String(repeating: "x", count: 50))
        #expect(shown(String(repeating: "x", count: 51)) == String(repeating: "x", count: 50) + "...")
        // Spelled characters count as they are printed.
        #expect(shown(String(repeating: "\u{1}", count: 1000)).count <= 53)
    }

    @Test func listsAreCut() {
        #expect(listed(["a", "b"]) == "a, b" && listed([]) == "")
        #expect(listed((0..<20).map(String.init)) == "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, ... (20 in all)")
        let long = (0..<9).map { String(repeating: "\($0)", count: 40) }
        #expect(listed(long) == "\(long[0]), \(long[1]), ... (9 in all)")
        #expect(listed([String(repeating: "y", count: 900)]).count == 53)
    }

    @Test func aFileThatIsNoMappingIsNotTold() {
        let error = #expect(throws: SettingsError.self) {
            try Setting(yaml: "private words,label\nmore of them,1\n", file: "d").mappingWithAnyKeys()
        }
        #expect(error?.description == "d:1: file: found text, expected a mapping")
    }

    @Test func optionsOfACommandLine() throws {
        let root = Setting(options: [
            ("a", Setting(option: "--a", "x")), ("b", Setting(option: "--b", ["1", "2"])),
        ])
        let mapping = try root.mappingWithAnyKeys()
        #expect(try mapping.required("b").strings() == ["1", "2"])
        let error = #expect(throws: SettingsError.self) { try mapping.required("a").int() }
        #expect(error?.description == "command line: --a: found 'x', expected an integer")
    }
}
