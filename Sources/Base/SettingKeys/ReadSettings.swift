/// The values of a mapping, with the settings that they were read from.
///
/// A value is a property: `settings.seed`. What the file says of it, for an error, is `settings.setting(\.seed)`.
@dynamicMemberLookup
public struct ReadSettings<Root: Sendable>: Sendable {
    /// The value of each key, or its default.
    public let values: Root
    public let mapping: SettingsMapping
    let table: KeyTable<Root>

    public subscript<Value>(dynamicMember path: KeyPath<Root, Value>) -> Value { values[keyPath: path] }

    /// The setting of a key; nil where it is absent or null.
    /// - Precondition: A key of the table has its value there.
    public func setting(_ path: PartialKeyPath<Root>) -> Setting? { mapping[keyName(path)] }

    /// The value of a key that must be there.
    public func required<Value>(_ path: KeyPath<Root, Value?>) throws(SettingsError) -> Value {
        guard let value = values[keyPath: path] else { throw mapping.missing(keyName(path)) }
        return value
    }

    /// - Throws: `.badValue` for the first of some keys that is there.
    public func forbid(_ paths: [PartialKeyPath<Root>], expected: String) throws(SettingsError) {
        try forbid(paths) { _ in expected }
    }

    /// The same, where what is expected names the key.
    public func forbid(
        _ paths: [PartialKeyPath<Root>], expected: (_ key: String) -> String
    ) throws(SettingsError) {
        for path in paths {
            if let given = setting(path) { throw given.badValue(expected: expected(keyName(path))) }
        }
    }

    /// - Throws: `.badValue` for the first key that is there besides some.
    public func forbidOthers(than paths: [PartialKeyPath<Root>], expected: String) throws(SettingsError) {
        let allowed = paths.map(keyName)
        for key in table.keys where !allowed.contains(key.name) {
            if let given = mapping[key.name] { throw given.badValue(expected: expected) }
        }
    }

    /// The values of some of the keys, which have a table of their own that was `lifted(to:)` this one.
    public func part<Part>(_ path: KeyPath<Root, Part>, of table: KeyTable<Part>) -> ReadSettings<Part> {
        ReadSettings<Part>(values: values[keyPath: path], mapping: mapping, table: table)
    }

    /// The name of the key whose value is there.
    /// - Precondition: There is one.
    public func keyName(_ path: PartialKeyPath<Root>) -> String { table.name(of: path) }
}
