import Evaluation
import Experiments
import Foundation
import Results
import Synchronization
import TestSupport
import Testing
import TextClassifiers

/// `search:` over the keys of any family.
@Suite struct AnySearchTests {
    private func record(_ results: ExperimentResults) throws -> SearchRecord {
        try #require(results.contestants[0].searches?.first)
    }

    private func run(
        _ experiment: KnowingExperiment, _ change: (inout RunOptions) -> Void = { _ in }
    ) throws -> ExperimentResults {
        try experiment.engine(change).run { _ in }
    }

    private func verify(_ small: SmallExperiment) throws {
        let layout = RunLayout(small.place("report"))
        try verifyResults(ExperimentResults(contentsOf: layout), in: layout)
    }

    // MARK: Methods

    @Test func aGridTellsEveryTrial() throws {
        let experiment = try KnowingExperiment(
            "level: [0.2, 0.8, 0.6], broken: [false, true], metric: log-loss")
        let results = try run(experiment)
        let search = try record(results)
        let rows = try #require(results.split[.train]).rowCount
        #expect(search.method == .grid && search.keys == ["level", "broken"] && search.combinations == 6)
        #expect(
            search.trials.map(\.settings) == [
                ["0.2", "false"], ["0.2", "true"], ["0.8", "false"], ["0.8", "true"], ["0.6", "false"],
                ["0.6", "true"],
            ])
        #expect(search.best == 2 && search.trials.allSatisfy { $0.rows == rows && $0.failure == nil })
        // What is no number is undefined, and never the best.
        #expect(search.trials.map { $0.score == nil } == [false, true, false, true, false, true])
        #expect(abs(try #require(search.bestTrial.score) + log(0.8)) < 1e-6)
        #expect(abs(try #require(search.default.score) - log(2)) < 1e-6)
        #expect(abs(try #require(search.gainOnValidation) - log(0.8 / 0.5)) < 1e-6)
        #expect(abs(try #require(search.gainOnTest) - log(0.8 / 0.5)) < 1e-6)
        let contestant = results.contestants[0]
        #expect(
            contestant.summary
                == "level 0.8, best of 6 settings of level, broken by log-loss on validation")
        #expect(
            contestant.notices == [
                "fitted on \(rows) rows",
                "chosen on validation by log-loss: level 0.8, broken false, the best of 6",
                "the best level, 0.8, is the largest that was tried",
            ])
        #expect(try experiment.fits().map { $0[0] } == ["0.5", "0.2", "0.2", "0.8", "0.8", "0.6", "0.6"])
        #expect(results.timings.contestants["a"]?.trialSeconds?["a"]?.count == 7)
        #expect(experiment.small.exists("report/predictions/default/a.csv"))
        #expect(experiment.small.exists("report/predictions/default/a.validation.csv"))
        #expect(experiment.small.exists("models/a/knowing.txt") && !experiment.small.exists("models/a/work"))
        try verify(experiment.small)
        // What is stored is not fitted again.
        #expect(try run(experiment).contestants == results.contestants)
        #expect(try experiment.fits().count == 7)
        // Unless what the default predicted is gone.
        try experiment.small.remove("report/predictions/default/a.csv")
        _ = try run(experiment)
        #expect(try experiment.fits().count == 14)
    }

    /// Settings that are the entry's own are fitted once, and are not removed where a better trial comes.
    @Test func theDefaultsSettingsAreFittedOnce() throws {
        let experiment = try KnowingExperiment("level: [0.5, 0.8], metric: log-loss")
        let search = try record(run(experiment))
        #expect(try experiment.fits().map { $0[0] } == ["0.5", "0.8"])
        #expect(search.trials[0].score == search.default.score && search.best == 1)
        try verify(experiment.small)
    }

    @Test func randomTrialsAreDrawnBySeedWithoutRepetition() throws {
        let search =
            "level: [0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9], broken: [false], "
            + "metric: log-loss, method: random, budget: 3"
        var draws: [[[String]]] = []
        for seed in [1, 1, 2, 3, 4, 5] as [UInt64] {
            let results = try run(KnowingExperiment(search)) { $0.seed = seed }
            let own = try record(results)
            #expect(own.combinations == 8 && own.budget == 3 && own.trials.count == 3)
            let levels = own.trials.compactMap { Double($0.settings[0]) }
            #expect(levels == levels.sorted() && Set(levels).count == 3)
            #expect(own.best == 2)
            draws.append(own.trials.map(\.settings))
        }
        #expect(draws[0] == draws[1] && Set(draws).count > 1)
        // A budget of all is the grid.
        let whole = try record(
            run(KnowingExperiment("level: [0.1, 0.9], metric: log-loss, method: random, budget: 5")))
        #expect(whole.trials.map(\.settings) == [["0.1"], ["0.9"]])
    }

    /// All begin on a third of the rows, the best third goes on to all of them.
    @Test func halvingGivesTheBestMoreRows() throws {
        let experiment = try KnowingExperiment(
            "level: [0.8, 0.2, 0.3, 0.7, 0.4, 0.55, 0.6], metric: log-loss, method: halving")
        let results = try run(experiment)
        let search = try record(results)
        let rows = try #require(results.split[.train]).rowCount
        #expect(search.trials.map(\.rows) == Array(repeating: rows / 3, count: 7) + [rows, rows, rows])
        #expect(search.trials[7...].map(\.settings) == [["0.8"], ["0.7"], ["0.6"]])
        #expect(
            search.best == 7
                && results.contestants[0].notices[1].hasSuffix(
                    "the best of the 3 of 7 that went on to the whole train part")
        )
        let fits = try experiment.fits()
        #expect(fits.map { $0[1] } == ["\(rows)"] + search.trials.map { "\($0.rows)" })
        // A stratified third has spam too.
        #expect(fits.allSatisfy { (Int($0[2]) ?? 0) > 0 })
        try verify(experiment.small)
        let some = try record(
            run(
                KnowingExperiment(
                    "level: [0.1, 0.2, 0.3, 0.4, 0.6, 0.7], metric: log-loss, method: halving, budget: 4")))
        #expect(some.trials.count == 4 + 2 && some.finalists == [4, 5])
    }

    @Test func whereNothingIsDefinedNothingIsChosen() throws {
        let experiment = try KnowingExperiment("broken: [true], metric: log-loss")
        let text = errorText { try run(experiment) }
        #expect(text.hasPrefix("contestant 'a': log-loss on validation was undefined"), "\(text)")
    }

    @Test func withoutValidationThereIsNoSearch() throws {
        let experiment = try KnowingExperiment("level: [0.2, 0.8]")
        try experiment.small.replace(
            "{train: 0.5, validation: 0.25, test: 0.25, seed: 1}",
            with: "{folds: 3, validation: 0}")
        #expect(
            errorText { try run(experiment) }
                == "contestant 'a': 'search' chooses on validation, and the split has no validation part; "
                + "give it a share, or leave 'search' out")
        #expect(!experiment.small.exists("fits.txt"))
    }

    // MARK: Replicates, tasks and going on

    @Test func eachFoldSearches() throws {
        let experiment = try KnowingExperiment("level: [0.2, 0.8], metric: log-loss")
        try experiment.small.replace(
            "{train: 0.5, validation: 0.25, test: 0.25, seed: 1}",
            with: "{folds: 3, validation: 0.25, seed: 5}")
        let results = try run(experiment)
        #expect(results.contestants[0].searches?.map(\.best) == [1, 1, 1])
        #expect(try experiment.fits().count == 9)
        try verify(experiment.small)
    }

    @Test func eachTaskSearches() throws {
        let experiment = try KnowingExperiment("level: [0.2, 0.8], metric: log-loss")
        try experiment.small.replace(
            "dataset: {file: data.csv, columns: {id: id}, labels: {column: label}}\nsplit: {train: 0.5, validation: 0.25, test: 0.25, seed: 1}\n",
            with: """
                tasks:
                  - {name: one, dataset: {file: data.csv, columns: {id: id}, labels: {column: label}}, split: {train: 0.5, validation: 0.25, test: 0.25, seed: 1}}
                  - {name: two, dataset: {file: data.csv, columns: {id: id}, labels: {column: label}}, split: {train: 0.5, validation: 0.25, test: 0.25, seed: 2}}

                """)
        let results = try run(experiment)
        #expect(results.tasks.map { $0.contestants[0].searches?.map(\.best) } == [[1], [1]])
        #expect(
            results.timings.contestants["a"]?.trialSeconds?.mapValues(\.count) == ["a/one": 3, "a/two": 3])
        #expect(experiment.small.exists("report/two/predictions/default/a.csv"))
        try verify(experiment.small)
    }

    /// Whenever a search is stopped, it goes on with the trials that are missing, to the same bytes.
    @Test func aStoppedSearchGoesOnToTheSameBytes() throws {
        for method in ["method: grid", "method: random, budget: 5", "method: halving"] {
            let search = "level: [0.2, 0.8, 0.3, 0.7, 0.4, 0.6], metric: log-loss, \(method)"
            let whole = try KnowingExperiment(search)
            _ = try run(whole)
            let broken = try KnowingExperiment(search)
            var stops = 0
            for limit in 1...40 {
                let asked = Mutex(0)
                do {
                    _ = try run(broken) { options in
                        options.shouldStop = {
                            asked.withLock {
                                $0 += 1
                                return $0 > limit
                            }
                        }
                    }
                    break
                } catch is RunStopped { stops += 1 }
            }
            #expect(stops > 1, "\(method)")
            #expect(try broken.fits() == whole.fits(), "\(method)")
            #expect(try broken.small.bytes() == whole.small.bytes(), "\(method)")
            try verify(broken.small)
        }
    }

    // MARK: Verifying

    private func disagreement(_ change: (SmallExperiment, inout ContestantResults) throws -> Void) throws
        -> String
    {
        let experiment = try KnowingExperiment("level: [0.2, 0.8, 0.6], metric: log-loss")
        var results = try run(experiment)
        try change(experiment.small, &results.tasks[0].contestants[0])
        try results.write(to: RunLayout(experiment.small.place("report")))
        return errorText { try verify(experiment.small) }
    }

    @Test func verifyingComputesTheGainAgain() throws {
        #expect(try disagreement { _, _ in }.isEmpty)
        let changes: [(String, @Sendable (inout SearchRecord) -> Void)] = [
            ("default on test, search of a", { $0.default.test = 0.1 }),
            ("default on validation, search of a", { $0.default.score = 0.1 }),
            ("best on test, search of a", { $0.test = 0.1 }),
            ("best on validation, search of a", { $0.trials[1].score = 0.01 }),
            ("best trial, search of a", { $0.best = 2 }),
            ("SHA-256 of default/a.csv, search of a", { $0.default.predictionsSHA256 = "00" }),
            ("search: found 3 as the best of 3 trials", { $0.best = 3 }),
            ("search: found 2 settings of 1 keys", { $0.trials[0].settings = ["0.2", "1"] }),
            ("search: found 0 rows", { $0.default.rows = 0 }),
        ]
        for (words, change) in changes {
            let text = try disagreement { _, contestant in
                var record = try #require(contestant.searches?.first)
                change(&record)
                contestant.searches = [record]
            }
            #expect(text.contains(words), "\(words): \(text)")
        }
        let file = try disagreement { small, _ in
            try small.write(
                small.read("report/predictions/default/a.csv") + "\n", to: "report/predictions/default/a.csv")
        }
        #expect(file.contains("SHA-256 of default/a.csv"), "\(file)")
    }

    // MARK: Our families

    /// Small searches of our own families by keys of their own; what is saved is what predicts.
    @Test(arguments: [
        ("model: dummy, search: {strategy: [stratified, most-frequent], metric: accuracy}", ["strategy"]),
        (
            "model: naive-bayes, search: {alpha: [0.1, 1], norm: [true, false], tfidf.norm: [l1, l2], method: grid}",
            ["alpha", "norm", "tfidf.norm"]
        ),
        (
            "model: tfidf-logreg, search: {logistic: {C: [0.1, 10]}, max-features: [3, 50], method: random, budget: 2}",
            ["C", "max-features"]
        ),
        (
            "features: tfidf, learner: nb-svm, search: {learner.nb-svm.C: [0.1, 1], use-idf: [true, false], method: halving}",
            ["C", "use-idf"]
        ),
        (
            "model: features, features: {lsa: {components: 3}}, search: {learner: [logistic, svm], features.lsa.components: [2, 3], method: grid}",
            ["learner", "components"]
        ),
        (
            "model: frozen-encoder, encoder: MODEL, search: {C: [0.1, 1], pooling: [mean, cls], method: grid}",
            ["C", "pooling"]
        ),
        ("model: hashed-ngrams, search: {dim: [3, 5], epochs: [1, 2]}", ["dim", "epochs"]),
        (
            "model: rules, rules: [{label: spam, keywords: [prize, win]}], otherwise: ham, search: {otherwise: [ham, spam]}",
            ["otherwise"]
        ),
        ("model: zero-shot, encoder: MODEL, search: {template: ['{}', 'a {}']}", ["template"]),
        (
            "model: fine-tuned, encoder: MODEL, max-length: 8, training: {batch-size: 8}, search: {training.learning-rate: [1e-3, 1e-2], epochs: [1, 2], method: halving}",
            ["training.learning-rate", "training.epochs"]
        ),
        (
            "model: setfit, encoder: MODEL, training: {max-steps: 2}, search: {body-learning-rate: [1e-5, 1e-4]}",
            ["training.body-learning-rate"]
        ),
    ])
    func searchesOfOurFamilies(entry: String, keys: [String]) throws {
        let encoder = try ModelFolder()
        let small = try EnsembleExperiment.small(
            """
            name: small
            seed: 42
            dataset: {file: data.csv, columns: {id: id}, labels: {column: label}}
            split: {train: 0.5, validation: 0.25, test: 0.25, seed: 1}
            contestants:
              - {id: a, \(entry.replacing("MODEL", with: encoder.url.path))}
            report: {analysis: false}

            """)
        let results = try small.run()
        let search = try record(results)
        #expect(search.keys == keys)
        #expect(results.contestants[0].notices.contains { $0.hasPrefix("chosen on validation by ") })
        try verify(small)
        let rows = try small.read("data.csv").split(separator: "\n").dropFirst().map {
            $0.split(separator: ",").map(String.init)
        }
        let texts = Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
        let ids = try small.read("report/predictions/a.csv").split(separator: "\n").dropFirst().map {
            String($0.prefix { $0 != "," })
        }
        let predicted = try SavedModel(folder: small.place("models/a")).predict(ids.compactMap { texts[$0] })
        #expect(
            predicted.map { $0.probabilities.map { Float($0.probability) } } == (try small.probabilities("a"))
        )
        withExtendedLifetime(encoder) {}
    }

    /// A search that only says what is tried is as it was: nothing more is stored, and the same is chosen.
    @Test func searchesOfEarlierFilesAreAsTheyWere() throws {
        let yaml = """
            name: small
            seed: 42
            dataset: {file: data.csv, columns: {id: id}, labels: {column: label}}
            split: {train: 0.5, validation: 0.25, test: 0.25, seed: 1}
            contestants:
              - {id: a, model: tfidf-logreg, search: {C: [0.1, 1, 10], max-features: [3, 50]}}
            report: {analysis: false}

            """
        let old = try EnsembleExperiment.small(yaml)
        let results = try old.run()
        #expect(results.contestants[0].searches == nil && !old.exists("report/predictions/default"))
        #expect(results.timings.contestants["a"]?.trialSeconds == nil)
        #expect(try !old.read("report/results.json").contains("\"searches\""))
        let new = try EnsembleExperiment.small(yaml.replacing("search: {", with: "search: {method: grid, "))
        let search = try record(new.run())
        #expect(search.trials.count == 6)
        #expect(try new.read("report/predictions/a.csv") == old.read("report/predictions/a.csv"))
        // Once it is no search any more, nothing of it is left.
        try new.replace("search: {method: grid, C: [0.1, 1, 10], max-features: [3, 50]}", with: "id: a")
        try new.replace("{id: a, model: tfidf-logreg, id: a}", with: "{id: a, model: tfidf-logreg}")
        try new.run()
        #expect(!new.exists("report/predictions/default/a.csv"))
    }

    // MARK: Bad input

    @Test(arguments: [
        ("level: []", "search.level: found a list, expected a list of values, one at least"),
        ("level: 0.2", "search.level: found '0.2', expected a list"),
        ("levle: [0.2]", "unknown key 'contestants[0].search.levle'; did you mean 'level'?"),
        ("level: [0.2, 2]", "search.level[1]: found '2', expected a number from 0 to 1"),
        ("level: [0.2, 0.2]", "search.level[1]: found '0.2', expected each value once"),
        ("first.depth: [1, 0]", "search.first.depth[1]: found '0', expected an integer of at least 1"),
        ("first: {depth: [deep]}", "search.first.depth[0]: found 'deep', expected an integer"),
        ("first.width: [1]", "unknown key 'contestants[0].search.first.width'"),
        ("depth: [1]", "expected a key of one meaning: first.depth or second.depth"),
        ("level: [0.2], id: [b]", "unknown key 'contestants[0].search.id'"),
        ("first.depth: [1], first: {depth: [2]}", "'first.depth' is there twice"),
        ("metric: accuracy", "expected a list of values for one setting at least"),
        ("level: [0.2], metric: acuracy", "did you mean 'accuracy'?"),
        ("level: [0.2], method: bayes", "one of grid, random, halving"),
        ("level: [0.2], method: random", "key 'contestants[0].search.budget' is missing"),
        ("level: [0.2, 0.3], budget: 1", "found '1', expected at least the grid's 2 combinations"),
        ("level: [0.2], budget: 0", "search.budget: found '0'"),
    ])
    func whatCannotBeSearchedIsAnError(search: String, words: String) throws {
        let experiment = try KnowingExperiment(search)
        let text = errorText { try experiment.engine() }
        #expect(text.contains(words) && text.contains("e.yaml:6"), "\(text)")
        #expect(!experiment.small.exists("fits.txt"))
    }

    @Test(arguments: [
        (
            "model: external, predictions: p.csv, search: {predictions: [q.csv]}",
            "unknown key 'contestants[0].search'"
        ),
        (
            "model: fine-tuned, encoder: x, search: {training.learning-rate: [fast]}",
            "search.training.learning-rate[0]: found 'fast', expected a number"
        ),
        (
            "model: fine-tuned, encoder: x, search: {training: {epochs: [2, 0]}}",
            "search.training.epochs[1]: found '0', expected an integer of at least 1"
        ),
        (
            "model: tfidf-logreg, search: {tfidf.C: [1], method: grid}",
            "unknown key 'contestants[0].search.tfidf.C'"
        ),
        (
            "model: features, features: tfidf, learner: svm, search: {learner.logistic.C: [1], method: grid}",
            "its 'learner' has no 'logistic'"
        ),
    ])
    func whatOurFamiliesDoNotHaveIsAnError(entry: String, words: String) throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            "dataset: {file: none.csv}\ncontestants:\n  - {id: a, \(entry)}\n", to: "e.yaml")
        let text = errorText { try ExperimentFile(contentsOf: file) }
        #expect(text.contains(words) && text.contains("e.yaml:3"), "\(text)")
    }

    /// Programs that only a search would run are asked for like others.
    @Test func everyProgramIsAskedFor() throws {
        let small = try SmallExperiment()
        try small.replace(
            "{id: majority, model: dummy}",
            with: "{id: a, model: command, command: ['true'], search: {command: [['false'], ['true']]}}")
        let asked = Mutex<[String]>([])
        _ = errorText {
            try small.run { options in
                options.allowsPrograms = { programs in
                    asked.withLock { $0 = programs.map { $0.command.joined(separator: " ") } }
                    return false
                }
            }
        }
        #expect(asked.withLock { $0 } == ["true", "false"])
    }
}
