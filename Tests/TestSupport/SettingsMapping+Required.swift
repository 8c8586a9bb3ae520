import SettingKeys

extension SettingsMapping {
    /// The value under a key that must be there.
    public func required(_ key: String) throws(SettingsError) -> Setting {
        guard let value = self[key] else { throw missing(key) }
        return value
    }
}
