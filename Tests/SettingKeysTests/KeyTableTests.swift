import SettingKeys
import Testing

/// A table of keys reads a mapping, and everything that is said of the keys follows from it.
@Suite struct KeyTableTests {
    struct Cooking: Equatable {
        var minutes = 10
        var salt: Double?
        var dish: String?
        var oven = Oven()
    }

    struct Oven: Equatable {
        var heat = Heat.low
        var fan = false
    }

    enum Heat: String, CaseIterable {
        case low, high
    }

    static let oven = KeyTable(Oven()) {
        SettingKey("heat", \.heat, .choice, "How hot it is.")
        SettingKey("fan", \.fan, .flag, "Whether the fan turns.")
    }

    static let cooking = KeyTable(Cooking()) {
        SettingKey(required: "dish", \.dish, .text, "What is cooked.")
        SettingKey("minutes", \.minutes, .count(atLeast: 1), "How long it takes.")
        SettingKey("salt", \.salt, .positive, absent: "to taste", "Grams of salt.")
        SettingKey("oven", \.oven, .mapping(oven), "The oven.")
    }

    struct Node {
        var name = ""
        var below: Setting?

        static let keys: KeyTable<Node> = KeyTable(Node()) {
            SettingKey("name", \.name, .text, "Its name.")
            SettingKey(
                "below", \.below, .later("a mapping", keys: { Node.keys.reference }), absent: nil, "A node.")
        }
    }

    func read(_ yaml: String) throws -> ReadSettings<Cooking> {
        try Self.cooking.read(Setting(yaml: yaml, file: "e.yaml"))
    }

    @Test func absentKeysLeaveTheDefaults() throws {
        #expect(try read("dish: soup").values == Cooking(dish: "soup"))
        #expect(try read("dish: soup\nminutes: null\noven: {}").values == Cooking(dish: "soup"))
    }

    @Test func eachKeyGoesToItsPlace() throws {
        let cooking = try read("oven: {fan: true, heat: high}\nsalt: 2.5\nminutes: 7\ndish: pie")
        #expect(
            cooking.values
                == Cooking(minutes: 7, salt: 2.5, dish: "pie", oven: Oven(heat: .high, fan: true)))
        #expect(cooking.salt == 2.5 && cooking.oven.fan)
        #expect(cooking.setting(\.salt)?.place.line == 2 && cooking.keyName(\.minutes) == "minutes")
        #expect(try read("dish: pie").setting(\.salt) == nil)
    }

    @Test(arguments: [
        ("minutes: 3", "e.yaml:1: key 'dish' is missing"),
        ("dish: pie\nminutes: 0", "e.yaml:2: minutes: found '0', expected an integer of at least 1"),
        ("dish: pie\nminuets: 3", "e.yaml:2: unknown key 'minuets'; did you mean 'minutes'?"),
        ("dish: pie\nfan: true", "e.yaml:2: unknown key 'fan'; did you mean 'oven: {fan: ...}'?"),
        (
            "dish: pie\nzebra: true",
            "e.yaml:2: unknown key 'zebra'; known keys: dish, minutes, salt, oven"
        ),
        (
            "dish: pie\noven: {heat: hgih}",
            "e.yaml:2: oven.heat: found 'hgih', expected one of low, high (did you mean 'high'?)"
        ),
        ("dish: pie\noven: {haet: high}", "e.yaml:2: unknown key 'oven.haet'; did you mean 'heat'?"),
        ("dish: pie\noven: high", "e.yaml:2: oven: found 'high', expected a mapping"),
    ])
    func mistakesAreTold(yaml: String, error: String) {
        #expect(#expect(throws: SettingsError.self) { try read(yaml) }?.description == error)
    }

    @Test func keysThatDoNotGoTogether() throws {
        let cooking = try read("dish: pie\nsalt: 1\nminutes: 3")
        try cooking.forbid([\.oven], expected: "nothing")
        try cooking.forbidOthers(than: [\.dish, \.salt, \.minutes], expected: "nothing")
        #expect(throws: SettingsError.self) { try cooking.forbid([\.oven, \.salt], expected: "no salt") }
        let named = #expect(throws: SettingsError.self) {
            try cooking.forbid([\.oven, \.salt]) { "no '\($0)' today" }
        }
        #expect(named?.description == "e.yaml:2: salt: found '1', expected no 'salt' today")
        let other = #expect(throws: SettingsError.self) {
            try cooking.forbidOthers(than: [\.dish, \.salt], expected: "no time")
        }
        #expect(other?.description == "e.yaml:3: minutes: found '3', expected no time")
        #expect(try cooking.required(\.salt) == 1)
        let missing = #expect(throws: SettingsError.self) { try read("dish: pie").required(\.salt) }
        #expect(missing?.description == "e.yaml:1: key 'salt' is missing")
    }

    /// Keys of one table among those of another.
    @Test func liftedKeys() throws {
        struct Menu {
            var guests = 2
            var cooking = Cooking()
        }
        let table = KeyTable(Menu()) {
            SettingKey("guests", \.guests, .count(atLeast: 1), "How many eat.")
            Self.cooking.lifted(to: \.cooking)
        }
        #expect(table.names == ["guests", "dish", "minutes", "salt", "oven"])
        let menu = try table.read(Setting(yaml: "dish: pie\nminutes: 4\nguests: 3", file: "e.yaml"))
        #expect(menu.cooking == Cooking(minutes: 4, dish: "pie") && menu.guests == 3)
        #expect(menu.setting(\.cooking.minutes)?.place.line == 2)
        let cooking = menu.part(\.cooking, of: Self.cooking)
        #expect(cooking.minutes == 4 && cooking.setting(\.minutes)?.place.line == 2)
        #expect(throws: SettingsError.missingKey(.init(file: "e.yaml", line: 1), key: "dish")) {
            try table.read(Setting(yaml: "guests: 3", file: "e.yaml"))
        }
    }

    @Test func ownKeysAmongOthers() throws {
        let yaml = try Setting(yaml: "fan: true\nother: 1", file: "e.yaml").mappingWithAnyKeys()
        #expect(try Self.oven.readOwn(yaml).values == Oven(fan: true))
        #expect(throws: SettingsError.self) { try Self.oven.read(yaml) }
    }

    @Test func theReferenceOnATerminal() {
        #expect(
            Self.cooking.reference.text(width: 60) == """
                dish: text
                    What is cooked. Required.
                minutes: an integer of at least 1
                    How long it takes. Default: 10.
                salt: a number above 0
                    Grams of salt. Default: to taste.
                oven: a mapping
                    The oven.
                  heat: one of low, high
                      How hot it is. Default: low.
                  fan: true or false
                      Whether the fan turns. Default: false.

                """)
    }

    @Test func theReferenceAsMarkdown() {
        #expect(
            Self.cooking.reference.markdown(title: "a dinner") == """
                ## The keys of a dinner

                | key | value | default | meaning |
                | --- | --- | --- | --- |
                | `dish` | text | required | What is cooked. |
                | `minutes` | an integer of at least 1 | 10 | How long it takes. |
                | `salt` | a number above 0 | to taste | Grams of salt. |
                | [`oven`](#oven) | a mapping | | The oven. |

                ### `oven`

                | key | value | default | meaning |
                | --- | --- | --- | --- |
                | `heat` | one of low, high | low | How hot it is. |
                | `fan` | true or false | false | Whether the fan turns. |

                """)
    }

    /// A table that stands under itself is printed once.
    @Test func tablesWithinThemselves() {
        #expect(
            Node.keys.reference.text(width: 60) == """
                name: text
                    Its name.
                below: a mapping
                    A node.
                  name: text
                      Its name.
                  below: a mapping
                      A node. Its keys are those of `below` above.

                """)
    }

    @Test func variants() {
        let reference = KeyReference(
            Self.oven.reference.entries,
            variants: [
                .init(title: "model: gas", meaning: "With a flame.", keys: KeyReference([])),
                .init(title: "model: big", meaning: "For two dishes.", keys: Self.oven.reference),
            ])
        let text = reference.text(width: 60)
        #expect(text.contains("\nmodel: gas\n    With a flame. It has no keys of its own.\n"), "\(text)")
        #expect(text.contains("\nmodel: big\n    For two dishes.\n  heat: one of low, high\n"), "\(text)")
        #expect(reference.names == ["heat", "fan"])
    }
}
