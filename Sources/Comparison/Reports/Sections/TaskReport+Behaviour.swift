import Evaluation
import Foundation
import Results

/// The section on what the models make of edited test rows, where somebody had that stored.
extension TaskReport {
    var behaviourSection: Document? {
        guard let probe else { return nil }
        return Document {
            Block.heading(2, "Behaviour")
            if probe.isOf(results) {
                Block.paragraph(
                    """
                    \(Wording.plural(probe.textCount, "text")) of \(probe.source). \(Table.failuresExplanation) No gold label is \
                    needed for it, since a model is compared with itself. The labels before an edit are the stored predictions; \
                    those after it are stored in \(code: "probe.json") and need the models to be made again.
                    """)
                Block.table(failuresTable(probe))
            } else {
                Block.paragraph(
                    """
                    \(code: "probe.json") is of other predictions than these, so it is not shown. \
                    \(code: "bakeoff probe --store") makes it anew.
                    """)
            }
        }
    }

    private func failuresTable(_ probe: ProbeRecord) -> Table {
        Table(
            failuresOf: probe.checks.indices.map { index in
                let check = probe.checks[index]
                return Table.CheckedEdit(
                    edit: check.edit, summary: check.summary, expectation: check.expectation.rawValue,
                    textCount: check.textCount,
                    failures: probe.contestants.map { probe.failures(of: $0, check: index) })
            }, contestants: probe.contestants.map(\.id))
    }
}

extension Table {
    /// An edit, and how often each contestant's label was other than expected after it.
    package struct CheckedEdit {
        let edit, summary, expectation: String
        let textCount: Int
        let failures: [Proportion]

        package init(
            edit: String, summary: String, expectation: String, textCount: Int, failures: [Proportion]
        ) {
            (self.edit, self.summary, self.expectation) = (edit, summary, expectation)
            (self.textCount, self.failures) = (textCount, failures)
        }
    }

    /// What stands beside such a table.
    package static let failuresExplanation =
        "The shares of edited texts whose label changed though it should stay, or stayed though it should change, with their "
        + "95% intervals (Wilson). Less is better."

    /// - Parameter contestants: Their ids, in the order of each edit's failures.
    package init(failuresOf edits: [CheckedEdit], contestants: [String]) {
        self.init(["edit", "label should", .numbers("texts")] + contestants.map(Table.Column.numbers))
        for edit in edits {
            add(
                ["\(edit.edit): \(edit.summary)", edit.expectation, Wording.count(edit.textCount)]
                    + edit.failures.map(Table.shown))
        }
    }

    private static func shown(_ failures: Proportion) -> String {
        guard let interval = failures.interval else { return Wording.share(0, of: 0) }
        func percent(_ share: Double) -> String { String(format: "%.1f", 100 * share) }
        return "\(Wording.share(failures.count, of: failures.total)) "
            + "[\(percent(interval.lowerBound)), \(percent(interval.upperBound))]"
    }
}
