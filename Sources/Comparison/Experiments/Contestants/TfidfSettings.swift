import Corpora
import Features
import SettingKeys

/// The settings of a TF-IDF contestant in their two parts, before they are read: what a search puts its values in.
struct TfidfSettings {
    /// What stands under `tfidf:`.
    var tfidf: SettingsMapping
    /// What stands under the learner's own key, such as `logistic:`.
    var learner: SettingsMapping
    let learnerKey: String
    /// The keys that the learner has.
    let learnerKeys: [String]

    private static let tfidfKey = "tfidf"

    /// The values of the keys of a contestant's entry, which are read when a search has put its values in.
    struct Keys: Sendable {
        var tfidf: Setting?
        var learner: Setting?
        var search: Setting?
    }

    /// The keys of an entry whose learner has keys of its own.
    static func keys(_ learnerKey: String, _ learnerKeys: KeyReference) -> KeyTable<Keys> {
        KeyTable(Keys()) {
            SettingKey(
                tfidfKey, \.tfidf, .later("a mapping", keys: { TfidfKeys.keys.reference }), absent: nil,
                "How texts become vectors.")
            SettingKey(
                learnerKey, \.learner, .later("a mapping", keys: { learnerKeys }), absent: nil,
                "What learns from them.")
            SettingKey(
                "search", \.search, .later("a mapping {KEY: [value, ...], ..., metric: METRIC}"),
                absent: "none",
                "Values to try of keys of either, in all combinations; the metric on validation chooses, by default f1-macro."
            )
        }
    }

    /// Which part a key belongs to.
    fileprivate enum Part {
        case tfidf, learner
    }

    /// A setting that is searched, with the values to try.
    struct Axis {
        /// The key; with the part in front where both parts have it.
        let name: String
        let values: [Setting]
        fileprivate let key: String
        fileprivate let part: Part
    }

    /// The contestant's entry.
    init(_ entry: ReadSettings<Keys>, learnerKey: String, learnerKeys: [String]) throws(SettingsError) {
        let empty = entry.mapping.removing(entry.mapping.entries.map(\.key))
        tfidf = try entry.tfidf?.mappingWithAnyKeys() ?? empty
        learner = try entry.learner?.mappingWithAnyKeys() ?? empty
        self.learnerKey = learnerKey
        self.learnerKeys = learnerKeys
    }

    /// What an entry of `search:` tries: `C: [...]`, `max-features: [...]`, `tfidf.max-features: [...]`, or several under
    /// `tfidf: {...}` or the learner's key.
    func axes(key: String, _ value: Setting) throws(SettingsError) -> [Axis] {
        for (name, part) in [(TfidfSettings.tfidfKey, Part.tfidf), (learnerKey, .learner)] {
            if key == name {
                var axes: [Axis] = []
                for entry in try value.mappingWithAnyKeys().entries {
                    axes.append(try axis(entry.key, entry.value, part))
                }
                return axes
            }
            if key.hasPrefix(name + ".") {
                return [try axis(String(key.dropFirst(name.count + 1)), value, part)]
            }
        }
        let isLearners = learnerKeys.contains(key) || !TfidfKeys.keys.names.contains(key)
        return [try axis(key, value, isLearners ? .learner : .tfidf)]
    }

    private func axis(_ key: String, _ value: Setting, _ part: Part) throws(SettingsError) -> Axis {
        let known = part == .tfidf ? TfidfKeys.keys.names : learnerKeys
        let all = learnerKeys + TfidfKeys.keys.names
        guard known.contains(key) else {
            throw .unknownKey(value.place, key: value.key, suggestion: nearest(to: key, in: all), known: all)
        }
        let isShared = part == .tfidf && learnerKeys.contains(key)
        return Axis(
            name: isShared ? "\(TfidfSettings.tfidfKey).\(key)" : key, values: try value.list(), key: key,
            part: part)
    }

    /// The same with one setting of another value.
    func replacing(_ axis: Axis, with value: Setting) -> TfidfSettings {
        var settings = self
        switch axis.part {
        case .tfidf: settings.tfidf = tfidf.replacing(axis.key, with: value)
        case .learner: settings.learner = learner.replacing(axis.key, with: value)
        }
        return settings
    }
}
