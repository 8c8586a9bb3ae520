import Evaluation
import Foundation
import Reports
import Results

extension BehaviourProbe {
    /// For a terminal: the table of failures, and below it the texts that show some.
    public var text: String {
        let told = examples.map { example in
            "\n\(example.title)\n  before: \(example.before)\n  after:  \(example.after)\n"
        }
        return "\(source): \(Wording.plural(textCount, "text"))\n\n\(table.text)\n\(explanation)\n"
            + told.joined()
    }

    /// As a page in Markdown.
    public var markdown: String {
        Document {
            Block.heading(1, .text("Behaviour on \(source)"))
            Block.paragraph(.text("\(Wording.plural(textCount, "text")). \(explanation)"))
            Block.table(table)
            if !examples.isEmpty { Block.heading(2, "Examples") }
            Block.list(
                examples.map { .text("\($0.title): before: \($0.before); after: \($0.after)") })
        }.markdown
    }

    /// For programs.
    public var json: String {
        get throws { String(decoding: try StableJSON.encode(self), as: UTF8.self) }
    }

    private var explanation: String {
        "The shares of edited texts whose label changed though it should stay, or stayed though it should change, with their "
            + "95% intervals (Wilson). Less is better."
    }

    private var table: Table {
        var table = Table(
            ["edit", "label should", .numbers("texts")] + contestants.map { .numbers($0.id) })
        for (index, check) in checks.enumerated() {
            table.add(
                ["\(check.edit.rawValue): \(check.edit.summary)", check.expectation.rawValue]
                    + [Wording.count(check.textCount)]
                    + contestants.map { failures($0.outcomes[index].failures) })
        }
        return table
    }

    private func failures(_ failures: Proportion) -> String {
        guard let interval = failures.interval else { return Wording.share(0, of: 0) }
        func percent(_ share: Double) -> String { String(format: "%.1f", 100 * share) }
        return "\(Wording.share(failures.count, of: failures.total)) "
            + "[\(percent(interval.lowerBound)), \(percent(interval.upperBound))]"
    }

    /// A failure in words.
    private struct ToldExample {
        let title: String
        let before: String
        let after: String
    }

    private var examples: [ToldExample] {
        contestants.flatMap { contestant in
            contestant.outcomes.flatMap { outcome in
                outcome.examples.map { example in
                    ToldExample(
                        title: "\(contestant.id), \(outcome.edit.rawValue)",
                        before: "\(example.text) (\(named(example.labels)))",
                        after: "\(example.edited) (\(named(example.editedLabels)))")
                }
            }
        }
    }

    private func named(_ labels: [String]) -> String {
        labels.isEmpty ? "no label" : labels.joined(separator: ", ")
    }
}
