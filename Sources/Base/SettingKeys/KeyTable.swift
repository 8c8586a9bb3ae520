/// The keys of a settings mapping, from which its reading, its errors and its reference page follow.
///
/// ```swift
/// static let keys = KeyTable(LogisticOptions()) {
///     SettingKey("C", \.C, .positive, "The inverse of the penalty's strength.")
///     SettingKey("max-iter", \.maxIterations, .count(atLeast: 1), "The steps after which the solver gives up.")
/// }
/// ```
public struct KeyTable<Root: Sendable>: Sendable {
    /// What a mapping without any key means.
    let defaults: Root
    /// In the order in which they are read, and errors and the reference page list them.
    let keys: [SettingKey<Root>]

    /// - Precondition: No two keys have one name.
    public init(_ defaults: Root, @Builder _ keys: () -> [SettingKey<Root>]) {
        self.defaults = defaults
        self.keys = keys()
        precondition(Set(self.keys.map(\.name)).count == self.keys.count, "a key is declared twice")
    }

    public var names: [String] { keys.map(\.name) }

    /// The name of the key whose value is there.
    /// - Precondition: There is one.
    public func name(of path: PartialKeyPath<Root>) -> String {
        guard let key = keys.first(where: { $0.path() == path }) else {
            preconditionFailure("no key has its value at \(path)")
        }
        return key.name
    }

    /// The keys for people, without the types of their values.
    public var reference: KeyReference { KeyReference(keys.map { $0.entry(defaults) }) }

    /// Reads a mapping with these keys and no others.
    /// - Throws: `.wrongType` if it is no mapping, `.unknownKey`, `.missingKey`, and what a key's form throws.
    public func read(_ setting: Setting) throws(SettingsError) -> ReadSettings<Root> {
        try read(setting.mappingWithAnyKeys())
    }

    /// Reads a mapping with these keys and no others.
    public func read(_ mapping: SettingsMapping) throws(SettingsError) -> ReadSettings<Root> {
        try reference.check(mapping)
        return try readOwn(mapping)
    }

    /// Reads these keys of a mapping that has others too.
    public func readOwn(_ mapping: SettingsMapping) throws(SettingsError) -> ReadSettings<Root> {
        var values = defaults
        for key in keys {
            if let setting = mapping[key.name] {
                try key.read(setting, &values)
            } else if key.isRequired {
                throw mapping.missing(key.name)
            }
        }
        return ReadSettings(values: values, mapping: mapping, table: self)
    }

    /// The same keys in a larger mapping, which has their values at `path`.
    public func lifted<Whole>(to path: WritableKeyPath<Whole, Root> & Sendable) -> [SettingKey<Whole>] {
        keys.map { $0.lifted(to: path) }
    }

    /// Lists the keys of a table, one a line.
    @resultBuilder
    public enum Builder {
        public static func buildExpression(_ key: SettingKey<Root>) -> [SettingKey<Root>] { [key] }
        public static func buildExpression(_ keys: [SettingKey<Root>]) -> [SettingKey<Root>] { keys }
        public static func buildArray(_ keys: [[SettingKey<Root>]]) -> [SettingKey<Root>] {
            keys.flatMap(\.self)
        }
        public static func buildBlock(_ keys: [SettingKey<Root>]...) -> [SettingKey<Root>] {
            keys.flatMap(\.self)
        }
    }
}
