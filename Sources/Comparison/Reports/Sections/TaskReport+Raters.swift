import Evaluation
import Results

/// The section on the people who rated the texts: how far they agree, and one of them in the ranking.
extension TaskReport {
    /// Nil where the dataset does not tell what each rater said.
    var ratersSection: Document? {
        guard let raters = results.raters else { return nil }
        if let rows = raters.rows { return rowRatersSection(raters, rows) }
        return Document {
            Block.heading(2, "Raters")
            Block.paragraph(ratingsWords(raters))
            Block.table(agreementTable(raters))
            Block.paragraph(
                """
                Alpha is Krippendorff's: 1 where all raters agree, 0 where they agree no more than by chance. A rating alone is \
                worth less than the mean of several, by which this report's labels were made.
                """)
            if raters.judgedRaterCount == 0 {
                Block.paragraph("No test row has two ratings, so how well a human does is unknown.")
            } else {
                Block.paragraph(humanWords(raters))
                Block.table(humanTable(raters))
                Block.paragraph(aheadWords(raters))
            }
        }
    }

    private func ratingsWords(_ raters: RaterScores) -> Inline {
        let noun = raters.mostRatings == 1 ? "rating" : "ratings"
        var text: Inline =
            "Each test row has \(ratingRange(raters)) \(noun), \(Wording.count(raters.ratingCount)) in all, and its label is the class of their mean."
        if raters.otherLabelCount > 0 {
            text +=
                " For \(Wording.plural(raters.otherLabelCount, "row")) the dataset's own label is another one."
        }
        return text
    }

    /// From the fewest ratings to the most: `3 to 5`, or `3`.
    func ratingRange(_ raters: RaterScores) -> String {
        let most = Wording.count(raters.mostRatings)
        return raters.fewestRatings == raters.mostRatings
            ? most : "\(Wording.count(raters.fewestRatings)) to \(most)"
    }

    /// Where the ranking's metric cannot be had of a human.
    func humanMetricWords(_ raters: RaterScores) -> Inline {
        raters.metric == ranking.metric
            ? "" : " A human gives no probabilities, so the metric is \(raters.metric.readableName)."
    }

    func agreementTable(_ raters: RaterScores) -> Table {
        var table = Table(["raters agree on", "level", .numbers("alpha"), .numbers("95% interval")])
        for agreement in raters.agreement {
            let subject =
                switch agreement.subject {
                case .ratings: "the rating"
                case .labels: raters.rows == nil ? "the class that it would be" : "the class"
                case .labelMean: "whether a text has a label, mean over labels"
                }
            table.add([
                subject, agreement.level.rawValue, Wording.score(agreement.alpha),
                Wording.interval(agreement.interval),
            ])
        }
        return table
    }

    private func humanWords(_ raters: RaterScores) -> Inline {
        var text: Inline = """
            \(strong: "A human in the ranking.") \(Wording.plural(raters.judgedRaterCount, "rater")) are left out in turn, and \
            judged by the class of the mean of all others. The mean of their scores is that of
            """
        text += " " + .emphasis("one rater")
        text += """
            . The contestants are judged by the same classes on the same rows, so their scores differ a little from those above.
            """
        return text + humanMetricWords(raters)
    }

    func humanTable(_ raters: RaterScores) -> Table {
        var table = Table([
            .numbers("#"), "", .numbers(Wording.rankedMetric(raters.metric)), .numbers("95% interval"),
            .numbers("minus one rater"), .numbers("95% interval"),
        ])
        for (place, (id, score)) in raters.places.enumerated() {
            let difference = raters.contestants.first { $0.id == id }?.difference
            table.add([
                .text("\(place + 1)"), id.map(Inline.text) ?? .emphasis("one rater"),
                .text(Wording.score(score.value)), .text(Wording.interval(score.interval)),
                .text(Wording.signed(difference?.value)),
                .text(difference.map { Wording.interval($0.interval) } ?? ""),
            ])
        }
        return table
    }

    /// Who is better than one rater, and who is not, by more than chance.
    func aheadWords(_ raters: RaterScores) -> Inline {
        let sign = raters.metric.direction == .lowerIsBetter ? -1.0 : 1.0
        func ids(_ isMeant: (Interval) -> Bool) -> [String] {
            raters.contestants.filter { $0.difference.interval.map(isMeant) ?? false }.map(\.id)
        }
        let better = ids { min(sign * $0.low, sign * $0.high) > 0 }
        let worse = ids { max(sign * $0.low, sign * $0.high) < 0 }
        let open = raters.contestants.map(\.id).filter { !better.contains($0) && !worse.contains($0) }
        func words(_ ids: [String], _ what: String) -> String? {
            ids.isEmpty ? nil : "\(what): \(ids.joined(separator: ", "))"
        }
        return .text(
            [
                words(better, "Better than one rater, by an interval that excludes 0"),
                words(open, "Not to be told from one rater"),
                words(worse, "Worse than one rater"),
            ].compactMap(\.self).joined(separator: ". ") + ".")
    }
}
