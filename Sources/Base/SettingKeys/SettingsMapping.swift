/// The entries of a YAML mapping, in file order.
public struct SettingsMapping: Sendable {
    /// The mapping itself.
    public let setting: Setting
    public let entries: [(key: String, value: Setting)]

    /// The value under a key; nil where the key is absent or its value is null.
    public subscript(key: String) -> Setting? {
        guard let entry = entries.first(where: { $0.key == key }) else { return nil }
        if case .null = entry.value.value { return nil }
        return entry.value
    }

    /// The value under a key that must be there.
    public func required(_ key: String) throws(SettingsError) -> Setting {
        guard let value = self[key] else { throw .missingKey(setting.place, key: path(key)) }
        return value
    }

    func path(_ key: String) -> String {
        setting.key.isEmpty ? key : "\(setting.key).\(key)"
    }
}
