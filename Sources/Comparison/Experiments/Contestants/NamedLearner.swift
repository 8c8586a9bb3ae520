import SettingKeys

/// The key `learner:`: `svm`, `{svm: {...}}` and the like.
enum NamedLearner {
    static let name = "learner"

    private struct Key: Sendable {
        var learner: Setting?
    }

    /// - Parameter absent: What it is where the key is absent.
    static func key<Root>(
        _ path: WritableKeyPath<Root, Setting?> & Sendable, absent: String
    ) -> SettingKey<Root> {
        SettingKey(
            name, path,
            .later(
                "one of \(LearnerKind.named.map(\.rawValue).joined(separator: ", ")), or a mapping of one of them",
                keys: { keys }),
            absent: absent, "The learner.")
    }

    private static var keys: KeyReference {
        KeyReference(
            LearnerKind.named.flatMap { kind in
                KeyTable(Key()) {
                    SettingKey(
                        kind.rawValue, \.learner, .later("a mapping", keys: { kind.keys }), absent: nil,
                        "The options of \(kind.rawValue).")
                }.reference.entries
            })
    }

    /// - Parameters:
    ///   - setting: The key's; nil for logistic regression.
    ///   - hasCounts: Whether the features are never below 0.
    static func read(
        _ setting: Setting?, in entry: SettingsMapping, hasCounts: Bool
    ) throws -> (LearnerKind, SettingsMapping) {
        guard let setting else { return (.logistic, try entry.setting.emptyMapping()) }
        let (kind, settings) = try read(setting)
        if kind.needsCounts && !hasCounts {
            throw setting.badValue(
                expected:
                    "logistic, svm or knn: naive Bayes needs counts or TF-IDF values, and these vectors may be below 0"
            )
        }
        return (kind, settings)
    }

    private static func read(_ setting: Setting) throws -> (LearnerKind, SettingsMapping) {
        let names = LearnerKind.named.map(\.rawValue)
        if case .scalar(let name, _) = setting.value, names.contains(name),
            let kind = LearnerKind(rawValue: name)
        {
            return (kind, try setting.emptyMapping())
        }
        let mapping = try setting.mappingWithAnyKeys()
        try keys.check(mapping)
        guard mapping.entries.count == 1, let kind = LearnerKind(rawValue: mapping.entries[0].key) else {
            throw setting.badValue(expected: "one of \(names.joined(separator: ", "))")
        }
        return (kind, try mapping[kind.rawValue]?.mappingWithAnyKeys() ?? setting.emptyMapping())
    }
}
