import Evaluation
import Results

/// The section on parts of the test rows: every contestant's score on each, and where the order of two turns round.
extension TaskReport {
    /// Nil where the experiment file wants no slices.
    var slicesSection: Document? {
        guard let slices = results.slices else { return nil }
        let intervals =
            ranking.metric.isResampled
            ? "with 95% intervals from resamples of these rows" : "which has no intervals there"
        return Document {
            Block.heading(2, "Slices")
            Block.paragraph(
                """
                Scores on parts of the test rows by \(Wording.rankedMetric(ranking.metric)), \(intervals). A score on fewer \
                than \(Wording.count(SliceScores.fewRows)) rows says little; such slices have a †.
                """)
            for dimension in slices.dimensions {
                Block.heading(
                    3,
                    dimension.name == SliceOptions.lengthName && !slices.options.lengths.isEmpty
                        ? "By length in words" : "By \(code: dimension.name)")
                Block.table(sliceTable(dimension))
            }
            turns(slices)
        }
    }

    private func sliceTable(_ dimension: SliceScores.Dimension) -> Table {
        let ids = dimension.slices.first?.scores.map(\.id) ?? []
        var table = Table(["slice", .numbers("rows")] + ids.map(Table.Column.numbers))
        for (row, slice) in dimension.slices.enumerated() {
            let mark = slice.rowCount < SliceScores.fewRows ? " †" : ""
            table.add(
                [.text(slice.name + mark), .text(Wording.count(slice.rowCount))]
                    + slice.scores.map { score in
                        .text(
                            Wording.score(score.value)
                                + (score.interval.map { " \(Wording.interval($0))" } ?? ""))
                    })
            let values = slice.scores.map { $0.value.map(ranking.metric.direction.score) }
            guard let best = values.compactMap({ $0 }).max() else { continue }
            for (column, value) in values.enumerated() where value == best {
                table.markBest([row], column: column + 2)
            }
        }
        return table
    }

    /// Where a ranking turns round, those by more than chance first.
    private func turns(_ slices: SliceScores) -> Document {
        let all = slices.dimensions.flatMap { dimension in
            dimension.slices.flatMap { slice in slice.turns.map { (dimension.name, slice, $0) } }
        }
        let sure = all.filter { $0.2.isSure }
        let isTested = ranking.metric.isResampled
        return Document {
            if all.isEmpty {
                Block.paragraph("No two contestants stand the other way round on any slice.")
            } else if !isTested {
                Block.paragraph(
                    """
                    \(Wording.plural(all.count, "time")) two contestants stand the other way round on a slice. \
                    \(Wording.rankedMetric(ranking.metric)) has no test, so whether that is chance is unknown.
                    """)
            } else if sure.isEmpty {
                Block.paragraph(
                    """
                    \(Wording.plural(all.count, "time")) two contestants stand the other way round on a slice, never by more than \
                    chance (approximate randomization on the slice's rows, p corrected by Holm for all \
                    \(Wording.plural(slices.comparisonCount, "comparison")) on slices, level \
                    \(Wording.short(PairedComparison.level))).
                    """)
            } else {
                Block.paragraph(
                    """
                    \(strong: "The order turns round") by more than chance on these slices (approximate randomization on the \
                    slice's rows, p corrected by Holm for all \(Wording.plural(slices.comparisonCount, "comparison")) on \
                    slices)\(rest(all.count - sure.count)):
                    """)
                Block.table(turnTable(sure))
            }
        }
    }

    /// Of turns that chance may explain.
    private func rest(_ count: Int) -> String {
        count == 0 ? "" : ", and \(Wording.plural(count, "more time")) within what chance explains"
    }

    private func turnTable(_ turns: [(String, SliceScores.Slice, SliceScores.Turn)]) -> Table {
        var table = Table([
            "slice", .numbers("rows"), "better on all rows", "better here", .numbers("by"),
            .numbers("adjusted p"),
        ])
        for (dimension, slice, turn) in turns {
            table.add([
                "\(dimension): \(slice.name)", Wording.count(slice.rowCount), turn.first, turn.second,
                Wording.signed(turn.difference), Wording.pValue(turn.adjustedPValue),
            ])
        }
        return table
    }
}
