import SettingKeys

/// `model: features`: any features with any learner: `features: {tfidf: {...}}`, `features: {lsa: {...}}` or `features:
/// {encoder: ..., pooling: ...}`, and `learner: {logistic: {...}}`, `{svm: {...}}` and the like.
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
            .later("tfidf or lsa, or a mapping of one of them or of an encoder", keys: { featureKeys }),
            "The features of the texts.")
        NamedLearner.key(\.learner, absent: LearnerKind.logistic.rawValue)
        SearchKey.keys.lifted(to: \.search)
    }

    /// The keys of features that are made of terms; each stands alone.
    private struct TermKeys: Sendable {
        var tfidf: Setting?
        var lsa: Setting?

        static let keys = KeyTable(TermKeys()) {
            SettingKey(
                FeatureKind.tfidf.rawValue, \.tfidf, .later("a mapping", keys: { FeatureKind.tfidf.keys }),
                absent: nil,
                "TF-IDF features; the other keys are those of an encoder, which stand in its place.")
            SettingKey(
                FeatureKind.lsa.rawValue, \.lsa, .later("a mapping", keys: { FeatureKind.lsa.keys }),
                absent: nil, "Latent semantic analysis: TF-IDF, projected to few dimensions.")
        }
    }

    private static let termKinds: [FeatureKind] = [.tfidf, .lsa]

    private static var featureKeys: KeyReference {
        // An encoder is required only where there is no TF-IDF.
        let encoder = FeatureKind.encoder.keys.entries.map { entry in
            var entry = entry
            entry.isRequired = false
            return entry
        }
        return KeyReference(TermKeys.keys.reference.entries + encoder)
    }

    static var settingKeys: KeyReference { keys.reference }

    let entry: FeatureEntry

    static func settings(_ entry: SettingsMapping) throws -> FeatureSettings {
        let keys = try Self.keys.readOwn(entry)
        let (kind, features) = try features(keys.required(\.features))
        let (learnerKind, learner) = try NamedLearner.read(
            keys.learner, in: entry, hasCounts: kind == .tfidf)
        return FeatureSettings(
            kind, (termKinds.contains(kind) ? kind.rawValue : featuresKey, features), learnerKind,
            (learnerKind.rawValue, learner))
    }

    /// `tfidf`, `{tfidf: {...}}`, the same with `lsa`, or `{encoder: NAME, ...}`.
    private static func features(_ setting: Setting) throws -> (FeatureKind, SettingsMapping) {
        if case .scalar(let name, _) = setting.value,
            let kind = termKinds.first(where: { $0.rawValue == name })
        {
            return (kind, try setting.emptyMapping())
        }
        let mapping = try setting.mappingWithAnyKeys()
        try featureKeys.check(mapping)
        if let kind = termKinds.first(where: { mapping[$0.rawValue] != nil }),
            let own = mapping[kind.rawValue]
        {
            try TermKeys.keys.reference.check(mapping)
            if mapping.entries.count > 1 {
                throw setting.badValue(expected: "'\(kind.rawValue)' alone, or another key in its place")
            }
            return (kind, try own.mappingWithAnyKeys())
        }
        guard mapping[FeatureKind.encoder.rawValue] != nil else {
            throw setting.badValue(expected: "'tfidf: {...}', 'lsa: {...}' or 'encoder: NAME'")
        }
        return (.encoder, mapping)
    }
}
