import Foundation
import SettingKeys
import TestSupport
import Testing

struct SettingTests {
    private func parse(_ yaml: String) throws -> SettingsMapping {
        try Setting(yaml: yaml, file: "e.yaml").mappingWithAnyKeys()
    }

    private func place(_ line: Int) -> SettingsError.Place { .init(file: "e.yaml", line: line) }

    /// Keys that may be anything.
    private func keys(_ names: String...) -> KeyReference {
        KeyTable([String: Setting]()) {
            for name in names { SettingKey(name, \.[name], .later(""), absent: nil, "") }
        }.reference
    }

    // MARK: Keys

    @Test func anUnknownKeySuggestsTheNearest() throws {
        let root = try parse("name: x\nsplt: official\n")
        let error = #expect(throws: SettingsError.self) { try keys("name", "split", "clean").check(root) }
        #expect(
            error
                == .unknownKey(
                    place(2), key: "splt", suggestion: "split", known: ["name", "split", "clean"]))
        #expect(error?.description == "e.yaml:2: unknown key 'splt'; did you mean 'split'?")
    }

    @Test func anUnknownKeyLikeNoOtherListsTheKnown() throws {
        let root = try parse("zebra: 1")
        let error = #expect(throws: SettingsError.self) { try keys("name", "split").check(root) }
        #expect(error?.description == "e.yaml:1: unknown key 'zebra'; known keys: name, split")
    }

    @Test func nestedKeysAreNamedByTheirPath() throws {
        let list = try parse("runs:\n  - seed: 1\n  - sede: 2\n").required("runs").list()
        let error = #expect(throws: SettingsError.self) {
            try keys("seed").check(list[1].mappingWithAnyKeys())
        }
        #expect(error?.description == "e.yaml:3: unknown key 'runs[1].sede'; did you mean 'seed'?")
    }

    @Test func missingKeys() throws {
        let root = try parse("split:\n  seed: 1\nempty:\n")
        let split = try root.required("split").mappingWithAnyKeys()
        #expect(split.missing("train") == .missingKey(place(2), key: "split.train"))
        #expect(root.missing("empty") == .missingKey(place(1), key: "empty"))
        #expect(root["empty"] == nil && root["absent"] == nil && root["split"] != nil)
    }

    @Test func aRepeatedKeyIsAnError() {
        let error = #expect(throws: SettingsError.self) { try parse("name: a\nseed: 1\nname: b\n") }
        #expect(error == .repeatedKey(place(3), key: "name"))
        #expect(error?.description == "e.yaml:3: key 'name' occurs twice")
    }

    /// The line is that of the key, however deep it stands; the same key in another mapping is another key.
    @Test(arguments: [
        ("a: 1\nsplit:\n  seed: 1\n  train: 2\n  seed: 3\n", 5, "split.seed"),
        ("list:\n  - {id: a}\n  - {id: b, model: x,\n     id: c}\n", 4, "list.id"),
        ("a: {b: {c: 1, d: 2,\n  c: 3}}\n", 2, "a.b.c"), ("? [x, y]\n: 1\na: 1\n\na: 2\n", 5, "a"),
        ("a: [1, {b: 2}]\n\"a\": 3\n", 2, "a"), ("a:\nb: 1\na:\n", 3, "a"),
    ])
    func repeatedKeysAreToldWhereTheyStand(yaml: String, line: Int, key: String) {
        #expect(throws: SettingsError.repeatedKey(place(line), key: key)) { try parse(yaml) }
    }

    @Test func aKeyOfAnotherMappingIsAnotherKey() throws {
        #expect(try parse("id: {id: {id: id}}\nlist: [{id: 1}, {id: 2}, id, id]\n").entries.count == 2)
    }

    @Test func aFlagIsNoValueThatSomebodySpelled() {
        let flag = Setting(flag: "--no-header", false)
        #expect(
            flag.badValue(expected: "a table").description
                == "command line: --no-header: found the flag, expected a table")
        #expect((try? flag.bool()) == false)
    }

    @Test func entriesKeepTheirOrder() throws {
        #expect(try parse("c: 1\na: 2\nb: 3").entries.map(\.key) == ["c", "a", "b"])
    }

    // MARK: Types

    @Test func values() throws {
        let root = try parse(
            """
            text: front desk
            quoted: "7"
            int: -3
            double: 2e-5
            bool: true
            list: [a, b]
            one: a
            """)
        #expect(try root.required("text").string() == "front desk")
        #expect(try root.required("quoted").string() == "7")
        #expect(try root.required("int").int() == -3)
        #expect(try root.required("int").string() == "-3")
        #expect(try root.required("double").double() == 2e-5)
        #expect(try root.required("int").double() == -3)
        #expect(try root.required("bool").bool())
        #expect(try root.required("list").strings() == ["a", "b"])
        #expect(try root.required("one").strings() == ["a"])
    }

    @Test func aQuotedValueIsText() throws {
        let root = try parse("a: \"true\"\nb: '7'\nc: \"\"\nd: 'null'")
        #expect(
            throws: SettingsError.wrongType(place(1), key: "a", found: "'true'", expected: "true or false")
        ) {
            try root.required("a").bool()
        }
        #expect(throws: SettingsError.wrongType(place(2), key: "b", found: "'7'", expected: "an integer")) {
            try root.required("b").int()
        }
        #expect(throws: SettingsError.self) { try root.required("b").double() }
        #expect(try root.required("c").string() == "")
        #expect(try root.required("d").string() == "null")
    }

    @Test(arguments: ["yes", "no", "on", "False", "TRUE", "1", "''"])
    func onlyTrueAndFalseAreTruthValues(text: String) throws {
        let value = try parse("a: \(text)").required("a")
        #expect(throws: SettingsError.self) { try value.bool() }
    }

    @Test(arguments: ["1.5", "x", "1e3", "[1]", "{b: 1}", "99999999999999999999"])
    func wholeNumbersOnly(text: String) throws {
        let value = try parse("a: \(text)").required("a")
        #expect(throws: SettingsError.self) { try value.int() }
    }

    @Test(arguments: ["nan", "inf", ".inf", "x", "[1]"])
    func finiteNumbersOnly(text: String) throws {
        let value = try parse("a: \(text)").required("a")
        #expect(throws: SettingsError.self) { try value.double() }
    }

    @Test func mappingsListsAndTextsAreNotEachOther() throws {
        let root = try parse("m: {b: 1}\nl: [1]\nt: x")
        #expect(throws: SettingsError.wrongType(place(1), key: "m", found: "a mapping", expected: "a list")) {
            try root.required("m").list()
        }
        #expect(throws: SettingsError.wrongType(place(2), key: "l", found: "a list", expected: "text")) {
            try root.required("l").string()
        }
        #expect(throws: SettingsError.wrongType(place(3), key: "t", found: "'x'", expected: "a mapping")) {
            try root.required("t").mappingWithAnyKeys()
        }
    }

    private enum Colour: String, CaseIterable { case red, green }

    @Test func choices() throws {
        let root = try parse("a: green\nb: gren")
        #expect(try root.required("a").oneOf(Colour.self) == .green)
        let error = #expect(throws: SettingsError.self) { try root.required("b").oneOf(Colour.self) }
        #expect(
            error?.description
                == "e.yaml:2: b: found 'gren', expected one of red, green (did you mean 'green'?)")
    }

    // MARK: Files

    @Test func placesAreLines() throws {
        let root = try parse("# a comment\n\na: 1\nb:\n  - x\n  - {c: y}\n")
        #expect(root["a"]?.place == place(3))
        let items = try root.required("b").list()
        #expect(items.map(\.place) == [place(5), place(6)])
        #expect(items[1].key == "b[1]")
    }

    @Test(arguments: ["", "# nothing\n"])
    func anEmptyFile(yaml: String) {
        #expect(
            throws: SettingsError.wrongType(place(1), key: "file", found: "nothing", expected: "a mapping")
        ) { try parse(yaml) }
    }

    @Test(arguments: ["a: [1, 2\nb: 3", "a: b: c", "\ta: 1", "a: 'x"])
    func whatIsNotYAML(yaml: String) {
        let error = #expect(throws: SettingsError.self) { try parse(yaml) }
        guard case .syntax(let place, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(place.file == "e.yaml")
    }

    @Test(arguments: ["a: &x 1\nb: *x", "a: &x {c: 1}\nb: *x", "a: &x [1]\nb: *x", "a: &x 1"])
    func anchorsAreRefused(yaml: String) {
        let error = #expect(throws: SettingsError.self) { try parse(yaml) }
        guard case .syntax = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func anUndefinedAliasIsASyntaxError() {
        #expect(throws: SettingsError.self) { try parse("a: *x") }
    }

    @Test func unreadableFiles() throws {
        let folder = try TemporaryFolder()
        let file = folder.file("e.yaml")
        #expect(throws: SettingsError.unreadable(file: file.path, reason: "no such file")) {
            try Setting(contentsOf: file)
        }
        try folder.write([0x61, 0x3a, 0xff, 0xfe], to: "e.yaml")
        #expect(throws: SettingsError.unreadable(file: file.path, reason: "it is not UTF-8 text")) {
            try Setting(contentsOf: file)
        }
        #expect(throws: SettingsError.unreadable(file: folder.url.path, reason: "it is a folder")) {
            try Setting(contentsOf: folder.url)
        }
    }
}
