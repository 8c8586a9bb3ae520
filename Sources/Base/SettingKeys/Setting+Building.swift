extension Setting {
    package init(key: String, place: SettingsError.Place, value: Value, isFlag: Bool = false) {
        self.key = key
        self.place = place
        self.value = value
        self.isFlag = isFlag
    }

    /// A text that stands in no file itself but is treated as if it stood at `place`.
    public static func text(_ text: String, key: String, at place: SettingsError.Place) -> Setting {
        Setting(key: key, place: place, value: .scalar(text, quoted: true))
    }

    /// One spelling for one meaning, whatever the file's layout, comments and order of keys: for fingerprints.
    public var canonicalText: String {
        switch value {
        case .null:
            return "null"
        case .scalar(let text, let quoted):
            return quoted ? Setting.quoted(text) : text
        case .list(let items):
            return "[" + items.map(\.canonicalText).joined(separator: ", ") + "]"
        case .mapping(let entries):
            let sorted = entries.sorted { $0.key < $1.key }
            return "{" + sorted.map { "\($0.key): \($0.value.canonicalText)" }.joined(separator: ", ") + "}"
        }
    }

    private static func quoted(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(escaped)\""
    }
}

extension SettingsMapping {
    /// This mapping without some of its keys.
    public func removing(_ keys: [String]) -> SettingsMapping {
        replacing(entries: entries.filter { !keys.contains($0.key) })
    }

    /// This mapping with the values of `other` in place of those under the same keys, and its further keys added.
    public func overridden(by other: SettingsMapping) -> SettingsMapping {
        let kept = entries.filter { entry in !other.entries.contains { $0.key == entry.key } }
        return replacing(entries: kept + other.entries)
    }

    /// This mapping with one more entry, whose place is the mapping's own.
    public func adding(_ key: String, _ text: String) -> SettingsMapping {
        let value = Setting(
            key: path(to: key), place: setting.place, value: .scalar(text, quoted: true))
        return replacing(entries: entries.filter { $0.key != key } + [(key, value)])
    }

    /// This mapping with another value under a key, which is added if it is new.
    public func replacing(_ key: String, with value: Setting) -> SettingsMapping {
        replacing(entries: entries.filter { $0.key != key } + [(key, value)])
    }

    private func replacing(entries: [(key: String, value: Setting)]) -> SettingsMapping {
        let new = Setting(key: setting.key, place: setting.place, value: .mapping(entries))
        return SettingsMapping(setting: new, entries: entries)
    }
}
