import Evaluation
import Results

/// The sections on who is best, and who took part.
extension TaskReport {
    var rankingSection: Document {
        let seeds: Inline =
            results.seeds.map {
                " Scores are means over \(Wording.plural($0.seeds.count, "seed")); sd is their standard deviation."
            } ?? ""
        return Document {
            Block.heading(2, "Ranking")
            Block.paragraph(
                """
                Every contestant was fitted on the same train rows and scored once on the same test rows, ordered by \
                \(Wording.rankedMetric(ranking.metric)).\(externalNote)\(seeds)
                """)
            Block.table(ranking.table)
            Block.paragraph(undefinedNote)
            figure(figures.rankingFigure)
        }
    }

    /// Nobody here saw what was done with predictions that were made elsewhere.
    private var externalNote: Inline {
        let ids = ranking.contestants.filter(\.isExternal).map(\.id)
        if ids.isEmpty { return "" }
        return """
             Except \(ids.joined(separator: ", ")): predictions that were made elsewhere, scored on the same test rows; \
            what they were fitted on, and whether the test rows were part of it, is not known, nor what it cost.
            """
    }

    private var undefinedNote: Inline {
        let counted = ranking.contestants.compactMap { contestant -> Inline? in
            let count = contestant.test.undefined[.precisionMacro] ?? 0
            return count == 0 ? nil : "\(contestant.id) never predicts \(count) of \(labels.count) labels"
        }
        if counted.isEmpty { return "" }
        return """
            A label that is never predicted has no precision (n/a) and counts with an F1 of 0 in the averages: \
            \(counted.joined(separator: "; ")).
            """
    }

    var contestantsSection: Document {
        var table = Table(["contestant", "model", "settings"])
        for contestant in results.contestants {
            table.add([contestant.id, contestant.model, contestant.summary])
        }
        return Document {
            Block.heading(2, "Contestants")
            Block.table(table)
            Block.list(
                results.contestants.flatMap { contestant in
                    contestant.notices.map { "\(contestant.id): \($0)" }
                })
        }
    }

    var seedsSection: Document? {
        guard let seeds = results.seeds else { return nil }
        var table = Table(["contestant"] + ranking.metrics.map { .numbers($0.readableName) })
        for contestant in ranking.contestants {
            table.add(
                [contestant.id]
                    + ranking.metrics.map { metric in
                        seeds.spread(of: contestant.id, metric).map {
                            "\(Wording.score($0.mean)) ± \(Wording.score($0.deviation))"
                        } ?? Table.none
                    })
        }
        return Document {
            Block.heading(2, "Over seeds")
            Block.paragraph(
                """
                Mean and standard deviation on test over \(Wording.plural(seeds.seeds.count, "seed")) \
                (\(Wording.seeds(results))), on the same split. Ranking, intervals and tests are over all of them; what \
                follows on thresholds, labels, probabilities, errors and cost is of seed \(results.experiment.seed).
                """)
            Block.table(table)
        }
    }

    var learningSection: Document? {
        let curves = figure(figures.learningFigure) + figure(figures.validationFigure)
        if curves.isEmpty { return nil }
        return Document {
            Block.heading(2, "Learning curves")
            curves
        }
    }
}
