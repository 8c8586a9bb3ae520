import Foundation
import Labels
import SettingKeys

/// A configured model in a comparison: the `contestants:` entry of an experiment file, not yet fitted.
///
/// To add a family, conform a type to this protocol and add it to a `FamilyRegistry`.
public protocol Contestant: Sendable {
    /// What stands after `model:`.
    static var model: String { get }
    /// Raised by one whenever a change of the code changes what is fitted from the same inputs: what an earlier version has
    /// fitted is then no longer up to date.
    static var algorithmVersion: Int { get }
    /// Other names for what it is, such as scikit-learn's: who writes one is told `model`.
    static var otherNames: [String] { get }
    /// Keys that stand one level deeper, by the key that they stand under: who writes one beside it is told so.
    static var deeperKeys: KeyValuePairs<String, [String]> { get }
    /// The keys of an entry that this family understands, besides `id` and `model`.
    static var settingKeys: [String] { get }

    /// Reads the entry.
    /// - Parameter folder: What relative paths start from: the experiment file's folder.
    /// - Throws: `SettingsError` that names the key.
    init(settings: SettingsMapping, folder: URL) throws

    /// The settings that define it, in words for a report.
    var summary: String { get }

    /// Throws if it cannot work with these labels, or if something that it needs is not here; asked before anything
    /// is written.
    func check(_ labelSpace: LabelSpace, cache: URL) throws

    /// Throws if it cannot be fitted on these parts, such as one that chooses on validation where there is none; asked of
    /// every contestant before the first is fitted.
    func check(_ tasks: [TrainingTask]) throws

    /// A digest of what its result depends on besides settings, data, split and seed, such as an encoder's files.
    func fingerprint(cache: URL) throws -> String

    /// Fits on the train part; validation may only choose among what train gave.
    /// - Throws: `RunStopped` if the task asks to stop.
    func fit(_ task: TrainingTask) throws -> any FittedContestant

    /// Fits on several tasks, which may share what is learnt; by default each is fitted by itself.
    /// - Returns: One for each task, in order.
    func fit(_ tasks: [TrainingTask]) throws -> [any FittedContestant]

    /// Reads back what `FittedContestant.save(to:)` wrote.
    static func load(from folder: URL, labelSpace: LabelSpace) throws -> any FittedContestant
}

extension Contestant {
    public static var algorithmVersion: Int { 1 }
    public static var otherNames: [String] { [] }
    public static var deeperKeys: KeyValuePairs<String, [String]> { [:] }

    /// Most families work with any labels.
    public func check(_ labelSpace: LabelSpace, cache: URL) throws {}

    /// Most families work with any parts.
    public func check(_ tasks: [TrainingTask]) throws {}

    /// Most families depend on nothing else.
    public func fingerprint(cache: URL) throws -> String { "" }

    public func fit(_ tasks: [TrainingTask]) throws -> [any FittedContestant] {
        try tasks.map { try fit($0.byItself) }
    }
}

/// A contestant that can predict.
public protocol FittedContestant: Sendable {
    /// False if the model decides without probabilities; those it gives are then 0 and 1.
    var isProbabilistic: Bool { get }
    /// What the user should know of the fitting, such as a solver that did not converge.
    var notices: [String] { get }

    /// What it became, in words for a report, where that is not what the settings say or is more than they say, such as the
    /// terms that there were rather than the most that were allowed; nil where the contestant's own summary holds.
    var summary: String? { get }

    /// The numbers that fitting chose; nil where nothing is fitted, or nobody knows.
    var parameterCount: Int? { get }

    /// Probabilities of each text. Shape: [texts, K].
    func probabilities(of texts: [String]) throws -> Probabilities

    /// Writes the model into an existing folder.
    func save(to folder: URL) throws
}

extension FittedContestant {
    /// Most become what their settings say.
    public var summary: String? { nil }

    /// Lexicons, dummies and predictions made elsewhere have none to tell.
    public var parameterCount: Int? { nil }
}
