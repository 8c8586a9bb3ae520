import Evaluation
import Results

/// The sections on what the scores are worth.
extension TaskReport {
    var thresholdsSection: Markdown? {
        let contestants = ranking.contestants.filter { $0.ledger != nil }
        guard let first = contestants.first?.ledger else { return nil }
        let objective = first.objective.readableName
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
            contestant.emptyRowsNotice.map { "- \(contestant.id): \($0)\n" as Markdown }
        }
        let fallbacks = first[.perLabel]?.fallbacks ?? []
        let fallback: Markdown =
            fallbacks.isEmpty
            ? ""
            : "\nToo rare in validation to tune, so with the global threshold: \(fallbacks.joined(separator: ", ")).\n"
        let perLabel = perLabelThresholds.map { id, table -> Markdown in
            "\nThe thresholds per label of \(id), the best ranked:\n\n\(table.markdown)"
        }
        return """
            ## Thresholds

            The same probabilities, decided in several ways: the global threshold maximizes \(objective) on validation, \
            those per label each label's own F1 there. In brackets the 5th and 95th percentile over resamples of \
            validation. Validation and test columns are \(objective). The ranking above decides by \
            **\(first.used.rawValue)**.

            \(table.withoutEmptyColumns.markdown)\(fallback)
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

    var probabilitiesSection: Markdown? {
        let contestants = ranking.contestants.filter(\.test.hasProbabilities)
        guard let kind = contestants.first?.test.kind else { return nil }
        let decided: [MetricName] = [.rocAUCMicroDecided, .rocAUCMacroDecided]
        let metrics = MetricName.allCases.filter {
            ($0.needsProbabilities || decided.contains($0)) && $0.applies(to: kind)
        }
        var table = Table(["contestant"] + metrics.map { ">" + $0.readableName })
        for contestant in contestants {
            table.add([contestant.id] + metrics.map { Wording.score(contestant.test[$0]) })
        }
        let scaled = ranking.contestants.compactMap { contestant in
            results.analysis?.curves[contestant.id]?.calibration.map { scaling -> Markdown in
                "- \(contestant.id): \(parameters(of: scaling)) take ECE from "
                    + "\(Wording.score(scaling.eceBefore)) to \(Wording.score(scaling.eceAfter)), log loss from "
                    + "\(Wording.score(scaling.logLossBefore)) to \(Wording.score(scaling.logLossAfter))\n"
            }
        }
        return "## What the probabilities are worth\n\n\(table.markdown)"
            + (scaled.isEmpty ? "" : "\n" + scalingNote + scaled.joined())
            + image(figures.precisionRecallFigure) + image(figures.calibrationFigure)
            + image(figures.labelCalibrationFigure)
    }

    /// What scaling was tried, and that it stays a trial.
    private var scalingNote: Markdown {
        let what: Markdown =
            switch results.analysis?.options.calibration {
            case .platt:
                results.dataset.labelSpace.kind == .binary
                    ? "Platt scaling, a slope and an intercept on the logit of the positive label,"
                    : "Platt scaling, a slope and an intercept on the logit of each label against the rest,"
            case .temperature, nil: "Temperature scaling, one slope on the logits,"
            }
        return what
            + " fitted on validation, and what it would change on test. It is not applied: stored predictions, "
            + "thresholds, scores and `predict` have the probabilities as the contestants gave them.\n\n"
    }

    private func parameters(of scaling: CalibrationResult) -> String {
        func span(_ values: [Double]) -> String {
            let (least, most) = (values.min() ?? 0, values.max() ?? 0)
            return values.count == 1
                ? Wording.score(least) : "from \(Wording.score(least)) to \(Wording.score(most))"
        }
        let slopes = "\(scaling.slopes.count == 1 ? "slope" : "slopes") \(span(scaling.slopes))"
        return scaling.method == .temperature
            ? slopes + " (temperature \(Wording.score(scaling.slopes.first.map { 1 / $0 })))"
            : slopes
                + ", \(scaling.slopes.count == 1 ? "intercept" : "intercepts") \(span(scaling.intercepts))"
    }

    var errorsSection: Markdown? {
        let contestants = ranking.contestants.filter { !results.isBaseline($0) }
        guard let errors = results.analysis?.errors, let first = contestants.first else { return nil }
        let N = first.test.support
        let dummies = contestants.count < ranking.contestants.count ? " but the dummies" : ""
        var text: Markdown = """
            ## Errors

            All contestants\(dummies) get \(Wording.plural(errors.rightByAll, "row")) exactly right \
            (\(Wording.share(errors.rightByAll, of: N))), none gets \
            \(Wording.plural(errors.rightByNone, "row")) right (\(Wording.share(errors.rightByNone, of: N))).

            """
        var alone = Table(["contestant", ">rows only it gets right", "such as"])
        for contestant in contestants {
            alone.add(markup: [
                .text(contestant.id), .text(Wording.count(errors.onlyRightCounts[contestant.id] ?? 0)),
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
        for contestant in contestants {
            let pairs = errors.confusions[contestant.id] ?? []
            let worst = errors.worst[contestant.id] ?? []
            if pairs.isEmpty && worst.isEmpty { continue }
            text += "\n### Errors of \(contestant.id)\n"
            if !pairs.isEmpty {
                text +=
                    "\nMissed label taken for another: "
                    + pairs.prefix(5).map { "\($0.gold) for \($0.predicted) (\($0.count))" as Markdown }
                    .joined(separator: ", ") + ".\n"
            }
            if !worst.isEmpty {
                var table = Table(["worst mistakes", "gold", "predicted", ">loss"])
                for mistake in worst.prefix(5) {
                    table.add(markup: [
                        named(mistake.id), labelled(mistake.gold), labelled(mistake.predicted),
                        .text(Wording.score(mistake.loss)),
                    ])
                }
                text += "\n\(table.markdown)"
            }
        }
        return text
    }

    private func labelled(_ names: [String]) -> Markdown {
        names.isEmpty ? "(no label)" : .text(names.joined(separator: ", "))
    }

    /// A row by its id, or by its text where that may be quoted.
    private func named(_ id: String) -> Markdown {
        guard let text = results.analysis?.errors.texts?[id] else { return .code(id) }
        return "“\(text.count > 120 ? String(text.prefix(119)) + "…" : text)”"
    }

    var publishedSection: Markdown? {
        let names = (results.analysis?.options.against ?? []) + against
        let published = names.compactMap { PublishedResult.named($0) }
        guard !published.isEmpty, let best = ranking.best else { return nil }
        var table = Table([
            "published", "metric", ">published", ">\(best.id)", ">95% interval", ">difference",
        ])
        var notes: Markdown = ""
        for result in published {
            let scores = result.scores.sorted { $0.key.rawValue < $1.key.rawValue }
            for (metric, value) in scores {
                let own = ranking.score(of: best, metric)
                table.add([
                    result.system, metric.readableName, Wording.score(value), Wording.score(own),
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
            let source: Markdown =
                result.url.map { "[\(result.source)](\(Markdown(source: $0)))" } ?? .text(result.source)
            notes += "- \(result.system), \(source): \(result.conditions.joined(separator: "; "))"
            if result.dataset != results.dataset.name { notes += "; **another dataset** (\(result.dataset))" }
            if let count = result.labelCount, count != results.dataset.labelSpace.count {
                notes += "; **other labels** (\(count), here \(results.dataset.labelSpace.count))"
            }
            notes += "\n"
        }
        return "## Against published results\n\n\(table.markdown)\nWhat differs:\n\n\(notes)"
    }

    var seedsSection: Markdown? {
        guard let seeds = results.seeds else { return nil }
        var table = Table(["contestant"] + ranking.metrics.map { ">" + $0.readableName })
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
            (\(Wording.seeds(results))), on the same split. Ranking, intervals and tests are over all of them; what follows \
            on thresholds, labels, probabilities, errors and cost is of seed \(results.experiment.seed).

            \(table.markdown)
            """
    }

    var learningSection: Markdown? {
        let curves = image(figures.learningFigure) + image(figures.validationFigure)
        return curves.isEmpty ? nil : "## Learning curves\n" + curves
    }
}
