import Evaluation
import Labels
import Results

/// The sections on what the scores are worth.
extension TaskReport {
    /// One sentence by rule: whether the lead is more than chance.
    var verdict: String {
        guard let analysis = results.analysis, let pair = analysis.comparisons.first,
            ranking.contestants.count > 1
        else { return "" }
        let n = Wording.count(ranking.contestants.first?.test.support ?? 0)
        if let group = analysis.tieGroups.first(where: { $0[0] == 1 }) {
            return " Places 1 to \(group[1]) cannot be told apart at n = \(n)."
        }
        return
            " The difference of \(Wording.score(pair.difference)) \(Wording.interval(pair.interval)) is more "
            + "than chance (p \(Wording.pValue(pair.adjustedPValue ?? pair.adjustedMcNemar)))."
    }

    var significanceSection: String? {
        guard let analysis = results.analysis, !analysis.comparisons.isEmpty else { return nil }
        let table = pairTable(analysis.comparisons)
        let ties = analysis.tieGroups.map {
            "- Places \($0[0]) to \($0[1]) cannot be told apart at n = "
                + "\(Wording.count(ranking.contestants.first?.test.support ?? 0)).\n"
        }
        let detectable = analysis.smallestDifference.map {
            "\nThe smallest difference between the first two that this test set would show in four cases of five is "
                + "\(Wording.score($0)).\n"
        }
        return """
            ## Whether it could be chance

            Intervals are the middle 95% of \(Wording.count(analysis.options.draws)) stratified bootstrap resamples of \
            the test rows, the same for all contestants. Differences in \(Wording.metric(ranking.metric)) are tested by \
            approximate randomization, rows that only one of two has right by McNemar's exact test; Holm's correction \
            covers all pairs.

            \(table.markdown)
            """ + (ties.isEmpty ? "" : "\n" + ties.joined()) + (detectable ?? "")
    }

    var thresholdsSection: String? {
        let contestants = ranking.contestants.filter { $0.ledger != nil }
        guard let first = contestants.first?.ledger else { return nil }
        let objective = Wording.metric(first.objective)
        var table = Table([
            "contestant", "thresholds", ">validation", ">test", ">gain over 0.5", ">micro F1", ">macro F1",
            ">rows without a label",
        ])
        for contestant in contestants {
            for entry in contestant.ledger?.entries ?? [] {
                table.add([
                    contestant.id, Wording.thresholds(entry), Wording.score(entry.validation),
                    Wording.score(entry.test), Wording.signed(entry.gain),
                    Wording.score(entry.testScores["f1_micro"]), Wording.score(entry.testScores["f1_macro"]),
                    entry.emptyRows.map { Wording.share($0, of: contestant.test.support) } ?? "n/a",
                ])
            }
        }
        let notices = contestants.compactMap { contestant in
            contestant.emptyRowsNotice.map { "- \(contestant.id): \($0)\n" }
        }
        let fallbacks = first[.perLabel]?.fallbacks ?? []
        let fallback =
            fallbacks.isEmpty
            ? ""
            : "\nToo rare in validation to tune, so with the global threshold: \(fallbacks.joined(separator: ", ")).\n"
        let perLabel = perLabelThresholds.map { id, table in
            "\nThe thresholds per label of \(id), the best ranked:\n\n\(table.markdown)"
        }
        return """
            ## Thresholds

            The same probabilities, decided in several ways: the global threshold maximizes \(objective) on validation, \
            those per label each label's own F1 there. In brackets the 5th and 95th percentile over resamples of \
            validation. Validation and test columns are \(objective). The ranking above decides by \
            **\(first.used.rawValue)**.

            \(table.markdown)\(fallback)
            """ + (notices.isEmpty ? "" : "\n" + notices.joined()) + (perLabel ?? "")
    }

    /// The best contestant's tuned threshold of each label, with its spread.
    private var perLabelThresholds: (id: String, Table)? {
        for contestant in ranking.contestants {
            guard let entry = contestant.ledger?[.perLabel], let spread = entry.spread else { continue }
            var table = Table(["label", ">threshold", ">5th to 95th percentile", ">rows in validation"])
            let rows = results.split.parts.first { $0.name == "validation" }?.labelCounts
            for (label, name) in results.dataset.labelSpace.names.enumerated() {
                table.add([
                    name + (entry.fallbacks.contains(name) ? " (the global one)" : ""),
                    Wording.short(entry.thresholds[label]),
                    "\(Wording.short(spread[label][0])) to \(Wording.short(spread[label][1]))",
                    rows.map { Wording.count($0[label]) } ?? "n/a",
                ])
            }
            return (contestant.id, table)
        }
        return nil
    }

    var probabilitiesSection: String? {
        let contestants = ranking.contestants.filter(\.test.hasProbabilities)
        guard let kind = contestants.first?.test.kind else { return nil }
        let decided: [MetricName] = [.rocAUCMicroDecided, .rocAUCMacroDecided]
        let metrics = MetricName.allCases.filter {
            ($0.needsProbabilities || decided.contains($0)) && $0.applies(to: kind)
        }
        var table = Table(["contestant"] + metrics.map { ">" + Wording.metric($0) })
        for contestant in contestants {
            table.add([contestant.id] + metrics.map { Wording.score(contestant.test[$0]) })
        }
        let scaled = ranking.contestants.compactMap { contestant in
            results.analysis?.curves[contestant.id]?.calibration.map { scaling in
                "- \(contestant.id): \(scaling.method.rawValue) scaling fitted on validation (slope "
                    + "\(Wording.score(scaling.slope)), intercept \(Wording.score(scaling.intercept))) takes ECE from "
                    + "\(Wording.score(scaling.eceBefore)) to \(Wording.score(scaling.eceAfter)), log loss from "
                    + "\(Wording.score(scaling.logLossBefore)) to \(Wording.score(scaling.logLossAfter))\n"
            }
        }
        return "## What the probabilities are worth\n\n\(table.markdown)"
            + (scaled.isEmpty ? "" : "\n" + scaled.joined())
            + image(figures.precisionRecallFigure) + image(figures.calibrationFigure)
            + image(figures.labelCalibrationFigure)
    }

    var errorsSection: String? {
        guard let errors = results.analysis?.errors, ranking.contestants.count > 0 else { return nil }
        let N = ranking.contestants.first?.test.support ?? 0
        var text = """
            ## Errors

            All contestants get \(Wording.plural(errors.rightByAll, "row")) exactly right \
            (\(Wording.share(errors.rightByAll, of: N))), none gets \
            \(Wording.plural(errors.rightByNone, "row")) right (\(Wording.share(errors.rightByNone, of: N))).

            """
        var alone = Table(["contestant", ">rows only it gets right", "such as"])
        for contestant in ranking.contestants {
            alone.add([
                contestant.id, Wording.count(errors.onlyRightCounts[contestant.id] ?? 0),
                (errors.onlyRight[contestant.id] ?? []).prefix(4).map { named($0) }.joined(separator: "; "),
            ])
        }
        text += "\n\(alone.markdown)"
        if !errors.agreement.isEmpty {
            var table = Table(["pair", ">same prediction"])
            for pair in errors.agreement {
                table.add(["\(pair.first), \(pair.second)", Wording.share(pair.rows, of: N)])
            }
            text += "\n\(table.markdown)"
        }
        for contestant in ranking.contestants {
            let pairs = errors.confusions[contestant.id] ?? []
            let worst = errors.worst[contestant.id] ?? []
            if pairs.isEmpty && worst.isEmpty { continue }
            text += "\n### Errors of \(contestant.id)\n"
            if !pairs.isEmpty {
                text +=
                    "\nMissed label taken for another: "
                    + pairs.prefix(5).map { "\($0.gold) for \($0.predicted) (\($0.count))" }
                    .joined(separator: ", ") + ".\n"
            }
            if !worst.isEmpty {
                var table = Table(["worst mistakes", "gold", "predicted", ">loss"])
                for mistake in worst.prefix(5) {
                    table.add([
                        named(mistake.id), mistake.gold.joined(separator: ", "),
                        mistake.predicted.isEmpty ? "(no label)" : mistake.predicted.joined(separator: ", "),
                        Wording.score(mistake.loss),
                    ])
                }
                text += "\n\(table.markdown)"
            }
        }
        return text
    }

    /// A row by its id, or by its text where that may be quoted.
    private func named(_ id: String) -> String {
        guard let text = results.analysis?.errors.texts?[id] else { return "`\(id)`" }
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        return "“\(Wording.plain(line.count > 120 ? String(line.prefix(119)) + "…" : line))”"
    }

    var publishedSection: String? {
        let names = (results.analysis?.options.against ?? []) + against
        let published = names.compactMap { PublishedResult.named($0) }
        guard !published.isEmpty, let best = ranking.contestants.first else { return nil }
        var table = Table([
            "published", "metric", ">published", ">\(best.id)", ">95% interval", ">difference",
        ])
        var notes = ""
        for result in published {
            let scores = result.scores.sorted { $0.key.rawValue < $1.key.rawValue }
            for (metric, value) in scores {
                let own = best.test[metric]
                table.add([
                    result.system, Wording.metric(metric), Wording.score(value), Wording.score(own),
                    Wording.interval(results.analysis?.intervals[best.id]?[metric.rawValue]),
                    Wording.signed(own.map { $0 - value }),
                ])
            }
            for label in best.test.perLabel {
                guard let value = result.perLabel[label.label] else { continue }
                table.add([
                    result.system, "F1 of \(label.label)", Wording.score(value), Wording.score(label.f1), "",
                    Wording.signed(label.f1.map { $0 - value }),
                ])
            }
            let source = result.url.map { "[\(result.source)](\($0))" } ?? result.source
            notes += "- \(result.system), \(source): \(result.conditions.joined(separator: "; "))"
            if result.dataset != results.dataset.name { notes += "; **another dataset** (\(result.dataset))" }
            if let count = result.labelCount, count != results.dataset.labelSpace.count {
                notes += "; **other labels** (\(count), here \(results.dataset.labelSpace.count))"
            }
            notes += "\n"
        }
        return "## Against published results\n\n\(table.markdown)\nWhat differs:\n\n\(notes)"
    }

    var seedsSection: String? {
        guard let seeds = results.seeds else { return nil }
        var table = Table(["contestant"] + ranking.metrics.map { ">" + Wording.metric($0) })
        for contestant in ranking.contestants {
            table.add(
                [contestant.id]
                    + ranking.metrics.map { metric in
                        seeds.spread(of: contestant.id, metric).map {
                            "\(Wording.score($0.mean)) ± \(Wording.score($0.deviation))"
                        } ?? "n/a"
                    })
        }
        return """
            ## Over seeds

            Mean and standard deviation on test over \(Wording.plural(seeds.seeds.count, "seed")) \
            (\(seeds.seeds.map { "\($0)" }.joined(separator: ", "))), on the same split.

            \(table.markdown)
            """
    }

    var learningSection: String? {
        let curves = image(figures.learningFigure) + image(figures.validationFigure)
        return curves.isEmpty ? nil : "## Learning curves\n" + curves
    }
}
