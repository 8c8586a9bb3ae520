import Corpora
import Evaluation
import Results

/// What is said of a learning curve: scores against the rows that contestants were fitted on.
extension TaskReport {
    var curveSection: Document? {
        guard let curve = results.curve else { return nil }
        return Document {
            Block.heading(2, "Scores by train rows")
            Block.paragraph(introduction(curve))
            if let caution = caution(curve) { Block.paragraph(caution) }
            figure(figures.curveFigure)
            Block.table(curveTable(curve))
            crossingsDocument(curve)
            neededDocument(curve)
            lawsDocument(curve)
        }
    }

    private func introduction(_ curve: LearningCurve) -> Inline {
        let plan = curve.plan
        let samples =
            plan.repeats == 1 ? "one sample of each size" : "\(plan.repeats) samples of each size"
        let whole = plan.includesAll ? ", and once on the whole train part" : ""
        let how: Inline =
            switch plan.unit {
            case .rows: "stratified by labels"
            case .perClass where labels.kind == .multilabel:
                "each label has at least so many rows: the rarest is served first, and a row counts for all of its labels"
            case .perClass: "each label has the same number of rows"
            }
        let band: Inline =
            plan.repeats == 1
            ? "One sample does not tell how much of a score is luck of the sample, so its points have no band."
            : """
            The mean over the samples stands for all samples of that size from this train part, and its 95% band holds the luck of \
            the sample\(curve.hasTestVariance ? " and of the test rows" : " alone, as \(curve.metric.readableName) is not resampled").
            """
        let all: Inline =
            plan.includesAll && curve.hasTestVariance
            ? " The band of the whole train part, of which there is one, is of the test rows alone." : ""
        return """
            Each contestant was fitted on \(samples) of the train rows\(whole), the same ones for all. Samples are nested, \
            \(how). All are scored on the same test rows, by \(Wording.rankedMetric(curve.metric)). \(band)\(all) \
            Validation is whole for every size: whoever has few labels seldom has so many to choose thresholds and settings on, so \
            what is chosen there flatters small samples.
            """
    }

    /// So few test rows of a label that resamples tell their luck only roughly, and so few rows of it in a sample that the
    /// samples that were drawn seldom show how far scores scatter.
    private static let fewTestRows = 20
    private static let fewSampleRows = 2

    /// Which bands are too narrow for a rare label; nil where none are known to be.
    private func caution(_ curve: LearningCurve) -> Inline? {
        guard curve.plan.repeats > 1, curve.metric.averagesLabels, curve.hasTestVariance,
            let train = results.split[.train], let test = results.split[.test]
        else { return nil }
        var reasons: [String] = []
        let (name, count) = rarestLabel(in: test)
        if count < Self.fewTestRows { reasons.append("test has \(counted(Double(count))) of \(name)") }
        if case .rows = curve.plan.unit {
            let (name, count) = rarestLabel(in: train)
            let share = Double(count) / Double(max(1, train.rowCount))
            let small = curve.rows.filter { ($0 * share).rounded() < Double(Self.fewSampleRows) }
            if let largest = small.last {
                let fewer = small.count > 1 ? " and fewer" : ""
                reasons.append("samples of \(counted(largest))\(fewer) have one row of \(name), or none")
            }
        }
        if reasons.isEmpty { return nil }
        return """
            Bands are too narrow where a mean over labels rests on a rare one: in simulations with three to ten samples, those of \
            macro F1 held the truth in as few as 80% of cases where a label had 13 test rows, or one row in a sample. Here \
            \(reasons.joined(separator: ", and ")).
            """
    }

    private func rarestLabel(in part: PartSummary) -> (name: String, count: Int) {
        zip(labels.names, part.labelCounts).min { $0.1 < $1.1 } ?? ("", 0)
    }

    private var curveContestants: [ContestantResults] {
        ranking.contestants.filter { results.curve?.scores[$0.id] != nil }
    }

    /// The ranking's metric at each number of train rows, with its band.
    func curveTable(_ curve: LearningCurve) -> Table {
        let headings = curve.rows.map { Table.Column.numbers(counted($0)) }
        var table = Table(["contestant"] + headings)
        for contestant in curveContestants {
            let bands = curve.bands[contestant.id] ?? []
            table.add(
                [contestant.id]
                    + zip(curve.means(of: contestant.id), bands).map { mean, band in
                        Wording.score(mean) + (band.map { " \(Wording.interval($0.low, $0.high))" } ?? "")
                    })
        }
        return table
    }

    private func rows(_ count: Double) -> String {
        count < 1e15 ? Wording.count(Int(count.rounded())) : "more than there are"
    }

    /// Such as `50 rows`.
    private func counted(_ count: Double) -> String {
        rows(count) + (count.rounded() == 1 ? " row" : " rows")
    }

    private func crossingsDocument(_ curve: LearningCurve) -> Document {
        if curve.crossings.isEmpty {
            return Document {
                Block.paragraph("Between these sizes no contestant overtakes another in the mean.")
            }
        }
        var table = Table([
            "overtakes", "whom", .numbers("between"), .numbers("at about"), .numbers("certainty"),
        ])
        for one in curve.crossings {
            let crossing = one.crossing
            let pair = crossing.firstOvertakes ? [one.first, one.second] : [one.second, one.first]
            table.add(
                pair + [
                    "\(rows(crossing.after)) and \(counted(crossing.before))",
                    counted(crossing.rows),
                    Wording.short(crossing.certainty),
                ])
        }
        return Document {
            Block.paragraph(
                """
                Where one contestant overtakes another, on straight lines between the means over the logarithm of the rows. Certainty is \
                the share of \(Wording.count(LearningCurve.draws)) resamples of samples and test rows in which the same one leads before and \
                the same other after.
                """)
            Block.table(table)
        }
    }

    private func neededDocument(_ curve: LearningCurve) -> Document? {
        var scores: [Double] = []
        for one in curve.needed where !scores.contains(one.score) { scores.append(one.score) }
        if scores.isEmpty { return nil }
        var table = Table(["contestant"] + scores.map { .numbers("rows for \(Wording.score($0))") })
        for contestant in curveContestants {
            let own = curve.needed.filter { $0.contestant == contestant.id }
            if own.isEmpty { continue }
            table.add(
                [contestant.id]
                    + scores.map { score in
                        own.first { $0.score == score }.map { words($0, curve) } ?? Table.none
                    })
        }
        return Document {
            Block.paragraph(
                """
                Train rows needed for a score\(curve.reach.isEmpty ? " that a contestant has at the last size" : ""). What is beyond the \
                last size is an \(strong: "extrapolation") by the power law below, which no data has checked.
                """)
            Block.table(table)
        }
    }

    private func words(_ needed: LearningCurve.Needed, _ curve: LearningCurve) -> String {
        let count = needed.rows.map(rows) ?? ""
        return switch needed.kind {
        case .measured: (needed.rows == curve.rows.first ? "at most " : "") + count
        case .extrapolated: "\(count) (extrapolated)"
        case .never: "none (by the law)"
        case .unknown: "not reached"
        }
    }

    private func lawsDocument(_ curve: LearningCurve) -> Document {
        let direction = curve.metric.direction
        let further = [2, 10].map { $0 * curve.mostRows }
        var table = Table(
            ["contestant", .numbers("a"), .numbers("b"), .numbers("c")]
                + further.map { .numbers("at \(counted($0)), extrapolated") })
        for contestant in curveContestants {
            guard let law = curve.laws[contestant.id] else { continue }
            table.add(
                [
                    contestant.id, Wording.score(direction.score(law.limit)),
                    String(format: "%.3g", direction.score(law.scale)), Wording.short(law.exponent),
                ]
                    + further.map { n in
                        let value = direction.score(law.score(at: n))
                        // No score is beyond its range: the law ends before.
                        guard curve.metric.range.contains(value) else { return Table.none }
                        return Wording.score(value)
                            + (law.standardError(at: n).map { " ± \(Wording.score($0))" } ?? "")
                    })
        }
        let without = curveContestants.compactMap { contestant -> Inline? in
            curve.lawless[contestant.id].map { "\(contestant.id): no law, since \($0)" }
        }
        return Document {
            if !table.rows.isEmpty {
                Block.paragraph(
                    """
                    A power law, \(code: "a - b n^-c") for n train rows, fitted by least squares to the scores of all samples. Its value \
                    beyond the last size is an \(strong: "extrapolation"), with the standard error that follows if the law \
                    holds there too; the score \(code: "a") of ever more rows is one as well. Where the law gives what the metric \
                    cannot be, it holds no longer, and there is \(Table.none).
                    """)
                Block.table(table)
            }
            Block.list(without)
        }
    }
}
