import Evaluation
import Results

/// The section on raters where each test row is the rating of one person.
extension TaskReport {
    func rowRatersSection(_ raters: RaterScores, _ rows: RatedRows) -> Document {
        Document {
            Block.heading(2, "Raters")
            Block.paragraph(ratedRowsWords(raters, rows))
            Block.table(agreementTable(raters))
            Block.paragraph(
                """
                Alpha is Krippendorff's: 1 where all raters agree, 0 where they agree no more than by chance. Texts with one rating \
                are no part of it.
                """)
            // Without two ratings of any text, each row of the table would say so.
            let hasPairs = rows.loneTextCount < rows.textCount
            if hasPairs && !rows.labels.isEmpty { Block.table(labelTable(rows)) }
            if rows.judgedRatingCount == 0 {
                Block.paragraph(
                    .text(
                        (hasPairs
                            ? "There is no test row on whose text \(Wording.plural(rows.minVotes, "other rater")) or more agree"
                            : "No text has ratings by two people in test")
                            + ", so how well a human does is unknown."))
            } else {
                Block.paragraph(judgedRowsWords(raters, rows))
                Block.table(humanTable(raters))
                Block.paragraph(aheadWords(raters))
            }
        }
    }

    private func ratedRowsWords(_ raters: RaterScores, _ rows: RatedRows) -> Inline {
        var sentences = [
            "Each test row is what one person says of a text: \(Wording.plural(raters.ratingCount, "rating")) of "
                + "\(Wording.plural(rows.textCount, "text")), \(ratingRange(raters)) a text.",
            decisionWords(rows),
        ]
        if raters.otherLabelCount > 0 {
            sentences.append(
                "\(Wording.plural(raters.otherLabelCount, "rating")) \(raters.otherLabelCount == 1 ? "says" : "say") otherwise than all "
                    + "raters of the text decide."
            )
        }
        if rows.loneTextCount > 0 {
            sentences.append("Texts with one rating: \(Wording.count(rows.loneTextCount)).")
        }
        if rows.undecidedTextCount > 0 {
            sentences.append(
                "Texts with several on which they decide nothing: \(Wording.count(rows.undecidedTextCount)).")
        }
        if rows.repeatedRatingCount > 0 {
            sentences.append(
                "Left out, as their rater had rated the text before: \(Wording.plural(rows.repeatedRatingCount, "rating"))."
            )
        }
        return .text(sentences.joined(separator: " "))
    }

    private func decisionWords(_ rows: RatedRows) -> String {
        let raters = "\(Wording.count(rows.minVotes)) raters or more"
        // Of classes only one can be decided.
        if rows.labels.isEmpty {
            return rows.minVotes == 1
                ? "A text is decided where one class has the most raters."
                : "A text is decided where \(raters) say the same, and no other class has as many."
        }
        return rows.minVotes == 1
            ? "Every label that a rater gives a text is decided."
            : "A text is decided where \(raters) say the same."
    }

    private func labelTable(_ rows: RatedRows) -> Table {
        var table = Table([
            "label", .numbers("ratings with it"), .numbers("alpha"), .numbers("95% interval"),
        ])
        for label in rows.labels {
            table.add([
                .text(label.label), .text(Wording.count(label.ratingCount)),
                .text(Wording.score(label.alpha)), .text(Wording.interval(label.interval)),
            ])
        }
        return table
    }

    private func judgedRowsWords(_ raters: RaterScores, _ rows: RatedRows) -> Inline {
        let judged =
            rows.judgedRatingCount == 1
            ? "the one rating that is" : "all \(Wording.count(rows.judgedRatingCount)) ratings that are"
        var text: Inline = """
            \(strong: "A human in the ranking.") Each rating is left out in turn, and judged by what the other ratings of its text \
            decide; where they decide nothing, it is not judged. The score of \(judged) judged, by \
            \(Wording.plural(raters.judgedRaterCount, "rater")), is that of
            """
        text += " " + .emphasis("one rater")
        text += """
            . The contestants are judged by the same labels on the same rows, so their scores differ from those above, where each \
            row's gold labels are those of its own rater. Intervals are of resamples of the texts, each with all its ratings.
            """
        return text + humanMetricWords(raters)
    }
}
