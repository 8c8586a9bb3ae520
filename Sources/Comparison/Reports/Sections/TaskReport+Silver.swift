import Evaluation
import Results

/// The section on labels that a program made: who made them, and what they and the contestants are worth by people's
/// labels where there are such.
extension TaskReport {
    /// Nil where people made the labels.
    var silverSection: Document? {
        guard let labeler = results.dataset.silverLabeler else { return nil }
        return Document {
            Block.heading(2, "Silver labels")
            Block.paragraph(
                """
                The labels that were learnt, and by which everything else in this report is scored, were made by \(labeler), not \
                by people. Such scores tell how well a contestant imitates that labeler, its mistakes included.
                """)
            if let gold = results.gold {
                Block.paragraph(
                    """
                    People labelled \(Wording.plural(gold.rowCount, "test row")). By those gold labels the labeler itself and \
                    what learnt from it score as follows, beside \(ranking.metric.readableName) by silver labels:
                    """)
                Block.table(goldTable(gold))
            } else {
                Block.paragraph(
                    "No test row has a label that people gave, so what the labeler itself is worth is unknown."
                )
            }
        }
    }

    private func goldTable(_ gold: GoldScores) -> Table {
        var table = Table(
            ["", .numbers("by silver labels")]
                + ranking.metrics.map { .numbers("\($0.readableName) by gold labels") })
        func add(_ name: Inline, _ silver: String, _ metrics: [MetricName: Double]) {
            table.add(
                [name, .text(silver)] + ranking.metrics.map { .text(Wording.score(metrics[$0])) })
        }
        add(.emphasis("the labeler"), "its own", gold.labeler)
        for contestant in ranking.contestants {
            guard let scores = gold.contestants.first(where: { $0.id == contestant.id }) else { continue }
            add(.text(contestant.id), Wording.score(contestant.test[ranking.metric]), scores.metrics)
        }
        return table
    }
}
