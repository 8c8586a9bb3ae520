import SettingKeys

/// `model: frozen-encoder`: a BERT that is not trained, and a linear head on what it makes of each text.
struct FrozenEncoderContestant: FeatureContestant {
    static let model = "frozen-encoder"
    static let otherNames = [
        "frozen", "encoder", "sentence-transformer", "sentence-transformers",
        "minilm",
    ]
    static let purpose = "A BERT that is not trained, with a linear head on its vectors of the texts."
    static var settingKeys: KeyReference { keys.reference }

    private struct Keys: Sendable {
        var encoder = EncoderDescription.Keys()
        var head: Setting?
        var search = SearchKey()
    }

    private static let keys = KeyTable(Keys()) {
        EncoderDescription.keys.lifted(to: \.encoder)
        SettingKey(
            LearnerKind.head.rawValue, \.head, .later("a mapping", keys: { LearnerKind.head.keys }),
            absent: nil, "The options of the linear head.")
        SearchKey.keys.lifted(to: \.search)
    }

    let entry: FeatureEntry

    static func settings(_ entry: SettingsMapping) throws -> FeatureSettings {
        let keys = try Self.keys.readOwn(entry)
        let others = entry.entries.map(\.key).filter { !EncoderDescription.keys.names.contains($0) }
        return FeatureSettings(
            .encoder, (FeaturesContestant.featuresKey, entry.removing(others)), .head,
            (
                LearnerKind.head.rawValue,
                try keys.head?.mappingWithAnyKeys() ?? entry.setting.emptyMapping()
            ))
    }
}
