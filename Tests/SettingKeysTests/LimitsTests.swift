import Foundation
import SettingKeys
import TestSupport
import Testing

/// What takes a parser more than linear time, or more stack than there is, is refused before it does.
@Suite struct LimitsTests {
    private func error(_ yaml: String) -> SettingsError? {
        do {
            _ = try Setting(yaml: yaml, file: "e.yaml")
            return nil
        } catch { return error }
    }

    /// Each level says the one below it nine times; as a value, in a list, and as a key.
    private static func bomb(_ open: String, _ close: String) -> String {
        var text = "a0: &a0 [x, y]\n"
        for level in 1...25 {
            let below = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
            text += "a\(level): &a\(level) \(open)\(below)\(close)\n"
        }
        return text
    }

    @Test(arguments: [
        bomb("[", "]"), bomb("{? [", "] : x}"), bomb("{k: [", "]}"), "a: &x 1\nb: 2\n", "a: 1\nb: *x\n",
        "a: &x\n  b: *x\n",
        "&x a: 1\n", "? &x {a: 1}\n: 2\n",
    ])
    func anchorsAndAliases(yaml: String) {
        let start = Date()
        guard case .syntax(let place, let reason) = error(yaml) else {
            Issue.record("\(String(describing: error(yaml)))")
            return
        }
        #expect(reason.contains("anchors and aliases are not supported") && place.line >= 1)
        #expect(Date().timeIntervalSince(start) < 5)
    }

    @Test(arguments: [
        "a: " + String(repeating: "[", count: 300_000), String(repeating: "{a: ", count: 200_000),
        String(repeating: "- ", count: 300_000), String(repeating: "? ", count: 300_000),
        "a:\n" + (0..<3000).map { String(repeating: " ", count: $0) + "- \n" }.joined(),
    ])
    func depth(yaml: String) {
        let start = Date()
        #expect(error(yaml) != nil)
        #expect(Date().timeIntervalSince(start) < 20)
    }

    @Test func manyKeysTakeLinearTime() throws {
        let yaml = (0..<60_000).map { "key\($0): 1\n" }.joined()
        let start = Date()
        #expect(try Setting(yaml: yaml, file: "e.yaml").mappingWithAnyKeys().entries.count == 60_000)
        #expect(Date().timeIntervalSince(start) < 20)
        guard case .repeatedKey(_, key: "key7") = error(yaml + "key7: 2\n") else {
            Issue.record("a key that occurs twice is no error")
            return
        }
    }

    @Test func noErrorPrintsAPage() throws {
        let long = String(repeating: "x", count: 100_000)
        let root = try Setting(yaml: "a: \(long)\n\(long.prefix(900)): 1\n", file: "e.yaml")
            .mappingWithAnyKeys()
        let value = #expect(throws: SettingsError.self) { try root.required("a").int() }
        #expect(try #require(value).description.count < 300)
        let key = #expect(throws: SettingsError.self) {
            try KeyTable([String: Setting]()) {
                SettingKey("a", \.["a"], .later(""), absent: nil, "")
            }.reference.check(root)
        }
        #expect(try #require(key).description.count < 300)
    }

    @Test func textThatLooksLikeAnAliasIsText() throws {
        let root = try Setting(
            yaml: "a: 'x &y *y'\nb: x &y *y\nc: |\n  &y\n  *y\n", file: "e.yaml"
        ).mappingWithAnyKeys()
        #expect(try root.required("b").string() == "x &y *y")
        #expect(try root.required("c").string() == "&y\n*y\n")
    }

    @Test(arguments: [
        "1e-320", "5e-324", "1e-31", "1e31", "1e308", "0", "-1", "nan", ".nan", ".inf", "-.inf", "1e400",
        "''", "x", "1,5",
    ])
    func noPositiveNumber(text: String) throws {
        let root = try Setting(yaml: "C: \(text)\n", file: "e.yaml").mappingWithAnyKeys()
        let error = #expect(throws: SettingsError.self) { try root.required("C").positiveDouble() }
        #expect(try #require(error).description.hasPrefix("e.yaml:1: C: "))
    }

    @Test(arguments: ["0", "1e-30", "1e30", "0.5", "3"])
    func numbersInRange(text: String) throws {
        let root = try Setting(yaml: "C: \(text)\n", file: "e.yaml").mappingWithAnyKeys()
        #expect(try root.required("C").nonNegativeDouble() == Double(text))
    }

    @Test(arguments: [
        "1000000001", "9223372036854775807", "9223372036854775808", "99999999999999999999", "0", "-5", "1.5",
    ])
    func noCount(text: String) throws {
        let root = try Setting(yaml: "n: \(text)\n", file: "e.yaml").mappingWithAnyKeys()
        #expect(throws: SettingsError.self) { try root.required("n").int(atLeast: 1) }
    }

    @Test func seedsHave64Bits() throws {
        func seed(_ text: String) throws -> UInt64 {
            try Setting(yaml: "seed: \(text)\n", file: "e.yaml").mappingWithAnyKeys().required("seed").seed()
        }
        #expect(try seed("18446744073709551615") == .max)
        #expect(try seed("0") == 0)
        for text in ["18446744073709551616", "-1", "1.0", "x"] {
            #expect(throws: SettingsError.self) { try seed(text) }
        }
    }
}
