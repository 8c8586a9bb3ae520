import SettingKeys

/// `model: features`: any features with any learner: `features: {tfidf: {...}}` or `features: {encoder: ..., pooling: ...}`,
/// and `learner: {logistic: {...}}`, `{svm: {...}}` or `{naive-bayes: {...}}`.
struct FeaturesContestant: FeatureContestant {
    static let model = "features"
    static let purpose = "Any features with any learner; `model` may be left out."
    /// The key by which an entry is of this family without a `model:`.
    static let featuresKey = "features"

    private struct Keys: Sendable {
        var features: Setting?
        var learner: Setting?
        var search = SearchKey()
    }

    private static let keys = KeyTable(Keys()) {
        SettingKey(
            required: featuresKey, \.features,
            .later("tfidf, or a mapping of it or of an encoder", keys: { featureKeys }),
            "The features of the texts.")
        NamedLearner.key(\.learner, absent: LearnerKind.logistic.rawValue)
        SearchKey.keys.lifted(to: \.search)
    }

    private struct TfidfKey: Sendable {
        var tfidf: Setting?

        static let keys = KeyTable(TfidfKey()) {
            SettingKey(
                FeatureKind.tfidf.rawValue, \.tfidf, .later("a mapping", keys: { FeatureKind.tfidf.keys }),
                absent: nil,
                "TF-IDF features; the other keys are those of an encoder, which stand in its place.")
        }
    }

    private static var featureKeys: KeyReference {
        // An encoder is required only where there is no TF-IDF.
        let encoder = FeatureKind.encoder.keys.entries.map { entry in
            var entry = entry
            entry.isRequired = false
            return entry
        }
        return KeyReference(TfidfKey.keys.reference.entries + encoder)
    }

    static var settingKeys: KeyReference { keys.reference }

    let entry: FeatureEntry

    static func settings(_ entry: SettingsMapping) throws -> FeatureSettings {
        let keys = try Self.keys.readOwn(entry)
        let (kind, features) = try features(keys.required(\.features))
        let (learnerKind, learner) = try NamedLearner.read(
            keys.learner, in: entry, hasCounts: kind == .tfidf)
        return FeatureSettings(
            kind, (kind == .tfidf ? kind.rawValue : featuresKey, features), learnerKind,
            (learnerKind.rawValue, learner))
    }

    /// `tfidf`, `{tfidf: {...}}`, or `{encoder: NAME, ...}`.
    private static func features(_ setting: Setting) throws -> (FeatureKind, SettingsMapping) {
        let tfidf = FeatureKind.tfidf.rawValue
        if case .scalar(tfidf, _) = setting.value { return (.tfidf, try setting.emptyMapping()) }
        let mapping = try setting.mappingWithAnyKeys()
        try featureKeys.check(mapping)
        if let own = mapping[tfidf] {
            try TfidfKey.keys.reference.check(mapping)
            return (.tfidf, try own.mappingWithAnyKeys())
        }
        guard mapping[FeatureKind.encoder.rawValue] != nil else {
            throw setting.badValue(expected: "'tfidf: {...}' or 'encoder: NAME'")
        }
        return (.encoder, mapping)
    }
}
