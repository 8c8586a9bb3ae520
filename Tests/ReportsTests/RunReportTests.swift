import Evaluation
import Foundation
import Labels
import Reports
import Results
import Testing

/// The report is a pure function of the results, so a page made from injected ones is the same everywhere.
@Suite struct RunReportTests {
    static func results(kind: LabelKind = .multiclass) throws -> ExperimentResults {
        let labels = try LabelSpace(
            kind: kind, names: ["calm", "joy|less".replacing("|", with: "-"), "rage"])
        func targets(_ rows: [[Int]]) -> Targets {
            kind == .multilabel
                ? .sets(IndicatorMatrix(labelCount: 3, rows: rows)) : .classes(rows.map { $0.first ?? 0 })
        }
        let gold = targets([[0], [1], [2], [0], [1], [0]])
        func contestant(_ id: String, _ predicted: [[Int]]) -> ContestantResults {
            ContestantResults(
                id: id, model: "dummy", summary: "for the test", isProbabilistic: false, thresholds: nil,
                notices: id == "worse" ? ["a notice"] : [], predictionsSHA256: "00",
                validationPredictionsSHA256: nil,
                test: Scorecard(gold: gold, predicted: targets(predicted), labelSpace: labels),
                validation: nil)
        }
        let cost = ContestantCost(
            fitSeconds: 1.5, predictSeconds: 0.002, predictedTexts: 6, peakMemoryBytes: 50 << 20)
        return ExperimentResults(
            experiment: ExperimentSummary(
                name: "snapshot", description: "A page of known numbers.", fileSHA256: "ab12", seed: 42,
                rankBy: .f1Macro, bakeoffVersion: "0.0.0"),
            dataset: DatasetSummary(
                name: "own", title: "Six rows", source: "made up", licence: "CC0 1.0", sha256: "cd34",
                rowCount: 12,
                dropped: ["no text": 1], labelSpace: labels, silverLabeler: nil),
            split: SplitSummary(
                plan: "official", sha256: "ef56",
                parts: [
                    PartSummary(part: .train, rowCount: 6, labelCounts: [2, 2, 2]),
                    PartSummary(part: .test, rowCount: 6, labelCounts: [3, 2, 1]),
                ], notices: []),
            contestants: [
                contestant("worse", [[0], [0], [0], [0], [0], [0]]),
                contestant("better", [[0], [1], [2], [0], [0], [0]]),
            ],
            timings: Timings(
                date: "2026-01-02T03:04:05Z", command: "bakeoff run snapshot.yaml", threads: 2,
                machine: Machine(
                    cpu: "Test CPU", cores: 2, memoryBytes: 8 << 30, system: "Test OS", swift: "6.x",
                    blas: "Test BLAS"),
                contestants: ["worse": cost, "better": cost]))
    }

    private static let snapshot = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Snapshots/report.md")

    @Test func agreesWithTheSnapshot() throws {
        let text = RunReport(try Self.results()).markdown
        guard FileManager.default.fileExists(atPath: Self.snapshot.path) else {
            try FileManager.default.createDirectory(
                at: Self.snapshot.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: Self.snapshot)
            Issue.record("there was no snapshot; it was recorded, look at it and run again")
            return
        }
        #expect(try text == String(contentsOf: Self.snapshot, encoding: .utf8))
    }

    /// What an ensemble is made of stands in a section of its own, with each member's share; over folds their means.
    @Test func ensemblesShowTheirWeights() throws {
        var results = try Self.results()
        #expect(!RunReport(results).markdown.contains("## Ensembles"))
        var greedy = EnsembleRecord(softVoteOf: ["worse", "better"])
        (greedy.method, greedy.votes, greedy.metric, greedy.rounds) = (.greedy, [0, 4], .f1Macro, 9)
        greedy.score = 0.75
        results.tasks[0].contestants[0].ensembles = [EnsembleRecord(softVoteOf: ["better", "other"])]
        results.tasks[0].contestants[1].ensembles = [greedy]
        let lines = RunReport(results).markdown.split(separator: "\n").map {
            $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }
        #expect(lines.contains(["worse", "soft-vote", "other", "1", "0.5000"]))
        #expect(lines.contains(["better", "greedy", "worse", "0", "0.0000"]))
        #expect(lines.contains(["better", "greedy", "better", "4", "1.0000"]))
        #expect(
            RunReport(results).markdown.contains(
                "better: macro F1 0.7500 on the validation rows that the votes were chosen on, in at most 9 rounds"
            ))
    }

    /// Every trial of a search stands in a table, with what the best gained on validation and on test apart.
    @Test func searchesTellTrialsAndGains() throws {
        var results = try Self.results()
        #expect(!RunReport(results).markdown.contains("## Searches"))
        var usual = SearchRecord.Default(rows: 9, score: 0.5)
        usual.test = 0.75
        var search = SearchRecord(
            method: .halving, metric: .f1Macro, keys: ["C", "norm"], combinations: 3, budget: nil,
            trials: [
                .init(settings: ["1", "l2"], rows: 3, score: 0.25),
                .init(settings: ["10", "l2"], rows: 3, score: 0.375),
                .init(settings: ["0.1", "l2"], rows: 3, score: nil, failure: "the loss is nan"),
                .init(settings: ["10", "l2"], rows: 9, score: 0.625),
            ], best: 3, isShared: false, default: usual)
        search.test = 0.7
        results.tasks[0].contestants[0].searches = [search]
        let id = results.contestants[0].id
        results.timings.contestants[id]?.trialSeconds = [id: [1, 2, 3, 4, 5]]
        let text = RunReport(results).markdown
        let lines = text.split(separator: "\n").map {
            $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }
        #expect(
            lines.contains([
                id, "C 10, norm l2", "macro F1", "0.6250", "0.5000", "+0.1250", "0.7000", "0.7500", "-0.0500",
            ]), "\(text)")
        #expect(lines.contains(["10", "l2", "3", "0.3750", "3.0 s"]), "\(text)")
        #expect(lines.contains(["0.1", "l2", "3", "no model", "4.0 s"]))
        #expect(lines.contains(["10", "l2", "9", "0.6250", "5.0 s"]))
        #expect(text.contains("\(id): the best C, 10, is the largest that was tried"))
    }

    /// Where machines differ, each item's times stand beside its machine; else nothing is said of items.
    @Test func itemsStandBesideTheirMachines() throws {
        var results = try Self.results()
        #expect(!RunReport(results).markdown.contains("took part"))
        func cost(on cpu: String, threads: Int) throws -> ContestantCost {
            var cost = try #require(results.timings.contestants["worse"])
            cost.machine = results.timings.machine
            cost.machine?.cpu = cpu
            cost.threads = threads
            return cost
        }
        let here = try cost(on: "Test CPU", threads: 2)
        let costs = [here, try cost(on: "Other CPU", threads: 64), here]
        results.timings.note(
            zip(costs, [42, 43, 44]).map { cost, seed in
                ItemTiming(contestant: "worse", replicate: Replicate(seed: seed), cost)
            })
        let text = RunReport(results).markdown
        #expect(
            text.contains(
                "2 machines took part: machine 1 is Test CPU (2 cores, 8192 MiB of memory), Test OS"))
        #expect(text.contains("; machine 2 is Other CPU"))
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| worse") && $0.contains("seed") }
        #expect(rows.count == 3 && rows[1].contains("seed 43") && rows[1].contains(" 64 "), "\(rows)")
    }

    @Test func ranksFromBestToWorst() throws {
        let text = rankingText(try Self.results())
        let lines = text.split(separator: "\n")
        #expect(lines[1].contains("better") && lines[2].contains("worse"))
    }

    @Test func everyTableRowHasAsManyCellsAsItsHeader() throws {
        for kind in [LabelKind.multiclass, .multilabel] {
            let text = RunReport(try Self.results(kind: kind)).markdown
            var width: Int?
            for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
                guard line.hasPrefix("|") else {
                    width = nil
                    continue
                }
                let cells = line.replacing("\\|", with: "").count { $0 == "|" }
                #expect(cells == width ?? cells, "\(line)")
                width = cells
            }
        }
    }

    @Test func saysWhatIsUndefined() throws {
        let text = RunReport(try Self.results()).markdown
        #expect(text.contains("n/a"))
        #expect(text.contains("worse never predicts 2 of 3 labels"))
    }

    /// The same two contestants on two tasks.
    static func severalTasks(_ names: [String] = ["first", "second"]) throws -> ExperimentResults {
        let (first, second) = (try results(), try results(kind: .multilabel))
        let tasks = zip(names, [first, second]).map { name, results in
            TaskResults(
                name: name, dataset: results.dataset, split: results.split, contestants: results.contestants)
        }
        return ExperimentResults(experiment: first.experiment, tasks: tasks, timings: first.timings)
    }

    @Test func severalTasksHaveASectionEach() throws {
        let results = try Self.severalTasks()
        let text = RunReport(results).markdown
        let headings = text.split(separator: "\n").filter { $0.hasPrefix("#") }.map(String.init)
        let task = ["### Ranking", "### Data and split", "### Contestants", "### Per label"]
        let contestants = ["#### better", "#### worse"]
        #expect(
            headings == ["# snapshot", "## Task first"] + task + contestants + ["## Task second"] + task
                + contestants + ["## Cost", "## How this was made"])
        let single = RunReport(results.alone(results.tasks[0])).markdown
        #expect(try single == String(contentsOf: Self.snapshot, encoding: .utf8))
        #expect(rankingText(results).contains("second\n#"))
    }

    @Test func resultsReadBackWithAndWithoutTasks() throws {
        for (results, key) in [(try Self.results(), "\"dataset\""), (try Self.severalTasks(), "\"tasks\"")] {
            let bytes = try StableJSON.encode(results)
            let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
            #expect(lines.contains { $0.hasPrefix("  \(key)") })
            #expect(try StableJSON.decode(ExperimentResults.self, from: bytes) == results)
        }
    }
}

extension RunReportTests {
    /// Slices stand in a table, and a turn of the order beside its chance.
    @Test func slicesAreShownWithTheirTurns() throws {
        let turn = """
            {"first": "better", "second": "worse", "difference": 0.125, "adjusted_p_value": 0.01}
            """
        var results = try Self.results()
        results.tasks[0].slices = try Self.slices(mailTurns: turn)
        let text = RunReport(results).markdown.replacing(#/ +/#, with: " ")
        #expect(text.contains("### By `channel`"))
        #expect(
            text.contains("| mail | 40 | 0.2500 | n/a |") && text.contains("| chat † | 3 | 0.2500 | n/a |"))
        #expect(text.contains("comparisons on slices):"))
        #expect(text.contains("| channel: mail | 40 | better | worse | +0.1250 | 0.0100 |"))

        #expect(
            text.contains(
                "Scores on parts of the test rows by macro F1, with 95% intervals from resamples of"))

        results.tasks[0].slices = try Self.slices(mailTurns: "")
        #expect(RunReport(results).markdown.contains("No two contestants stand the other way round"))
    }

    /// A metric that is not resampled has no intervals, and none are claimed.
    @Test func slicesByAMetricWithoutIntervalsPromiseNone() throws {
        var results = try Self.results()
        results.experiment.rankBy = .rocAUCMacro
        results.tasks[0].slices = try Self.slices(mailTurns: "")
        let text = RunReport(results).markdown
        #expect(text.contains(", which has no intervals there. A score on fewer than"))
        #expect(!text.contains("resamples of these rows. A score"))
    }

    /// One rater stands in the ranking, where the score says.
    @Test func aRaterStandsAmongTheContestants() throws {
        var results = try Self.results()
        results.tasks[0].raters = try Self.raters(fewest: 15, judged: 15)
        // Columns are padded.
        let text = RunReport(results).markdown.replacing(#/ +/#, with: " ")
        #expect(text.contains("## Raters"))
        #expect(text.contains("Each test row has 15 to 20 ratings, 700 in all"))
        #expect(text.contains("For 2 rows the dataset's own label is another one."))
        #expect(text.contains("| the rating | interval | 0.6000 | [0.5000, 0.7000] |"))
        #expect(text.contains("| the class that it would be | nominal | n/a | n/a |"))
        #expect(text.contains("15 raters are left out in turn"))
        #expect(text.contains("| 1 | better | 0.7500 | [0.7000, 0.8000] | +0.2500 | [0.1000, 0.4000] |"))
        #expect(text.contains("| 2 | *one rater* | 0.5000 | [0.4000, 0.6000] | | |"))
        #expect(text.contains("| 3 | worse | 0.4500 | n/a | -0.0500 | [-0.2000, 0.1000] |"))
        #expect(
            text.contains(
                "Better than one rater, by an interval that excludes 0: better. Not to be told from one rater: worse."
            ))

        results.tasks[0].raters = try Self.raters(fewest: 20, judged: 0)
        let alone = RunReport(results).markdown
        #expect(alone.contains("Each test row has 20 ratings, 700 in all"))
        #expect(alone.contains("how well a human does is unknown") && !alone.contains("*one rater*"))
    }

    private static func raters(fewest: Int, judged: Int) throws -> RaterScores {
        func interval(_ low: Double, _ high: Double) -> String {
            #"{"low": \#(low), "high": \#(high), "standard_error": 0.05}"#
        }
        let json = """
            {"sha256": "00", "edges": [0.5], "names": ["a", "b"], "rating_count": 700, "fewest_ratings": \(fewest),
             "most_ratings": 20, "other_label_count": 2, "metric": "accuracy", "judged_rater_count": \(judged),
             "agreement": [
               {"subject": "ratings", "level": "interval", "alpha": 0.6, "interval": \(interval(0.5, 0.7))},
               {"subject": "labels", "level": "nominal"}],
             "human": {"value": 0.5, "interval": \(interval(0.4, 0.6))},
             "contestants": [
               {"id": "better", "score": {"value": 0.75, "interval": \(interval(0.7, 0.8))},
                "difference": {"value": 0.25, "interval": \(interval(0.1, 0.4))}},
               {"id": "worse", "score": {"value": 0.45},
                "difference": {"value": -0.05, "interval": \(interval(-0.2, 0.1))}}]}
            """
        return try JSONDecoder().decode(RaterScores.self, from: Data(json.utf8))
    }

    private static func slices(mailTurns: String) throws -> SliceScores {
        let scores = #"[{"id": "better", "value": 0.25}, {"id": "worse"}]"#
        let json = """
            {"sha256": "00", "options": {"lengths": [], "columns": ["channel"]}, "comparison_count": 2,
             "dimensions": [{"name": "channel", "slices": [
               {"name": "mail", "row_count": 40, "scores": \(scores), "turns": [\(mailTurns)]},
               {"name": "chat", "row_count": 3, "scores": \(scores), "turns": []}]}]}
            """
        return try JSONDecoder().decode(SliceScores.self, from: Data(json.utf8))
    }
}
