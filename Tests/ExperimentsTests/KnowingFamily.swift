import Experiments
import Foundation
import Labels
import SettingKeys
import TestSupport
import Testing
import TextClassifiers

/// A family that knows the labels of `SmallExperiment`'s texts and says them with the probability `level`: its log loss is
/// -log(level). Each fitting adds a line to `fits.txt` beside the experiment file: level, train rows, spam among them.
struct KnowingContestant: Contestant {
    static let model = "knowing"
    static let purpose = "Knows every label, and says it with a given probability."
    static var settingKeys: KeyReference { keys.reference }

    struct Depth: Sendable {
        var depth = 1

        static let keys = KeyTable(Depth()) { SettingKey("depth", \.depth, .count(atLeast: 1), "No use.") }
    }

    struct Keys: Sendable {
        var level = 0.5
        var broken = false
        var first = Depth()
        var second = Depth()
    }

    static let keys = KeyTable(Keys()) {
        SettingKey(
            "level", \.level, .number("a number from 0 to 1", where: { (0...1).contains($0) }),
            "The probability of the right label.")
        SettingKey("broken", \.broken, .flag, "Whether probabilities are no numbers.")
        SettingKey("first", \.first, .mapping(Depth.keys), "No use.")
        SettingKey("second", \.second, .mapping(Depth.keys), "No use.")
    }

    private let keys: Keys
    private let folder: URL

    init(settings: SettingsMapping, folder: URL) throws {
        keys = try Self.keys.readOwn(settings).values
        self.folder = folder
    }

    var summary: String { "level \(keys.level)" }

    func classifier(_ resources: ContestantResources) -> any TextClassifier {
        KnowingClassifier(
            level: keys.level, broken: keys.broken, log: folder.appendingPathComponent("fits.txt"))
    }

    static func load(from folder: URL, labelSpace: LabelSpace) throws -> any FittedTextClassifier {
        try FittedKnowing(from: folder, labelSpace: labelSpace)
    }
}

private struct KnowingClassifier: TextClassifier {
    let level: Double
    let broken: Bool
    let log: URL

    func fit(_ task: TrainingTask, _ context: FitContext) throws -> FittedKnowing {
        let (rows, spam) = (task.train.texts.count, task.train.targets.labelCounts(labelCount: 2)[1])
        try note(Array("\(level) \(rows) \(spam)\n".utf8))
        return FittedKnowing(level: level, broken: broken, notices: ["fitted on \(rows) rows"])
    }

    /// Adds a line at once, since several threads may fit.
    private func note(_ line: [UInt8]) throws {
        let file = open(log.path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        try #require(file >= 0)
        defer { close(file) }
        try #require(write(file, line, line.count) == line.count)
    }
}

private struct FittedKnowing: FittedTextClassifier {
    let level: Double
    let broken: Bool
    /// Not saved, as those of our own classifiers are not.
    let notices: [String]

    var isProbabilistic: Bool { true }

    /// Every fourth text is spam, which is the second label.
    func probabilities(of texts: [String]) throws -> Probabilities {
        let values = texts.flatMap { text -> [Double] in
            let isSpam = (text.split(separator: " ").last.flatMap { Int($0) } ?? 1) % 4 == 0
            if broken { return [.nan, .nan] }
            return isSpam ? [1 - level, level] : [level, 1 - level]
        }
        return Probabilities(labelCount: 2, values: values)
    }

    func save(to folder: URL) throws {
        try Data("\(level) \(broken)".utf8).write(to: folder.appendingPathComponent("knowing.txt"))
    }

    init(level: Double, broken: Bool, notices: [String]) {
        (self.level, self.broken, self.notices) = (level, broken, notices)
    }

    init(from folder: URL, labelSpace: LabelSpace) throws {
        let text = try String(
            contentsOf: folder.appendingPathComponent("knowing.txt"), encoding: .utf8)
        let parts = text.split(separator: " ")
        self.init(level: try #require(Double(parts[0])), broken: parts[1] == "true", notices: [])
    }
}

/// An experiment of `KnowingContestant`, level 0.5, with a search.
struct KnowingExperiment {
    let small: SmallExperiment

    /// - Parameter search: What stands between the braces of `search`.
    init(_ search: String) throws {
        small = try SmallExperiment()
        try small.replace(
            "  - {id: majority, model: dummy}\n  - {id: drawn, model: dummy, strategy: stratified}\n",
            with: "  - {id: a, model: knowing, level: 0.5, search: {\(search)}}\n")
    }

    private static let families = FamilyRegistry.standard.adding(KnowingContestant.self)

    func engine(_ change: (inout RunOptions) -> Void = { _ in }) throws -> ExperimentRun {
        try small.engine(Self.families, change)
    }

    /// The lines of `fits.txt`, in parts: level, train rows, spam among them.
    func fits() throws -> [[String]] {
        try small.read("fits.txt").split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    }
}
