import Foundation
import Reports
import Results
import Testing

/// What the report claims, in words, and what it does not.
@Suite struct ClaimWordingTests {
    private func page(_ run: SmallRun) throws -> String {
        defer { run.remove() }
        return try String(contentsOf: run.folder.report, encoding: .utf8)
    }

    private func headline(_ page: String) -> String {
        String(page.split(separator: "## Ranking")[0])
    }

    @Test func tiesSayByWhichMetricAndTest() throws {
        let page = try page(
            SmallRun(.multiclass, contestants: [("a", 1.0), ("b", 1.05), ("c", 1.1)]))
        let headline = headline(page)
        #expect(
            headline.contains(
                "cannot be told apart by macro F1 at n = 41 (approximate randomization, Holm's correction for 3 pairs)"
            ),
            "\(headline)")
        #expect(page.contains("the first asks about macro F1, the second about exactly right rows"))
    }

    /// Where the two tests disagree, what McNemar's asks is said once, in front, and each pair is named once.
    @Test func whatTheOtherTestSaysStandsOnce() throws {
        for compare in [nil, "best", "plain"] {
            for skills in [[1.0, 1.05, 1.1], [2.4, 1.0, 1.5], [1.6, 1.5, 1.2]] {
                let entries = zip(["keen", "plain", "sure"], skills).map { (id: $0, skill: $1) }
                let run = try SmallRun(.multiclass, contestants: entries, compare: compare)
                let disagreeing = run.results.tasks[0].analysis?.comparisons.filter(\.testsDisagree) ?? []
                let page = try page(run)
                #expect(page.matches(of: /asks another question/).count <= 1)
                for pair in disagreeing {
                    let named = [(pair.first, pair.second), (pair.second, pair.first)].map {
                        page.ranges(of: "**\($0)** and **\($1)** (p ").count
                    }
                    #expect(named.reduce(0, +) == 1, "\(pair.first) \(pair.second): \(page.prefix(4_000))")
                }
            }
        }
    }

    @Test func leadsSayByWhichTest() throws {
        let headline = headline(try page(SmallRun(.multiclass, draws: 400)))
        #expect(
            headline.contains(
                /The lead of 0\.[0-9]{4} \\?\[[^\]]*\] is more than chance \(approximate randomization, Holm/),
            "\(headline)")
    }

    /// On folds the scores in front are means and the lead is that of the pooled predictions; where the test over folds does not find
    /// it, it is said.
    @Test func leadsOnFoldsSayOfWhichPredictions() throws {
        let run = try SmallRun(.multiclass, draws: 400)
        defer { run.remove() }
        var results = run.results
        let ids = results.tasks[0].contestants.map(\.id)
        for (p, isFound) in [(0.25, false), (0.0625, false), (0.03125, true)] {
            var folds = FoldSpread([run.results, run.results], contestants: ids)
            let count = try #require(folds.tests).pairs.count
            for pair in 0..<count { folds.tests?.pairs[pair].adjustedPValue = p }
            results.tasks[0].folds = folds
            let page = RunReport(results).markdown
            let told = page.contains(
                "The corrected t-test over folds, which asks about models fitted anew, finds no significant difference (p 0."
            )
            #expect(told == !isFound && count == 3, "\(p): \(page.prefix(2_000))")
            #expect(
                page.contains("On the pooled predictions the lead of 0.") && !page.contains(" The lead of"))
        }
    }

    /// A score that is undefined on a fold is in no mean and in no test over folds, and it is said whose.
    @Test func whatIsUndefinedOnAFoldIsSaid() throws {
        let run = try SmallRun(.multiclass)
        defer { run.remove() }
        var results = run.results
        let ids = results.tasks[0].contestants.map(\.id)
        results.tasks[0].folds = FoldSpread([run.results, run.results], contestants: ids)
        #expect(!RunReport(results).markdown.contains("Without a mean over folds"))
        results.tasks[0].folds?.tests?.means["plain"] = nil
        #expect(
            RunReport(results).markdown.contains(
                "Without a mean over folds, and in no test over folds, since macro F1 is undefined on a fold: plain."
            ))
        results.tasks[0].folds?.tests?.means = [:]
        results.tasks[0].folds?.tests?.pairs = []
        for id in ids { results.tasks[0].folds?.scores[id]?[.f1Macro] = [0.5, nil] }
        let page = RunReport(results).markdown
        #expect(
            page.contains("No contestant has a defined macro F1 on each of 2 folds, so nobody is ranked."))
        #expect(
            page.contains(
                "No contestant has a defined macro F1 on every fold, so there are no means and no tests"))
        #expect(!page.contains("corrected standard error"))
    }

    /// Less log loss is better: the lead is positive, with its interval.
    @Test func leadsInLossesArePositive() throws {
        let page = try page(SmallRun(.multiclass, draws: 400, rankBy: .logLoss))
        let headline = headline(page)
        #expect(headline.contains("has the best log loss") && !headline.contains("of -"), "\(headline)")
        #expect(!headline.contains("n/a"))
        #expect(page.contains("log loss (lower is better)"))
    }

    /// A metric without a test claims nothing.
    @Test func metricsWithoutATestClaimNothing() throws {
        let page = try page(SmallRun(.multiclass, rankBy: .rocAUCMacro))
        let headline = headline(page)
        #expect(!headline.contains("is more than chance ("), "\(headline)")
        #expect(headline.contains("exactly right"), "\(headline)")
        #expect(
            page.contains("macro ROC AUC has neither intervals nor a test here")
                || page.contains("ROC AUC macro has neither"))
        // Who decides without probabilities has no such score, and no place.
        let row = try #require(
            page.split(separator: "\n").first { $0.contains("sure \\| blunt") && $0.hasPrefix("|") })
        #expect(row.hasPrefix("| n/a |"), "\(row)")
    }

    @Test func dummiesHaveASectionOfTheirOwn() throws {
        let page = try page(SmallRun(.multiclass, dummy: 1))
        #expect(
            page.contains("## Against the baselines")
                && page.contains("**plain** is the best dummy by macro F1"))
        let family = page.split(separator: "## Statistical tests")[1].split(separator: "## ")[0]
        #expect(!family.contains("plain") && family.contains("Holm's correction covers this one comparison."))
        #expect(!page.contains("### Errors of plain") && page.contains("Dummies aside, "))
    }

    @Test func theReportSaysWhatIsCompared() throws {
        #expect(try page(SmallRun(.multiclass)).contains("All pairs are compared (`compare: all`)"))
        let best = try page(SmallRun(.multiclass, compare: "best"))
        #expect(best.contains("the best on validation (`compare: best`)"))
        let named = try page(SmallRun(.multiclass, compare: "plain"))
        #expect(
            named.contains("All are compared with **plain**")
                && headline(named).contains("Compared with **plain**"))
    }

    @Test(arguments: [
        ([0.5, 0.6], "none differs by more than chance."),
        ([0.01, 0.6], "** differs by more than chance; **"),
        ([0.01, 0.02], "** differ by more than chance."),
    ])
    func oneDiffersAndTwoDiffer(pValues: [Double], words: String) throws {
        let run = try SmallRun(.multiclass, compare: "plain")
        defer { run.remove() }
        var results = run.results
        let pairs = try #require(results.tasks[0].analysis?.comparisons)
        try #require(pairs.count == pValues.count)
        for (pair, value) in pValues.enumerated() {
            results.tasks[0].analysis?.comparisons[pair].adjustedPValue = value
        }
        let headline = headline(RunReport(results).markdown)
        #expect(headline.contains(words), "\(headline)")
    }

    @Test func equalsShareTheLead() throws {
        var results = try RunReportTests.results()
        results.tasks[0].contestants.append(results.tasks[0].contestants[1])
        results.tasks[0].contestants[2].id = "twin"
        #expect(RunReport(results).markdown.contains("**better**, **twin** share the best macro F1"))
    }

    @Test func powerIsForPlanning() throws {
        let page = try page(SmallRun(.multiclass))
        #expect(page.contains("For planning the next test set: if the difference in macro F1 varies"))
        #expect(!page.contains("The smallest difference"))
    }

    @Test func scalingIsNamedAndNotApplied() throws {
        let platt = try page(SmallRun(.multiclass))
        #expect(
            platt.contains(
                "Platt scaling, a slope and an intercept on the logit of each label against the rest"))
        #expect(platt.contains("It is not applied"))
        let warm = try page(SmallRun(.multiclass, calibration: .temperature))
        #expect(warm.contains("Temperature scaling, one slope on the logits") && !warm.contains("Platt"))
    }

    @Test func modelCardsHaveNoColumnOfNothing() throws {
        let run = try SmallRun(.multiclass)
        defer { run.remove() }
        for contestant in run.results.contestants {
            #expect(!ModelCard(contestant, of: run.results).text.contains("n/a"))
        }
    }

    /// Leaks over 5% of test, or with another order, stand in front.
    @Test func leaksStandInFront() throws {
        let run = try SmallRun(.multiclass)
        defer { run.remove() }
        var results = run.results
        #expect(rankingNotices(results) == [])
        results.tasks[0].leaks?.parts[1].equal = 3
        #expect(headline(RunReport(results).markdown).contains("**Leaks**: 9.8% of the test rows (4 of 41)"))
        #expect(rankingNotices(results).count == 1)
        results = run.results
        let last = try #require(results.tasks[0].leaks?.withoutLeaks.indices.last)
        results.tasks[0].leaks?.withoutLeaks[last].metrics[.f1Macro] = 1.5
        let text = headline(RunReport(results).markdown)
        #expect(
            text.contains("without them the ranking by macro F1 is another: sure \\| blunt 1.5000"), "\(text)"
        )
    }
}
