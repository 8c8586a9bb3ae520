import Evaluation
import Foundation
import Results
import SettingKeys

/// How numbers read in a report.
package enum Wording {
    /// A score with four decimals; `n/a` where it is undefined.
    package static func score(_ value: Double?) -> String {
        value.map { String(format: "%.4f", $0) } ?? "n/a"
    }

    /// A metric of which less is better, said so.
    package static func rankedMetric(_ metric: MetricName) -> String {
        metric.readableName + (metric.direction == .lowerIsBetter ? " (lower is better)" : "")
    }

    /// A number with two decimals; `n/a` where it is undefined.
    static func short(_ value: Double?) -> String {
        value.map { String(format: "%.2f", $0) } ?? "n/a"
    }

    static func oneDecimal(_ value: Double) -> String { String(format: "%.1f", value) }

    /// A difference of scores, with its sign.
    static func signed(_ value: Double) -> String { String(format: "%+.4f", value) }

    /// A share as a percentage with one decimal.
    package static func share(_ part: Int, of whole: Int) -> String {
        whole == 0 ? "n/a" : String(format: "%.1f%%", 100 * Double(part) / Double(whole))
    }

    /// A share from 0 to 1 as a percentage with one decimal.
    static func percentage(_ share: Double) -> String { String(format: "%.1f%%", 100 * share) }

    /// A text of at most `count` characters, the last of them `…` where it was cut.
    static func shortened(_ text: String, to count: Int) -> String {
        text.count > count ? text.prefix(count - 1) + "…" : text
    }

    package static func seconds(_ value: Double) -> String {
        switch value {
        case ..<0.001: String(format: "%.0f µs", value * 1e6)
        case ..<1: String(format: "%.0f ms", value * 1e3)
        case ..<100: String(format: "%.1f s", value)
        default:
            minutes(Int(value.rounded()))
        }
    }

    private static func minutes(_ seconds: Int) -> String {
        String(format: "%d min %02d s", seconds / 60, seconds % 60)
    }

    /// Thousands apart: 43,410.
    package static func count(_ value: Int) -> String { grouped(value) }

    /// What a program says that it cost, in the order of the names.
    static func reported(_ cost: [String: Double]) -> String {
        cost.sorted { $0.key < $1.key }.map { "\($0.key) \(String(format: "%.6g", $0.value))" }
            .joined(separator: ", ")
    }

    static func rate(_ perSecond: Double?) -> String {
        perSecond.map { count(Int($0.rounded())) } ?? "n/a"
    }

    /// Seconds of work, with what of it was kept from before.
    static func work(_ seconds: Double, kept: KeptWork?, named rest: String) -> String {
        guard let kept else { return Wording.seconds(seconds) }
        guard let before = kept.seconds else {
            return "n/a (\(kept.name) kept, not timed; \(rest) \(Wording.seconds(seconds)))"
        }
        return "\(Wording.seconds(before + seconds)) (\(kept.name) \(Wording.seconds(before)), kept; "
            + "\(rest) \(Wording.seconds(seconds)))"
    }

    static func bytes(_ value: Int) -> String {
        value == 0 ? "n/a" : String(format: "%.0f MiB", Double(value) / 1_048_576)
    }

    /// `[0.41, 0.43]` with four decimals; `n/a` where there is none.
    package static func interval(_ interval: Interval?) -> String {
        interval.map { self.interval($0.low, $0.high) } ?? "n/a"
    }

    /// `[0.41, 0.43]` with four decimals.
    static func interval(_ low: Double, _ high: Double) -> String { "[\(score(low)), \(score(high))]" }

    /// With its sign.
    package static func signed(_ value: Double?) -> String {
        value.map { String(format: "%+.4f", $0) } ?? ""
    }

    /// A chance; very small ones as a bound.
    package static func pValue(_ value: Double?) -> String {
        value.map { $0 < 0.0001 ? "< 0.0001" : String(format: "%.4f", $0) } ?? "n/a"
    }

    /// The rule, and the one threshold or the least and greatest of them.
    static func thresholds(_ entry: ThresholdLedger.Entry) -> String {
        func short(_ value: Double) -> String { String(format: "%.2f", value) }
        switch entry.rule {
        case .fixed(let threshold):
            return "\(threshold)"
        case .global:
            let spread = entry.spread?.first.map { " [\(short($0[0])), \(short($0[1]))]" } ?? ""
            return "global \(short(entry.thresholds.last ?? 0.5))\(spread)"
        case .perLabel:
            let (least, most) = (entry.thresholds.min() ?? 0.5, entry.thresholds.max() ?? 0.5)
            return "per label, \(short(least)) to \(short(most))"
        }
    }

    /// The seed of a run, or all of them.
    static func seeds(_ results: ExperimentResults) -> String {
        (results.seeds?.seeds ?? [results.experiment.seed]).map { "\($0)" }.joined(separator: ", ")
    }

    /// How many seeds or folds a run has, in words; nil for a run that was done once.
    static func replicates(_ results: ExperimentResults) -> String? {
        results.seeds.map { plural($0.seeds.count, "seed") } ?? results.folds.map(folds)
    }

    /// Such as `5 folds` or `2 times 5 folds`.
    private static func folds(_ folds: FoldSpread) -> String {
        (folds.dealings > 1 ? "\(folds.dealings) times " : "") + plural(folds.count / folds.dealings, "fold")
    }

    static func fileSize(_ bytes: Int) -> String {
        switch bytes {
        case ..<1024: "\(bytes) B"
        case ..<1_048_576: String(format: "%.0f KiB", Double(bytes) / 1024)
        default: String(format: "%.1f MiB", Double(bytes) / 1_048_576)
        }
    }

    /// Neighbours in a ranking, from the first place to the last.
    package static func places(_ group: [Int]) -> String {
        "\(group[0]) \(group[1] == group[0] + 1 ? "and" : "to") \(group[1])"
    }

    /// How many comparisons a correction covers: `these 3 comparisons`.
    static func theseComparisons(_ count: Int) -> String {
        count == 1 ? "this one comparison" : "these \(plural(count, "comparison"))"
    }

    /// What is added to a word for any number but one.
    package static func plural(_ count: Int, _ word: String) -> String {
        "\(Wording.count(count)) \(word)\(count == 1 ? "" : "s")"
    }
}

extension String {
    /// Without the characters at its end that satisfy `predicate`.
    func trimmingSuffix(while predicate: (Character) -> Bool) -> String {
        var end = endIndex
        while end > startIndex, predicate(self[index(before: end)]) { end = index(before: end) }
        return String(self[..<end])
    }
}
