import Experiments
import Foundation
import SettingKeys

/// What an entry gets points for, as a YAML file says.
///
///     points:
///       - {for: valid, points: 2}
///       - {for: beats, baseline: tfidf-lr, points: 4, partial: 0.5}
///       - {for: reported, points: 1, within: 0.05}
public struct Rubric: Sendable {
    package let items: [Item]

    /// What points are for.
    package enum Goal: String, CaseIterable, Sendable {
        /// Nothing is wrong with the entry. Part: the share of test rows that have a prediction as it should be.
        case valid
        /// Better than a baseline by more than chance. Part: better, but perhaps by chance.
        case beats
        /// The score that the entry claims of itself is true. Part: it is off by up to twice of what is allowed.
        case reported
    }

    /// One reason for points.
    package struct Item: Sendable {
        package var goal: Goal?
        package var points: Double?
        /// Of `beats`.
        package var baseline: String?
        /// The share of the points for reaching the goal in part.
        package var partial = 0.0
        /// Of `reported`: how far off the claim may be; nil for the score's 95% interval.
        package var within: Double?
        package var name: String?

        fileprivate static let keys = KeyTable(Item()) {
            SettingKey(
                required: "for", \.goal, .choice,
                "What the points are for: a valid entry, being better than a baseline by more than chance, or a claim about its own score that is true."
            )
            SettingKey(required: "points", \.points, .nonNegative, "The points for reaching it.")
            SettingKey(
                "baseline", \.baseline, .text("a contestant's id"), absent: nil,
                "Of `beats`: the contestant of the class's experiment that is to be beaten.")
            SettingKey(
                "partial", \.partial, .share,
                "The share of the points for reaching it in part: rows as they should be of an entry that is not valid, a better score that may be chance, a claim that is off by up to twice of what is allowed."
            )
            SettingKey(
                "within", \.within, .positive, absent: "the score's 95% interval",
                "Of `reported`: how far from the score the claim may be.")
            SettingKey(
                "name", \.name, .text, absent: "as the goal says", "What the item is called in results.")
        }

        /// What it is called.
        package var title: String {
            if let name { return name }
            return switch goal {
            case .valid, nil: "a valid entry"
            case .beats: "better than \(baseline ?? "")"
            case .reported: "a true claim"
            }
        }
    }

    private struct Keys: Sendable {
        var points: Setting?

        static let keys = KeyTable(Keys()) {
            SettingKey(
                required: "points", \.points,
                .later(
                    "a list of mappings",
                    keys: { KeyReference(Item.keys.reference.entries, isOfItems: true) }),
                "What there are points for.")
        }
    }

    /// The keys of a rubric.
    public static var reference: KeyReference { Keys.keys.reference }

    /// - Parameter baselines: The ids that an item may name.
    /// - Throws: `SettingsError`.
    public init(contentsOf file: URL, baselines: [String]) throws(SettingsError) {
        let list = try Keys.keys.read(Setting(contentsOf: file)).required(\.points)
        var items: [Item] = []
        for entry in try list.list() {
            let keys = try Item.keys.read(entry)
            switch try keys.required(\.goal) {
            case .beats:
                try keys.forbid([\.within], expected: "no such key for 'beats'")
                let baseline = try keys.required(\.baseline)
                if !baselines.contains(baseline), let setting = keys.setting(\.baseline) {
                    throw setting.badName(
                        expected: "a contestant of the class: \(listed(baselines))", near: baselines)
                }
            case .reported: try keys.forbid([\.baseline], expected: "no such key for 'reported'")
            case .valid: try keys.forbid([\.baseline, \.within], expected: "no such key for 'valid'")
            }
            items.append(keys.values)
        }
        if items.isEmpty { throw list.badValue(expected: "at least one item") }
        self.items = items
    }

    /// The text of a rubric to start from.
    /// - Parameter baselines: Ids, the one that is beaten most easily first.
    static func draft(baselines: [String]) -> String {
        DraftText.comment(
            "What an entry gets points for; see `bakeoff help rubric`. Points for beating a baseline are whole only where the lead is "
                + "more than chance."
        ) + "points:\n  - {for: valid, points: 1}\n"
            + baselines.map {
                "  - {for: beats, baseline: \(DraftText.value($0)), points: 1, partial: 0.5}\n"
            }.joined() + "  - {for: reported, points: 1}\n"
    }
}

extension ValueForm<Double> {
    fileprivate static var share: ValueForm { .number("a share from 0 to 1") { (0...1).contains($0) } }
}
