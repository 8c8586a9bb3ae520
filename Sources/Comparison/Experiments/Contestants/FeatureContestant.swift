import Foundation
import Labels
import SettingKeys
import TextClassifiers

/// A family whose contestants are features and a learner: one says how its entry is read, the rest is here.
protocol FeatureContestant: FeatureSearching {
    static func settings(_ entry: SettingsMapping) throws -> FeatureSettings

    var entry: FeatureEntry { get }
    init(entry: FeatureEntry)
}

extension FeatureContestant {
    init(settings: SettingsMapping, folder: URL) throws {
        self.init(
            entry: try FeatureEntry(
                Self.settings(settings), search: settings[SearchKey.name], folder: folder))
    }

    static func featureSettings(_ entry: SettingsMapping) throws -> FeatureSettings? { try settings(entry) }

    var summary: String { entry.summary }
    var givesProbabilities: Bool? { entry.givesProbabilities }

    func classifier(_ resources: ContestantResources) throws -> any TextClassifier {
        try entry.classifier(resources)
    }

    func check(_ labelSpace: LabelSpace, _ resources: ContestantResources) throws {
        try entry.check(labelSpace, resources)
    }

    func check(_ tasks: [TrainingTask], _ resources: ContestantResources) throws { try entry.check(tasks) }

    func fingerprint(_ resources: ContestantResources) throws -> String { try entry.fingerprint(resources) }

    static func load(from folder: URL, labelSpace: LabelSpace) throws -> any FittedTextClassifier {
        try FeatureEntry.load(from: folder, labelSpace: labelSpace)
    }
}

extension Setting {
    /// A mapping without entries in its place.
    func emptyMapping() throws(SettingsError) -> SettingsMapping {
        try Setting(key: key, place: place, value: .mapping([])).mappingWithAnyKeys()
    }
}
