import Evaluation
import Results

/// The sections on who is best, and who took part.
extension TaskReport {
    var rankingSection: Document {
        let fitted =
            results.folds.map(Self.fitted)
            ?? "Every contestant was fitted on the same train rows and scored once on the same test rows."
        let means: Inline =
            Wording.replicates(results).map {
                " Scores are means over \($0); sd is their standard deviation."
                    + (results.folds == nil
                        ? "" : " The pooled score and its interval are of all rows together.")
            } ?? ""
        return Document {
            Block.heading(2, "Ranking")
            Block.paragraph(
                """
                \(fitted)\(sampleNote) The table is ordered by \(Wording.rankedMetric(ranking.metric)).\(externalNote)\(means)
                """)
            Block.table(ranking.table)
            Block.paragraph(undefinedNote)
            figure(figures.rankingFigure)
        }
    }

    /// Which rows that were, where no contestant was fitted on all of train.
    private var sampleNote: Inline {
        guard let sample = results.sample else { return "" }
        return " These were a sample: \(sample.sample.unit.words(sample.sample.size)), the first of its size."
    }

    private static func fitted(onFolds folds: FoldSpread) -> Inline {
        let dealings = folds.dealings
        let dealt: Inline =
            dealings > 1
            ? "Rows were dealt into folds \(dealings) times. " : ""
        return """
            \(dealt)Each contestant was fitted once per fold, on the rows of the other \
            folds\(dealings > 1 ? " of the same dealing" : ""), so each row is predicted \
            \(dealings > 1 ? "\(dealings) times" : "once"). All contestants had the same folds.
            """
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

    var replicatesSection: Document? {
        guard let replicates = Wording.replicates(results) else { return nil }
        var table = Table(["contestant"] + ranking.metrics.map { .numbers($0.readableName) })
        for contestant in ranking.contestants {
            table.add(
                [contestant.id]
                    + ranking.metrics.map { metric in
                        results.spread(of: contestant.id, metric).map {
                            "\(Wording.score($0.mean)) ± \(Wording.score($0.deviation))"
                        } ?? Table.none
                    })
        }
        return Document {
            if results.folds == nil {
                Block.heading(2, "Over seeds")
                Block.paragraph(
                    """
                    Mean and standard deviation on test over \(replicates) (\(Wording.seeds(results))), on the same split. \
                    Ranking, intervals and tests are over all of them; what follows on thresholds, labels, probabilities, \
                    errors and cost is of seed \(results.experiment.seed).
                    """)
            } else {
                Block.heading(2, "Over folds")
                Block.paragraph(
                    """
                    Mean and standard deviation over \(replicates). Folds share most of their train rows, so the deviation \
                    over \(code: "√n") is not the mean's standard error. All that follows this section, and the intervals \
                    and tests before it, are of the pooled predictions, each row's by the model that was not fitted on its \
                    fold.\(firstDealing)
                    """)
            }
            Block.table(table)
            results.folds.map(foldsDocument)
        }
    }

    /// Which predictions are pooled where there are several of each row.
    private var firstDealing: Inline {
        guard let folds = results.folds, folds.dealings > 1 else { return "" }
        return """
             These are the predictions of the first \(folds.count / folds.dealings) folds: several of one row are not \
            independent, so no test over rows takes more than one of each.
            """
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
