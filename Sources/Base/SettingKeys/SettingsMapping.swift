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

    /// An error that says that a key is missing.
    package func missing(_ key: String) -> SettingsError { .missingKey(setting.place, key: path(to: key)) }

    /// The whole path of keys to `key`.
    func path(to key: String) -> String {
        setting.key.isEmpty ? key : "\(setting.key).\(key)"
    }
}
