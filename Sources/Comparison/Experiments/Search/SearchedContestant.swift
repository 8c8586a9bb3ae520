import Evaluation
import Foundation
import Labels
import Learners
import SettingKeys
import TextClassifiers

/// A contestant of any family whose settings are searched, whatever the family.
protocol Searched: Contestant {
    /// Every program that it may run; none where it runs none.
    var commands: [[String]] { get }
    /// The values that are tried of a key, which are texts.
    func texts(of key: String) -> [String]
    /// The classifiers that are tried.
    func searchClassifier(_ resources: ContestantResources) -> SearchClassifier
}

/// A contestant of a family with a `search:` over keys of its entry: one contestant for each combination of values that is
/// tried, and one of the entry as it is without the search.
struct SearchedContestant<Base: Contestant>: Searched {
    static var model: String { Base.model }
    static var algorithmVersion: Int { Base.algorithmVersion }
    static var otherNames: [String] { Base.otherNames }
    static var purpose: String { Base.purpose }
    static var settingKeys: KeyReference { Base.settingKeys }
    static var missingModel: String? { Base.missingModel }
    static var sharesTasks: Bool { Base.sharesTasks }

    /// The entry without its search.
    let base: Base
    let search: ContestantSearch
    private let entry: SettingsMapping
    private let folder: URL
    /// By which every value is known to be possible.
    private let checked: [Base]

    /// Changes whenever the same entry, data and seed would choose otherwise.
    private static var algorithm: String { "search 1" }

    init(settings: SettingsMapping, folder: URL) throws {
        guard let setting = settings[SearchKey.name] else { throw settings.missing(SearchKey.name) }
        let entry = settings.removing([SearchKey.name])
        base = try Base(settings: entry, folder: folder)
        let search = try ContestantSearch(setting, SearchPaths(Base.self, entry))
        checked = try search.checkedCombinations.map {
            try Base(settings: search.settings(entry, $0), folder: folder)
        }
        (self.search, self.entry, self.folder) = (search, entry, folder)
    }

    private var all: [Base] { [base] + checked }

    var summary: String { "\(base.summary), \(search.summary)" }

    var command: [String]? { base.command }

    var commands: [[String]] {
        all.compactMap(\.command).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    func texts(of key: String) -> [String] {
        search.axes.filter { $0.path.last == key }.flatMap(\.values).compactMap { try? $0.string() }
    }

    func classifier(_ resources: ContestantResources) -> any TextClassifier { searchClassifier(resources) }

    func searchClassifier(_ resources: ContestantResources) -> SearchClassifier {
        let isReadBack = Base.missingModel == nil
        return SearchClassifier(
            search: search, defaultSettings: entry.setting.canonicalText,
            settings: { try settings(of: $0).setting.canonicalText },
            contestant: { combination in
                let own = try contestant(combination)
                return (try own.classifier(resources), own.summary)
            },
            load: isReadBack ? SearchedContestant.read : nil,
            // What looks up vectors that are kept does not once it is read back.
            keepsModels: !isReadBack || Base.self is any FeatureSearching.Type,
            sharesTasks: Base.sharesTasks, models: resources.trialModels, keptWork: resources.keptWork)
    }

    private func settings(of combination: Int) throws -> SettingsMapping {
        try search.settings(entry, combination)
    }

    /// - Parameter combination: Nil for the entry without its search.
    private func contestant(_ combination: Int?) throws -> Base {
        guard let combination else { return base }
        return try Base(settings: settings(of: combination), folder: folder)
    }

    @Sendable private static func read(
        _ folder: URL, _ labelSpace: LabelSpace
    ) throws -> any FittedTextClassifier {
        try Base.load(from: folder, labelSpace: labelSpace)
    }

    func check(_ labelSpace: LabelSpace, _ resources: ContestantResources) throws {
        try search.check(labelSpace)
        for contestant in all {
            try contestant.check(labelSpace, resources)
            if let features = contestant as? any FeatureContestant {
                try features.entry.check(search.selection, labelSpace)
            }
        }
    }

    func check(_ tasks: [TrainingTask], _ resources: ContestantResources) throws {
        try search.check(tasks)
        for contestant in all { try contestant.check(tasks, resources) }
    }

    func fingerprint(_ resources: ContestantResources) throws -> String {
        var parts = [Self.algorithm]
        for contestant in all {
            let own = try contestant.fingerprint(resources)
            if !own.isEmpty, !parts.contains(own) { parts.append(own) }
        }
        return parts.joined(separator: "\n")
    }

    static func load(from folder: URL, labelSpace: LabelSpace) throws -> any FittedTextClassifier {
        try Base.load(from: folder, labelSpace: labelSpace)
    }

    static func load(
        from folder: URL, labelSpace: LabelSpace, families: FamilyRegistry
    ) throws -> any FittedTextClassifier {
        try Base.load(from: folder, labelSpace: labelSpace, families: families)
    }
}

extension ContestantSearch {
    /// Throws where labels of this kind do not have the metric.
    func check(_ labelSpace: LabelSpace) throws {
        if !metric.applies(to: labelSpace) {
            throw SearchError.unsuitableMetric(metric.settingName, labelSpace)
        }
    }

    /// Throws where there is nothing to choose on, or too little to begin with.
    func check(_ tasks: [TrainingTask]) throws {
        for task in tasks {
            guard let validation = task.validation else { throw SearchError.noValidation(task: task.name) }
            try selection.check(gold: validation.targets, labelSpace: task.labelSpace)
            if method == .halving, task.train.texts.count < ContestantSearch.eta {
                throw SearchError.tooFewRows(rows: task.train.texts.count)
            }
        }
    }
}
