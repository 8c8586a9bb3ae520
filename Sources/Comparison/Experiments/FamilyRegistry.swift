import Foundation
import SettingKeys

/// The families of contestants that an experiment file may name: ours, and those that a user of the library adds.
///
/// ```swift
/// let families = FamilyRegistry.standard.adding(KeywordContestant.self)
/// let file = try ExperimentFile(contentsOf: url, families: families)
/// ```
public struct FamilyRegistry: Sendable {
    /// In the order in which errors list them.
    public let families: [any Contestant.Type]

    /// Every family of this package.
    public static let standard = FamilyRegistry([
        DummyContestant.self,
        VaderContestant.self,
        FeaturesContestant.self,
        TfidfLogisticContestant.self,
        LinearSVMContestant.self,
        NaiveBayesContestant.self,
        StaticEmbeddingContestant.self,
        FrozenEncoderContestant.self,
        FineTunedContestant.self,
        MultiTaskContestant.self,
        SetFitContestant.self,
        HashedNgramsContestant.self,
        ZeroShotContestant.self,
        RulesContestant.self,
        EnsembleContestant.self,
        CommandContestant.self,
        ExternalContestant.self,
    ])

    /// - Precondition: No two families have the same `model`.
    public init(_ families: [any Contestant.Type]) {
        precondition(
            Set(families.map { $0.model }).count == families.count, "two families with the same 'model:'")
        self.families = families
    }

    /// These and one more, which takes the place of one with the same `model`.
    public func adding(_ family: any Contestant.Type) -> FamilyRegistry {
        FamilyRegistry(families.filter { $0.model != family.model } + [family])
    }

    /// The values that `model:` may have.
    public var models: [String] { families.map { $0.model } }

    func family(named model: String) -> (any Contestant.Type)? {
        families.first { $0.model == model }
    }

    /// The family that somebody means by another name: what means the same first, then what is spelled alike, then what has a
    /// word in common.
    package func suggestion(for name: String) -> String? {
        func letters(_ name: String) -> String { name.lowercased().filter { $0.isLetter || $0.isNumber } }
        /// Each name with the family that it means, the families' own first.
        let known =
            families.map { (name: $0.model, model: $0.model) }
            + families.flatMap { family in family.otherNames.map { (name: $0, model: family.model) } }
        func model(named name: String) -> String? { known.first { letters($0.name) == letters(name) }?.model }
        if name.isEmpty { return nil }
        if let same = model(named: name) { return same }
        if let alike = nearest(to: name, in: known.map { $0.name }) { return model(named: alike) }
        // The last word tells most: `tfidf+svm` is a support vector machine.
        let words = name.split { !$0.isLetter && !$0.isNumber }.map(String.init)
        return words.reversed().lazy.compactMap(model).first
    }

    /// The contestant that an entry of `contestants:` describes.
    ///
    /// - Parameter tasks: The names of the experiment's tasks; none where it has a single dataset.
    func contestant(
        from entry: Setting, folder: URL, tasks: [String]
    ) throws -> ConfiguredContestant {
        // A name alone is a family with its defaults.
        if case .scalar(let name, _) = entry.value {
            let empty = Setting(key: entry.key, place: entry.place, value: .mapping([]))
            return try contestant(
                from: empty.mappingWithAnyKeys().adding(FamilyRegistry.modelKey, name).setting,
                folder: folder, tasks: tasks)
        }
        let settings = try FamilyRegistry.withModel(entry.mappingWithAnyKeys())
        let common = try FamilyRegistry.commonKeys.readOwn(settings)
        let model = try common.required(\.model)
        guard let family = family(named: try model.string()) else {
            let meant = suggestion(for: try model.string())
            throw model.badValue(expected: "one of \(models.joined(separator: ", "))\(meantHint(meant))")
        }
        try reference(of: family).check(settings)
        let contestant = try FamilyRegistry.contestant(family, settings, folder)
        let keys = EncoderDescription.keys
        let features = (try? settings[FeaturesContestant.featuresKey]?.mappingWithAnyKeys()) ?? settings
        return ConfiguredContestant(
            id: try common.id ?? model.fileName(),
            settings: settings.removing([common.keyName(\.id), common.keyName(\.tasks)]).setting
                .canonicalText,
            tasks: try common.tasks.map { try FamilyRegistry.tasksTaken($0, of: tasks) },
            encoder: try features[keys.name(of: \.encoder)]?.string(),
            maxLength: try features[keys.name(of: \.maxLength)]?.int(),
            contestant: contestant)
    }

    /// Of an entry with a search, which most families leave to one that is of all.
    private static func contestant<Family: Contestant>(
        _ family: Family.Type, _ settings: SettingsMapping, _ folder: URL
    ) throws -> any Contestant {
        try hasSearchOfAll(family, settings)
            ? SearchedContestant<Family>(settings: settings, folder: folder)
            : Family(settings: settings, folder: folder)
    }

    /// Whether an entry's search is the one that all families have: not that of a family which has the key itself, and not one
    /// over features and a learner that only says what is tried.
    private static func hasSearchOfAll<Family: Contestant>(
        _ family: Family.Type, _ settings: SettingsMapping
    ) throws -> Bool {
        guard family.canBeSearched, let search = settings[SearchKey.name] else { return false }
        guard family.settingKeys.names.contains(SearchKey.name) else { return true }
        guard let features = family as? any FeatureSearching.Type else { return false }
        return try SearchKeys.tellHow(search.mappingWithAnyKeys())
            || features.featureSettings(settings.removing([SearchKey.name])) == nil
    }

    /// The keys of a family with that of the search, which it need not declare.
    private static func ownKeys(_ family: any Contestant.Type) -> KeyReference {
        let own = family.settingKeys
        return !family.canBeSearched || own.names.contains(SearchKey.name)
            ? own : KeyReference(own.entries + SearchKey.keys.reference.entries, variants: own.variants)
    }

    /// Features without a model are of the family that puts features and learners together.
    private static func withModel(_ settings: SettingsMapping) -> SettingsMapping {
        settings[modelKey] == nil && settings[FeaturesContestant.featuresKey] != nil
            ? settings.adding(modelKey, FeaturesContestant.model) : settings
    }

    /// The values of the keys that every contestant has.
    private struct CommonKeys: Sendable {
        var id: String?
        var model: Setting?
        var tasks: Setting?
    }

    private static let commonKeys = KeyTable(CommonKeys()) {
        SettingKey(
            "id", \.id, .fileName, absent: "the model",
            "The contestant's name, which its files have.")
        SettingKey(
            "model", \.model, .later("the name of a family"),
            absent:
                "\(FeaturesContestant.model) where `\(FeaturesContestant.featuresKey)` is given; else required",
            "The model family.")
        SettingKey(
            "tasks", \.tasks, .later("a task's name, or a list of them"), absent: "all",
            "The tasks that it takes part in.")
    }

    private static var modelKey: String { commonKeys.name(of: \.model) }

    private func reference(of family: any Contestant.Type) -> KeyReference {
        KeyReference(FamilyRegistry.commonKeys.reference.entries + FamilyRegistry.ownKeys(family).entries)
    }

    /// The keys of an entry of `contestants:`: those that all have, and for each family its own.
    var reference: KeyReference {
        KeyReference(
            FamilyRegistry.commonKeys.reference.entries,
            variants: families.map {
                .init(title: "model: \($0.model)", meaning: $0.purpose, keys: FamilyRegistry.ownKeys($0))
            }, isOfItems: true)
    }

    private static func tasksTaken(_ setting: Setting, of tasks: [String]) throws -> [String] {
        if tasks.isEmpty { throw setting.badValue(expected: "no 'tasks' in an experiment of one dataset") }
        let taken = try setting.strings()
        if taken.isEmpty || !Set(taken).isSubset(of: tasks) {
            throw setting.badValue(expected: "some of \(tasks.joined(separator: ", "))")
        }
        return taken
    }
}

/// An entry of `contestants:`.
public struct ConfiguredContestant: Sendable {
    public let id: String
    /// All settings but the id, in one spelling: part of what decides whether a stored result is still good.
    let settings: String
    /// The tasks that it takes part in; nil: all.
    let tasks: [String]?
    /// The encoder that it names, and the most tokens of a text, where its family has such.
    let encoder: String?
    let maxLength: Int?
    public internal(set) var contestant: any Contestant

    /// Every encoder that it may use: the one that it names, and those that its search tries.
    var encoders: [String] {
        let searched = (contestant as? any Searched)?.texts(of: EncoderDescription.keys.name(of: \.encoder))
        return (encoder.map { [$0] } ?? []) + (searched ?? [])
    }

    /// What stands after `model:`.
    public var model: String { type(of: contestant).model }

    func takesPart(in task: String?) -> Bool {
        guard let tasks, let task else { return true }
        return tasks.contains(task)
    }
}
