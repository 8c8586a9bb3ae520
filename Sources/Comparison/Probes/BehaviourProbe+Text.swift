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

    private var explanation: String { Table.failuresExplanation }

    private var table: Table {
        Table(
            failuresOf: checks.enumerated().map { index, check in
                Table.CheckedEdit(
                    edit: check.edit.rawValue, summary: check.edit.summary,
                    expectation: check.expectation.rawValue, textCount: check.textCount,
                    failures: contestants.map { $0.outcomes[index].failures })
            }, contestants: contestants.map(\.id))
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
