import Foundation
import Labels
import SettingKeys
import TextClassifiers

/// A configured classifier in a comparison: the `contestants:` entry of an experiment file.
///
/// It reads the entry's keys and makes a `TextClassifier` of them, which learns. To add a family, conform a type to this
/// protocol and add it to a `FamilyRegistry`.
public protocol Contestant: Sendable {
    /// What stands after `model:`.
    static var model: String { get }
    /// Raised by one whenever a change of the code changes what is fitted from the same inputs: what an earlier version has
    /// fitted is then no longer up to date.
    static var algorithmVersion: Int { get }
    /// Other names for what it is, such as scikit-learn's: who writes one is told `model`.
    static var otherNames: [String] { get }
    /// What it is, in a sentence, for `bakeoff help experiment`.
    static var purpose: String { get }
    /// The keys of an entry that this family understands, besides `id`, `model` and `tasks`: the `reference` of the
    /// `KeyTable` by which it reads them. By default none.
    static var settingKeys: KeyReference { get }

    /// Reads the entry, in which there are no keys but `settingKeys`, `id`, `model` and `tasks`.
    /// - Parameter folder: What relative paths start from: the experiment file's folder.
    /// - Throws: `SettingsError` that names the key.
    init(settings: SettingsMapping, folder: URL) throws

    /// The settings that define it, in words for a report.
    var summary: String { get }

    /// What the settings describe, ready to be fitted.
    func classifier(_ resources: ContestantResources) throws -> any TextClassifier

    /// Throws if it cannot work with these labels, or if something that it needs is not here; asked before anything
    /// is written. By default the classifier is asked.
    func check(_ labelSpace: LabelSpace, _ resources: ContestantResources) throws

    /// Throws if it cannot be fitted on these parts, such as one that chooses on validation where there is none; asked of
    /// every contestant before the first is fitted. By default the classifier is asked.
    func check(_ tasks: [TrainingTask], _ resources: ContestantResources) throws

    /// A digest of what its result depends on besides settings, data, split and seed, such as an encoder's files. By
    /// default nothing.
    func fingerprint(_ resources: ContestantResources) throws -> String

    /// The program outside this package that it runs, with its arguments; nothing of the kind runs unasked. Nil, by default,
    /// where it runs none.
    var command: [String]? { get }

    /// Whether what it fits gives probabilities; nil, by default, where that is known only of what is fitted.
    var givesProbabilities: Bool? { get }

    /// Why what it fits cannot be read back, in words; nil, by default, where it can.
    static var missingModel: String? { get }

    /// Whether an entry may have a `search` over its keys; true by default.
    static var canBeSearched: Bool { get }

    /// Whether what is learnt of one task depends on the others, so that one choice of settings is of all; false by default.
    static var sharesTasks: Bool { get }

    /// Reads back what a fitted classifier of this family wrote.
    static func load(from folder: URL, labelSpace: LabelSpace) throws -> any FittedTextClassifier

    /// The same for a classifier that is made of others; by default as without `families`.
    /// - Parameter families: Those whose models can be read.
    static func load(
        from folder: URL, labelSpace: LabelSpace, families: FamilyRegistry
    ) throws -> any FittedTextClassifier
}

extension Contestant {
    public static var algorithmVersion: Int { 1 }
    public static var otherNames: [String] { [] }
    public static var settingKeys: KeyReference { KeyReference([]) }
    public static var missingModel: String? { nil }
    public static var canBeSearched: Bool { true }
    public static var sharesTasks: Bool { false }
    public var command: [String]? { nil }
    public var givesProbabilities: Bool? { nil }

    public static func load(
        from folder: URL, labelSpace: LabelSpace, families: FamilyRegistry
    ) throws -> any FittedTextClassifier {
        try load(from: folder, labelSpace: labelSpace)
    }

    public func check(_ labelSpace: LabelSpace, _ resources: ContestantResources) throws {
        try classifier(resources).check(labelSpace)
    }

    public func check(_ tasks: [TrainingTask], _ resources: ContestantResources) throws {
        try classifier(resources).check(tasks)
    }

    public func fingerprint(_ resources: ContestantResources) throws -> String { "" }

    /// Fits on all tasks that it takes part in.
    /// - Returns: One for each task, in order.
    func fit(
        _ tasks: [TrainingTask], _ context: FitContext, _ resources: ContestantResources
    ) throws -> [any FittedTextClassifier] {
        try classifier(resources).fit(tasks, context)
    }
}
