import Evaluation
import Results

/// The section on contestants over several datasets.
struct DatasetsSection {
    private let comparison: DatasetsComparison

    init(_ comparison: DatasetsComparison) {
        self.comparison = comparison
    }

    /// Average ranks, with those that are not told apart joined; nil where there is no critical difference.
    var figure: Figure? {
        comparison.criticalDifference.map { difference in
            RankDiagram(
                contestants: comparison.contestants.map { ($0.id, $0.averageRank) },
                criticalDifference: difference,
                groups: comparison.groups
            ).figure(
                name: "critical-difference",
                title: "average ranks over \(Wording.plural(comparison.datasets.count, "dataset")); "
                    + "lines join contestants that Nemenyi's test does not tell apart")
        }
    }

    /// - Parameter hasFigure: Whether the picture is shown.
    func document(hasFigure: Bool) -> Document {
        Document {
            Block.heading(2, "Over \(Wording.plural(comparison.datasets.count, "dataset"))")
            Block.paragraph(
                """
                Each dataset counts once. Ranks are by \(metricWords), 1 for the best. A normalised score is 0 for the worst \
                of these contestants on a dataset and 1 for the best. A win is a better score by more than chance, by the \
                dataset's own paired test with Holm's correction.
                """)
            Block.table(scoreTable)
            Block.list(comparison.notices.map(Inline.text))
            Block.paragraph(friedmanWords)
            if hasFigure, let figure {
                Block.figure(figure, path: RunLayout.figurePath(figure.name))
            }
            Block.paragraph(pairWords)
            Block.table(pairTable)
        }
    }

    private var metricWords: String {
        comparison.hasSeveralMetrics
            ? "each dataset's own metric"
            : comparison.datasets.first.map { Wording.rankedMetric($0.metric) } ?? ""
    }

    private var friedmanWords: Inline {
        guard let friedman = comparison.friedman else {
            return comparison.contestants.count < 3
                ? "Friedman's test needs three contestants, so there is none of two."
                : "All contestants have equal scores on every dataset, so there is no Friedman's test."
        }
        let f = friedman.f == nil ? "infinite" : Wording.short(friedman.f)
        let (k, n) = (friedman.contestants, friedman.datasets)
        let verdict =
            friedman.fPValue < PairedComparison.level
            ? "the contestants do not all rank alike"
            : "it is not shown that the contestants rank differently"
        let difference = comparison.criticalDifference.map {
            " Nemenyi's test tells average ranks apart that differ by \(Wording.short($0)) or more."
        }
        return """
            Friedman's test: chi-squared \(Wording.short(friedman.chiSquared)) with \
            \(Wording.plural(k - 1, "degree")) of freedom, p \(Wording.pValue(friedman.pValue)); Iman and Davenport's F \(f) with \
            \(k - 1) and \((k - 1) * (n - 1)), p \(Wording.pValue(friedman.fPValue)): \(verdict) at the 5% level.\
            \(difference ?? "")
            """
    }

    private var pairWords: Inline {
        let n = comparison.datasets.count
        let words: Inline = """
            Pairs are tested by Wilcoxon's signed-rank test of the scores' differences, with Holm's correction for \
            \(Wording.theseComparisons(comparison.pairs.count)). It takes the datasets for independent, and differences on them for \
            comparable in size.
            """
        // With all differences of one sign, p is 2 / 2^n.
        let smallest = 2 / Double(1 << min(n, 60))
        if smallest * Double(comparison.pairs.count) < PairedComparison.level { return words }
        return words + """
             Of \(Wording.plural(n, "dataset")) its p cannot be below \(Wording.pValue(smallest)), so that \
            after the correction no pair can be told apart at the 5% level: take more datasets.
            """
    }

    var scoreTable: Table {
        var table = Table(
            [
                .numbers("#"), "contestant", .numbers("average rank"), .numbers("normalised score"),
                .numbers("wins"),
                .numbers("ties"), .numbers("losses"),
            ]
                + comparison.datasets.map { .numbers($0.name) })
        for (place, contestant) in comparison.contestants.enumerated() {
            table.add(
                [
                    "\(place + 1)", contestant.id, Wording.short(contestant.averageRank),
                    Wording.short(contestant.normalizedScore), "\(contestant.outcomes.wins)",
                    "\(contestant.outcomes.ties)", "\(contestant.outcomes.losses)",
                ] + comparison.datasets.map { Wording.score($0.scores[place]) })
        }
        let first = table.columns.count - comparison.datasets.count
        for (column, dataset) in comparison.datasets.enumerated() {
            let scores = dataset.scores.map(dataset.metric.direction.score)
            let best = scores.max()
            table.markBest(scores.indices.filter { scores[$0] == best }, column: first + column)
        }
        return table
    }

    var pairTable: Table {
        var table = Table([
            "pair", .numbers("wins"), .numbers("ties"), .numbers("losses"), .numbers("mean difference"),
            .numbers("Wilcoxon p"), .numbers("p, Holm"), .numbers("Nemenyi p"),
        ])
        for pair in comparison.pairs {
            table.add([
                "\(pair.first) vs \(pair.second)", "\(pair.outcomes.wins)", "\(pair.outcomes.ties)",
                "\(pair.outcomes.losses)", Wording.signed(pair.meanDifference),
                Wording.pValue(pair.wilcoxon?.pValue), Wording.pValue(pair.adjustedPValue),
                Wording.pValue(pair.nemenyiPValue),
            ])
        }
        return table.withoutEmptyColumns
    }
}
