import Foundation
import Learners
import SettingKeys

/// The settings of features and of a learner, before they are read: what a search puts its values in.
struct FeatureSettings {
    /// A half of the settings.
    struct Part {
        /// The key that they stand under, such as `tfidf`.
        let name: String
        let keys: [String]
        var settings: SettingsMapping
    }

    let featureKind: FeatureKind
    let learnerKind: LearnerKind
    private var features: Part
    private var learner: Part

    /// A setting that is searched, with the values to try.
    struct Axis {
        /// The key; with the part in front where both parts have it.
        let name: String
        let values: [Setting]
        fileprivate let key: String
        fileprivate let isLearners: Bool
    }

    /// - Parameters:
    ///   - features: The key that the features' settings stand under, and these.
    ///   - learner: The same of the learner.
    init(
        _ featureKind: FeatureKind, _ features: (name: String, settings: SettingsMapping),
        _ learnerKind: LearnerKind, _ learner: (name: String, settings: SettingsMapping)
    ) {
        self.featureKind = featureKind
        self.learnerKind = learnerKind
        self.features = Part(name: features.name, keys: featureKind.keys.names, settings: features.settings)
        self.learner = Part(name: learner.name, keys: learnerKind.keys.names, settings: learner.settings)
    }

    /// The halves with their keys, the learner's first, whose keys the shorter names are.
    var parts: [(name: String, keys: [String], isLearners: Bool)] {
        [(learner.name, learner.keys, true), (features.name, features.keys, false)]
    }

    func readFeatures(folder: URL) throws -> FeatureDescription {
        try featureKind.description(features.settings, folder: folder)
    }

    func readLearner() throws -> Learner { try learnerKind.learner(learner.settings) }

    /// What an entry of `search:` tries: `C: [...]`, `max-features: [...]`, `tfidf.max-features: [...]`, or several under
    /// `tfidf: {...}` or the learner's key.
    func axes(key: String, _ value: Setting) throws(SettingsError) -> [Axis] {
        for (part, isLearners) in [(features, false), (learner, true)] {
            if key == part.name {
                var axes: [Axis] = []
                for entry in try value.mappingWithAnyKeys().entries {
                    axes.append(try axis(entry.key, entry.value, isLearners: isLearners))
                }
                return axes
            }
            if key.hasPrefix(part.name + ".") {
                return [
                    try axis(String(key.dropFirst(part.name.count + 1)), value, isLearners: isLearners)
                ]
            }
        }
        let isLearners = learner.keys.contains(key) || !features.keys.contains(key)
        return [try axis(key, value, isLearners: isLearners)]
    }

    private func axis(_ key: String, _ value: Setting, isLearners: Bool) throws(SettingsError) -> Axis {
        let all = learner.keys + features.keys
        guard (isLearners ? learner : features).keys.contains(key) else {
            throw .unknownKey(value.place, key: value.key, suggestion: nearest(to: key, in: all), known: all)
        }
        let isShared = !isLearners && learner.keys.contains(key)
        return Axis(
            name: isShared ? "\(features.name).\(key)" : key, values: try value.list(), key: key,
            isLearners: isLearners)
    }

    /// The same with one setting of another value.
    func replacing(_ axis: Axis, with value: Setting) -> FeatureSettings {
        var settings = self
        if axis.isLearners {
            settings.learner.settings = learner.settings.replacing(axis.key, with: value)
        } else {
            settings.features.settings = features.settings.replacing(axis.key, with: value)
        }
        return settings
    }
}
