import Evaluation
import Foundation
import Labels
import Results
import SettingKeys
import TextClassifiers

/// `model: ensemble`: the mean of other contestants' stored probabilities, all alike or as a greedy selection on validation
/// weighs them.
///
/// It is fitted to no text. What it is made of is known once all contestants of the experiment are: see `resolved`.
struct EnsembleContestant: Contestant {
    static let model = "ensemble"
    static let otherNames = [
        "vote", "voting", "soft-vote", "soft-voting", "blend", "average", "mean", "caruana",
        "ensemble-selection",
        "VotingClassifier",
    ]
    static let purpose =
        "The mean of other contestants' stored probabilities, all alike or weighed by a greedy selection on validation (Caruana et al. 2004). It is fitted to nothing else."
    static let canBeSearched = false
    static var settingKeys: KeyReference { keys.reference }

    private struct Keys: Sendable {
        var of: Setting?
        var method = EnsembleRecord.Method.softVote
        var metric: MetricName?
        var rounds = 50
    }

    private static let keys = KeyTable(Keys()) {
        SettingKey(
            "of", \.of, .later("a list of contestants' ids"),
            absent: "all others that give probabilities, but dummies and ensembles",
            "What it is made of: two contestants at least that take part in all of its tasks.")
        SettingKey(
            "method", \.method, .choice,
            "`soft-vote`: all weigh the same. `greedy`: it begins with the one that is best on validation, and adds again and again the one whose mean with those before is best there; one may be added several times. The best of all means on the way is kept."
        )
        SettingKey(
            "metric", \.metric, .metric(among: MetricName.allCases),
            absent: "the metric of `report: {rank-by}`",
            "What `greedy` chooses by, with labels decided at 0.5.")
        SettingKey(
            "rounds", \.rounds, .count(in: 1...EnsembleRecord.maxRounds),
            "How often `greedy` adds a contestant.")
    }

    let method: EnsembleRecord.Method
    /// Of a greedy selection; nil before `resolved` where the entry does not say it.
    private(set) var metric: MetricName?
    let rounds: Int
    /// The ids of the contestants that it is made of, in the order of `of`, or of the experiment file; empty before `resolved`.
    private(set) var members: [String] = []
    /// What confusions cost, where the metric is about that.
    private var costs = ""
    /// The value of `of`.
    private let of: Setting?
    private let entry: Setting

    init(settings: SettingsMapping, folder: URL) throws {
        let keys = try EnsembleContestant.keys.readOwn(settings)
        (method, metric, rounds, of, entry) = (
            keys.method, keys.metric, keys.rounds, keys.of, settings.setting
        )
        if method != .greedy {
            try keys.forbid([\.metric, \.rounds]) { "no '\($0)' without 'method: greedy'" }
        }
    }

    /// Whether the entry says what it is made of: who cannot be a member is then an error, and is left out otherwise.
    var namesMembers: Bool { of != nil }

    var summary: String {
        let whom =
            namesMembers ? "of \(members.joined(separator: ", "))" : "of all others that give probabilities"
        switch method {
        case .softVote: return "soft vote \(whom)"
        case .greedy:
            return "greedy ensemble \(whom), by \(metric?.settingName ?? "") on validation, \(rounds) rounds"
        }
    }

    func classifier(_ resources: ContestantResources) -> any TextClassifier { UnmadeEnsemble() }

    func check(_ labelSpace: LabelSpace, _ resources: ContestantResources) throws {
        guard method == .greedy, let metric, !metric.applies(to: labelSpace) else { return }
        throw EnsembleError.unsuitableMetric(metric.settingName, labelSpace)
    }

    func check(_ tasks: [TrainingTask], _ resources: ContestantResources) throws {
        guard method == .greedy, let metric else { return }
        for task in tasks {
            guard let validation = task.validation else { throw EnsembleError.noValidation }
            try Selection(by: metric).check(gold: validation.targets, labelSpace: task.labelSpace)
        }
    }

    /// What its members are and what they give stands in the work item's digest.
    func fingerprint(_ resources: ContestantResources) -> String {
        ([method.rawValue] + (method == .greedy ? [metric?.rawValue ?? "", "\(rounds)", costs] : []))
            .joined(separator: " ")
    }

    static func load(from folder: URL, labelSpace: LabelSpace) throws -> any FittedTextClassifier {
        try load(from: folder, labelSpace: labelSpace, families: .standard)
    }

    static func load(
        from folder: URL, labelSpace: LabelSpace, families: FamilyRegistry
    ) throws -> any FittedTextClassifier {
        try SavedEnsemble(from: folder, labelSpace: labelSpace, families: families)
    }
}

// MARK: Members

extension EnsembleContestant {
    /// The contestants of an experiment, of which each ensemble knows what it is made of.
    /// - Parameters:
    ///   - rankBy: By what a greedy selection chooses that says nothing else.
    ///   - costs: What confusions cost, as the file says it.
    ///   - tasks: The names of the experiment's tasks; none where it has a single dataset.
    /// - Throws: `SettingsError` for members that cannot be.
    static func resolved(
        _ contestants: [ConfiguredContestant], rankBy: MetricName, costs: CostSetting?, tasks: [String]
    ) throws -> [ConfiguredContestant] {
        var resolved = contestants
        for (index, own) in contestants.enumerated() {
            guard var ensemble = own.contestant as? EnsembleContestant else { continue }
            if ensemble.method == .greedy {
                ensemble.metric = ensemble.metric ?? rankBy
                if ensemble.metric == .meanCost { ensemble.costs = costs?.canonicalText ?? "" }
            }
            let tasksOfOwn = own.tasks ?? tasks
            ensemble.members =
                try ensemble.named(among: contestants, own: own.id, tasks: tasksOfOwn)
                ?? ensemble.usual(among: contestants, own: own.id, tasks: tasksOfOwn)
            resolved[index].contestant = ensemble
        }
        if let circle = resolved.circle,
            let ensemble = resolved.first(where: { $0.id == circle[0] })?.contestant as? EnsembleContestant
        {
            throw (ensemble.of ?? ensemble.entry).badValue(
                expected:
                    "contestants that are not made of this one: \(circle.joined(separator: " is made of "))")
        }
        return resolved
    }

    /// What `of` says; nil where it says nothing.
    private func named(
        among contestants: [ConfiguredContestant], own: String, tasks: [String]
    ) throws(SettingsError) -> [String]? {
        guard let of else { return nil }
        let others = contestants.map(\.id).filter { $0 != own }
        var members: [String] = []
        for item in try of.list() {
            let id = try item.string()
            if id == own { throw item.badValue(expected: "other contestants, not the ensemble itself") }
            guard let member = contestants.first(where: { $0.id == id }) else {
                throw item.badName(
                    expected: "the id of another contestant: \(others.joined(separator: ", "))", near: others)
            }
            if members.contains(id) { throw item.badValue(expected: "each contestant once") }
            if member.contestant.givesProbabilities == false {
                throw item.badValue(expected: "contestants that give probabilities, and '\(id)' does not")
            }
            if let missed = tasks.first(where: { !member.takesPart(in: $0) }) {
                throw item.badValue(
                    expected:
                        "contestants that take part in all tasks of '\(own)', and '\(id)' does not in '\(missed)'"
                )
            }
            members.append(id)
        }
        if members.count < 2 { throw of.badValue(expected: "two contestants at least") }
        return members
    }

    /// All other contestants that take part in its tasks, but dummies and ensembles. Those that give no probabilities are among
    /// them, and are left out with a notice.
    private func usual(
        among contestants: [ConfiguredContestant], own: String, tasks: [String]
    ) throws(SettingsError) -> [String] {
        let members = contestants.filter { other in
            !(other.contestant is EnsembleContestant) && !(other.contestant is DummyContestant)
                && tasks.allSatisfy(other.takesPart)
        }
        if members.count(where: { $0.contestant.givesProbabilities != false }) < 2 {
            throw entry.badValue(
                expected:
                    "two other contestants that take part in its tasks, give probabilities and are no dummies or ensembles, or 'of'"
            )
        }
        return members.map(\.id)
    }
}

extension [ConfiguredContestant] {
    /// The places of the contestants, each after those that it is made of, and else in their own order; without those that are
    /// made of themselves.
    var membersFirst: [Int] {
        var order: [Int] = []
        var done: Set<String> = []
        while true {
            let next = indices.filter { place in
                !done.contains(self[place].id) && self[place].members.allSatisfy(done.contains)
            }
            if next.isEmpty { return order }
            order += next
            done.formUnion(next.map { self[$0].id })
        }
    }

    /// The ids of contestants of which each is made of the next, the last of which is the first; nil where there are none.
    fileprivate var circle: [String]? {
        let ordered = Set(membersFirst.map { self[$0].id })
        let rest = Dictionary(
            uniqueKeysWithValues: filter { !ordered.contains($0.id) }.map { ($0.id, $0.members) })
        // Whoever is left is made of one who is left.
        guard var id = first(where: { !ordered.contains($0.id) })?.id else { return nil }
        var way: [String] = []
        while !way.contains(id) {
            way.append(id)
            guard let next = rest[id]?.first(where: { rest[$0] != nil }) else { return nil }
            id = next
        }
        return way.drop { $0 != id } + [id]
    }
}

extension ConfiguredContestant {
    /// The ids of the contestants that it is made of; none for all but ensembles.
    var members: [String] { (contestant as? EnsembleContestant)?.members ?? [] }
}
