import Corpora
import Evaluation
import Results

/// What is said of whether differences are more than chance, and by which test.
extension TaskReport {
    private var metric: String { ranking.metric.readableName }
    private var testRows: String { Wording.count(ranking.contestants.first?.test.support ?? 0) }

    /// The test that decides, and what its p-values are corrected for.
    private func test(_ pair: PairedComparison, _ correctedPairs: Int) -> String {
        let name =
            pair.isTestedByMetric ? "approximate randomization" : "McNemar's test of exactly right rows"
        return correctedPairs > 1 ? "\(name), Holm's correction for \(correctedPairs) pairs" : name
    }

    /// What the test of a pair compares.
    private func question(_ pair: PairedComparison) -> String {
        pair.isTestedByMetric ? metric : "exactly right rows, since \(metric) has no test here"
    }

    /// Whether the lead is more than chance, by which metric and test.
    var verdict: Inline {
        guard let analysis = results.analysis, ranking.contestants.count > 1,
            ranking.best != nil
        else { return "" }
        let first = ranking.contestants[0], second = ranking.contestants[1]
        if results.isBaseline(first) {
            return
                " \(strong: first.id) is a dummy baseline, which does not read the texts: no contestant is ahead of it."
        }
        if let reference = analysis.family?.reference { return referenceVerdict(analysis, reference) }
        guard let pair = analysis.comparisons.first else { return "" }
        let pairs = analysis.family?.correctedPairs ?? analysis.comparisons.count
        if let group = analysis.tieGroups.first(where: { $0[0] == 1 }) {
            return
                " Places \(Wording.places(group))\(dummiesAside(group)) cannot be told apart by \(question(pair)) at "
                + "n = \(testRows) (\(test(pair, pairs)))." + disagreement(of: disagreementsAhead)
        }
        guard pair.first == first.id, pair.second == second.id else { return "" }
        return lead(pair, pairs) + disagreement(of: disagreementsAhead)
    }

    /// Of two that are told apart.
    private func lead(_ pair: PairedComparison, _ pairs: Int) -> Inline {
        guard pair.isTestedByMetric, let difference = pair.difference else {
            let more = pair.onlyFirstRight > pair.onlySecondRight ? pair.first : pair.second
            return
                " Whether that is more than chance is not known: \(metric) has no test here. \(strong: more) gets more "
                + "rows exactly right (\(test(pair, pairs)), p \(Wording.pValue(pair.adjustedMcNemar)))."
        }
        let score = ranking.metric.direction.score
        let interval = pair.interval.map { interval in
            let ends = [interval.low, interval.high].map(score).sorted()
            return " [\(Wording.score(ends[0])), \(Wording.score(ends[1]))]"
        }
        // On folds the scores in front are means, and the test is of all rows together.
        let lead = results.folds == nil ? " The lead of" : " On the pooled predictions the lead of"
        return "\(lead) \(Wording.score(score(difference)))\(interval ?? "") is more than chance "
            + "(\(test(pair, pairs)), p \(Wording.pValue(pair.adjustedPValue)))." + foldsVerdict(pair)
    }

    /// Where the test over folds does not find the lead that the test of pooled predictions finds.
    private func foldsVerdict(_ pair: PairedComparison) -> Inline {
        guard
            let own = results.folds?.tests?.pairs.first(where: {
                Set([$0.first, $0.second]) == Set([pair.first, pair.second])
            }), let p = own.adjustedPValue, p >= PairedComparison.level
        else { return "" }
        return
            " The corrected t-test over folds, which asks about models fitted anew, finds no significant difference "
            + "(p \(Wording.pValue(p)))."
    }

    /// What the tests against one contestant say.
    private func referenceVerdict(_ analysis: Analysis, _ reference: String) -> Inline {
        guard let pair = analysis.comparisons.first else { return "" }
        let apart = analysis.comparisons.filter(\.areApart)
        let rest = analysis.comparisons.filter { !$0.areApart }
        let by = test(pair, analysis.family?.correctedPairs ?? analysis.comparisons.count)
        var text: Inline =
            " Compared with \(strong: reference) by \(question(pair)) at n = \(testRows) (\(by)), "
        text +=
            apart.isEmpty
            ? "none differs by more than chance"
            : others(than: reference, in: apart)
                + " \(apart.count == 1 ? "differs" : "differ") by more than chance"
        if !rest.isEmpty, !apart.isEmpty {
            text += "; " + others(than: reference, in: rest) + " cannot be told apart from it"
        }
        return text + "." + disagreement(of: disagreementsAhead)
    }

    /// What is to be said of places among which a dummy stands.
    private func dummiesAside(_ group: [Int]) -> String {
        let places = ranking.contestants[(group[0] - 1)..<group[1]]
        return places.contains(where: results.isBaseline) ? ", dummies aside," : ""
    }

    /// The pairs of which the metric's test and McNemar's say different things and on which the verdict rests: those that
    /// share the first place, or else the first two; all, where there is one reference.
    private var disagreementsAhead: [PairedComparison] {
        guard let analysis = results.analysis else { return [] }
        let disagreements = analysis.comparisons.filter(\.testsDisagree)
        if analysis.family?.reference != nil { return disagreements }
        let last = analysis.tieGroups.first { $0[0] == 1 }?[1] ?? 2
        let ids = Set(ranking.contestants.prefix(last).map(\.id))
        return disagreements.filter { ids.contains($0.first) && ids.contains($0.second) }
    }

    /// What to make of the pairs on which a verdict rests, where the two tests disagree.
    private func disagreement(of pairs: [PairedComparison]) -> Inline {
        pairs.isEmpty
            ? ""
            : " McNemar's test asks another question, who gets more rows exactly right: it finds \(mcNemar(pairs))."
    }

    /// What McNemar's test says of pairs.
    private func mcNemar(_ pairs: [PairedComparison]) -> Inline {
        let named = pairs.prefix(Self.mostNamedPairs).map { pair -> Inline in
            let found = pair.areApart ? "no significant difference" : "a significant difference"
            return
                "\(found) between \(strong: pair.first) and \(strong: pair.second) (p \(Wording.pValue(pair.adjustedMcNemar)))"
        }
        let rest = pairs.count - named.count
        return named.joined(separator: ", ")
            + (rest > 0 ? ", and so on for \(Wording.plural(rest, "other pair"))" : "")
    }

    private static let mostNamedPairs = 3

    /// Where the leader is not told from the best dummy.
    var baselineVerdict: Inline {
        guard let best = ranking.best, !results.isBaseline(best),
            let pair = results.analysis?.baselineComparisons?.first(where: { $0.first == best.id }),
            !pair.areApart
        else { return "" }
        return
            " \(strong: best.id) does not differ significantly from the dummy baseline \(strong: pair.second)."
    }

    var significanceSection: Document? {
        guard let analysis = results.analysis, let pair = analysis.comparisons.first else { return nil }
        let pairs = analysis.family?.correctedPairs ?? analysis.comparisons.count
        let ties = analysis.tieGroups.map { group -> Inline in
            """
            Places \(Wording.places(group))\(dummiesAside(group)) cannot be told apart by \(question(pair)) at \
            n = \(testRows) (\(test(pair, pairs))).
            """
        }
        // Those that the verdict on top names have been commented on there.
        let ahead = disagreementsAhead
        let others = analysis.comparisons.filter { pair in
            pair.testsDisagree && !ahead.contains { $0.first == pair.first && $0.second == pair.second }
        }
        let scope: Inline =
            results.seeds.map { seeds in
                """
                 Scores are means over \(Wording.plural(seeds.seeds.count, "seed")): resamples draw from the seeds as \
                well, the predictions of a row are exchanged under all seeds together, and a row is right that is right \
                under more than half of them.
                """
            } ?? ""
        return Document {
            Block.heading(2, "Statistical tests")
            Block.paragraph(
                """
                Intervals are the middle 95% of \(Wording.count(analysis.options.draws)) stratified bootstrap resamples of \
                the test rows, the same for all contestants. \(tests) \(family)\(scope)
                """)
            Block.table(pairTable(analysis.comparisons))
            Block.list(ties)
            if !others.isEmpty {
                Block.paragraph(
                    """
                    McNemar's test, on rows exactly right, disagrees for \(ahead.isEmpty ? "some pairs" : "other pairs too"): it \
                    finds \(mcNemar(others)).
                    """)
            }
            Block.paragraph(power)
        }
    }

    /// Which tests there are.
    private var tests: Inline {
        guard ranking.metric.isResampled else {
            return
                "\(metric) has neither intervals nor a test here; rows that only one of two has right are tested by "
                + "McNemar's exact test, which is another question."
        }
        return
            "Differences in \(metric) are tested by approximate randomization, rows that only one of two has right by "
            + "McNemar's exact test: the first asks about \(metric), the second about exactly right rows."
    }

    /// Which pairs are compared, and what the correction covers.
    private var family: Inline {
        guard let family = results.analysis?.family else { return "Holm's correction covers all pairs." }
        let dummies: Inline =
            results.contestants.contains(where: results.isBaseline)
            ? ", dummies aside, which have a section of their own" : ""
        guard let reference = family.reference else {
            return
                "All pairs are compared (\(code: "compare: all"))\(dummies); Holm's correction covers "
                + "\(Wording.theseComparisons(family.correctedPairs))."
        }
        switch family.chosenOn {
        case .validation:
            return
                "All are compared with \(strong: reference), the best on validation (\(code: "compare: best"))\(dummies); Holm's "
                + "correction covers \(Wording.theseComparisons(family.correctedPairs))."
        case .train, .test:
            return
                "All are compared with \(strong: reference), the best on test, since validation names none "
                + "(\(code: "compare: best"))\(dummies). As test chose it, Holm's correction covers all "
                + "\(family.correctedPairs) pairs among which it was chosen."
        case nil:
            return
                "All are compared with \(strong: reference) (\(code: "compare") names it)\(dummies); Holm's correction covers "
                + "\(Wording.theseComparisons(family.correctedPairs))."
        }
    }

    /// For whoever plans the next test set.
    private var power: Inline {
        guard let least = results.analysis?.smallestDifference,
            let pair = results.analysis?.comparisons.first,
            let interval = pair.interval, interval.standardError > 0
        else { return "" }
        let rows = Double(ranking.contestants.first?.test.support ?? 0)
        // The standard error falls with the root of the rows.
        func needed(_ difference: Double) -> String {
            Wording.count(Int(min(1e12, (rows * (least / difference) * (least / difference)).rounded(.up))))
        }
        return """
            For planning the next test set: if the difference in \(metric) varies as much as that of \(strong: pair.first) \
            and \(strong: pair.second), one comparison on \(testRows) rows detects a true difference of \
            \(Wording.score(least)) with 80% power. Detecting 0.02 takes about \(needed(0.02)) rows; 0.01, about \
            \(needed(0.01)). What was found here is judged by its interval and p.
            """
    }

    /// Each contestant against the best dummy.
    var baselineSection: Document? {
        guard let pairs = results.analysis?.baselineComparisons, let first = pairs.first else { return nil }
        let ids = Set(results.contestants.filter(results.isBaseline).map(\.id))
        let baseline = ids.contains(first.first) ? first.first : first.second
        let equal = pairs.filter { !$0.areApart }
        let behind = pairs.filter { $0.areApart && $0.first == baseline }
        return Document {
            Block.heading(2, "Against the baselines")
            Block.paragraph(
                """
                \(strong: baseline) is the best dummy by \(metric). Whether a contestant beats it is a question of its own, \
                outside the comparisons above; Holm's correction covers \(Wording.theseComparisons(pairs.count)).
                """)
            Block.table(pairTable(pairs))
            Block.list(
                (equal.isEmpty
                    ? []
                    : [
                        "No significant difference from it at n = \(testRows): \(others(than: baseline, in: equal))."
                    ])
                    + (behind.isEmpty
                        ? [] : ["Worse than it by more than chance: \(others(than: baseline, in: behind))."]))
        }
    }

    /// Who stands in pairs with a contestant.
    private func others(than contestant: String, in pairs: [PairedComparison]) -> Inline {
        pairs.map { "\(strong: $0.first == contestant ? $0.second : $0.first)" }.joined(separator: ", ")
    }
}
