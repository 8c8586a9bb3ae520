import Corpora
import Evaluation
import Results

/// The sections on what the scores are worth.
extension TaskReport {
    // MARK: Thresholds

    var thresholdsSection: Document? {
        let contestants = ranking.contestants.filter { $0.ledger != nil }
        guard let first = contestants.first?.ledger else { return nil }
        let objective = first.objective.readableName
        let fallbacks = first[.perLabel]?.fallbacks ?? []
        return Document {
            Block.heading(2, "Thresholds")
            Block.paragraph(
                """
                The same probabilities, decided in several ways: the global threshold \
                \(first.objective.direction == .higherIsBetter ? "maximizes" : "minimizes") \(objective) on validation, \
                those per label each label's own F1 there. In brackets the 5th and 95th percentile over resamples of \
                validation. Validation and test columns are \(objective). The ranking above decides by \
                \(strong: first.used.rawValue).
                """)
            Block.table(thresholdTable(contestants))
            if !fallbacks.isEmpty {
                Block.paragraph(
                    """
                    Too rare in validation to tune, so with the global threshold: \(fallbacks.joined(separator: ", ")).
                    """)
            }
            Block.list(
                contestants.compactMap { contestant in
                    contestant.emptyRowsNotice.map { "\(contestant.id): \($0)" }
                })
            if let (id, table) = perLabelThresholds {
                Block.paragraph("The thresholds per label of \(id), the best ranked:")
                Block.table(table)
            }
        }
    }

    private func thresholdTable(_ contestants: [ContestantResults]) -> Table {
        var table = Table([
            "contestant", "thresholds", .numbers("validation"), .numbers("test"), .numbers("change from 0.5"),
            .numbers("micro F1"), .numbers("macro F1"), .numbers("rows without a label"),
        ])
        for contestant in contestants {
            for entry in contestant.ledger?.entries ?? [] {
                table.add([
                    contestant.id, Wording.thresholds(entry), Wording.score(entry.validation),
                    Wording.score(entry.test), Wording.signed(entry.gain),
                    Wording.score(entry.testScores[.f1Micro]), Wording.score(entry.testScores[.f1Macro]),
                    entry.emptyRows.map { Wording.share($0, of: contestant.test.support) } ?? Table.none,
                ])
            }
        }
        return table.withoutEmptyColumns
    }

    /// The best contestant's tuned threshold of each label, with its spread.
    private var perLabelThresholds: (id: String, Table)? {
        for contestant in ranking.contestants {
            guard let entry = contestant.ledger?[.perLabel], let spread = entry.spread else { continue }
            var table = Table([
                "label", .numbers("threshold"), .numbers("5th to 95th percentile"),
                .numbers("rows in validation"),
            ])
            let rows = results.split[.validation]?.labelCounts
            for (label, name) in labels.names.enumerated() {
                table.add([
                    name + (entry.fallbacks.contains(name) ? " (the global one)" : ""),
                    Wording.short(entry.thresholds[label]),
                    "\(Wording.short(spread[label][0])) to \(Wording.short(spread[label][1]))",
                    rows.map { Wording.count($0[label]) } ?? Table.none,
                ])
            }
            return (contestant.id, table)
        }
        return nil
    }

    // MARK: Probabilities

    var probabilitiesSection: Document? {
        let contestants = ranking.contestants.filter(\.test.hasProbabilities)
        guard let kind = contestants.first?.test.kind else { return nil }
        let decided: [MetricName] = [.rocAUCMicroDecided, .rocAUCMacroDecided]
        let metrics = MetricName.allCases.filter {
            ($0.needsProbabilities || decided.contains($0)) && $0.applies(to: kind)
        }
        var table = Table(["contestant"] + metrics.map { .numbers($0.readableName) })
        for contestant in contestants {
            table.add([contestant.id] + metrics.map { Wording.score(contestant.test[$0]) })
        }
        let scaled = ranking.contestants.compactMap { contestant in
            results.analysis?.curves[contestant.id]?.calibration.map { scaling -> Inline in
                """
                \(contestant.id): \(parameters(of: scaling)) \(scaling.method == .temperature && scaling.slopes.count == 1 ? "takes" : "take") ECE from \(Wording.score(scaling.eceBefore)) to \
                \(Wording.score(scaling.eceAfter)), log loss from \(Wording.score(scaling.logLossBefore)) to \
                \(Wording.score(scaling.logLossAfter))
                """
            }
        }
        return Document {
            Block.heading(2, "Probabilities and calibration")
            Block.table(table)
            if !scaled.isEmpty { Block.paragraph(scalingNote) }
            Block.list(scaled)
            figure(figures.precisionRecallFigure)
            figure(figures.calibrationFigure)
            figure(figures.labelCalibrationFigure)
        }
    }

    /// What scaling was tried, and that it stays a trial.
    private var scalingNote: Inline {
        let what =
            switch results.analysis?.options.calibration {
            case .platt:
                labels.kind == .binary
                    ? "Platt scaling, a slope and an intercept on the logit of the positive label,"
                    : "Platt scaling, a slope and an intercept on the logit of each label against the rest,"
            case .temperature, nil: "Temperature scaling, one slope on the logits,"
            }
        return """
            \(what) fitted on validation, and what it would change on test. It is not applied: stored predictions, \
            thresholds, scores and \(code: "predict") have the probabilities as the contestants gave them.
            """
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

    // MARK: Published results

    var publishedSection: Document? {
        let names = (results.analysis?.options.against ?? []) + against
        let published = names.compactMap { PublishedResult.named($0) }
        guard !published.isEmpty, let best = ranking.best else { return nil }
        return Document {
            Block.heading(2, "Against published results")
            Block.table(publishedTable(published, best))
            Block.paragraph("What differs:")
            Block.list(published.map(differences))
        }
    }

    private func publishedTable(_ published: [PublishedResult], _ best: ContestantResults) -> Table {
        var table = Table([
            "published", "metric", .numbers("published"), .numbers(best.id), .numbers("95% interval"),
            .numbers("difference"),
        ])
        for result in published {
            for (metric, value) in result.scores.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                let own = ranking.score(of: best, metric)
                table.add([
                    result.system, metric.readableName, Wording.score(value), Wording.score(own),
                    Wording.interval(results.analysis?.intervals[best.id]?[metric]),
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
        }
        return table
    }

    /// Why a published result and ours may not be one experiment.
    private func differences(of result: PublishedResult) -> Inline {
        let source = result.url.map { Inline(.link(result.source, address: $0)) } ?? .text(result.source)
        var text: Inline = "\(result.system), \(source): \(result.conditions.joined(separator: "; "))"
        if result.dataset != results.dataset.name {
            text += "; \(strong: "another dataset") (\(result.dataset))"
        }
        if let count = result.labelCount, count != labels.count {
            text += "; \(strong: "other labels") (\(count), here \(labels.count))"
        }
        return text
    }
}
