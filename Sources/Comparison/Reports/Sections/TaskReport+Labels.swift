import Evaluation
import Results

/// The section on each label by itself.
extension TaskReport {
    var perLabelSection: Document {
        Document {
            Block.heading(2, "Per label")
            figure(figures.perLabelFigure)
            figure(figures.confusionFigure)
            if let slider = exploration?.slider { Block.pageOnly(.thresholds(slider)) }
            for contestant in ranking.contestants {
                Block.heading(3, .text(contestant.id))
                Block.table(perLabel(contestant))
                confusion(contestant)
                if let cells = exploration?.confusions[contestant.id] { Block.pageOnly(.confusions(cells)) }
            }
        }
    }

    private func perLabel(_ contestant: ContestantResults) -> Table {
        var table = Table(TaskReport.perLabelColumns)
        for label in contestant.test.perLabel {
            table.add(TaskReport.perLabelCells(label) { Wording.count($0) })
        }
        return table.withoutEmptyColumns
    }

    /// The columns of a table of labels.
    private static let perLabelColumns: [Table.Column] =
        ["label"]
        + [
            "precision", "recall", "F1", "gold rows", "predicted rows", "ROC AUC", "average precision", "ECE",
        ].map(Table.Column.numbers)

    private static func perLabelCells(_ label: LabelScore, count: (Int) -> String) -> [String] {
        let own = label.fromProbabilities
        return [
            label.label, Wording.score(label.precision), Wording.score(label.recall), Wording.score(label.f1),
            count(label.support), count(label.predicted),
        ] + [own?.rocAUC, own?.averagePrecision, own?.ece].map { Wording.score($0) }
    }

    /// Every contestant's scores for every label, a row each, under the same names; counts as plain numbers.
    var perLabelTable: Table {
        var table = Table(["contestant"] + TaskReport.perLabelColumns)
        for contestant in results.contestants {
            for label in contestant.test.perLabel {
                table.add([contestant.id] + TaskReport.perLabelCells(label) { "\($0)" })
            }
        }
        return table.withoutEmptyColumns
    }

    /// Gold labels down, predicted ones across; for multilabel tasks what was left empty.
    private func confusion(_ contestant: ContestantResults) -> Block {
        if labels.kind == .multilabel {
            let empty = contestant.test.emptyRows ?? 0
            return .paragraph(
                """
                Rows without a predicted label: \(Wording.count(empty)) \
                (\(Wording.share(empty, of: contestant.test.support))).
                """)
        }
        var table = Table(["gold ↓ predicted →"] + labels.names.map(Table.Column.numbers))
        for (name, counts) in zip(labels.names, contestant.test.confusionMatrix) {
            table.add([name] + counts.map(Wording.count))
        }
        return .table(table)
    }
}
