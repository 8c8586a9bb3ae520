import Corpora
import Evaluation
import Experiments
import Foundation
import Results
import TestSupport
import Testing

/// From records and stored predictions to results.
@Suite struct AssemblyTests {
    private static let mine =
        "id,predicted\n" + (0..<32).map { "r\($0),\($0 % 4 == 0 ? "spam" : "ham")\n" }.joined()

    @Test func resultsSayWhatWasRun() throws {
        let small = try SmallExperiment(files: ["mine.csv": Self.mine])
        try small.replace(
            "contestants:", with: "contestants:\n  - {id: mine, model: external, predictions: mine.csv}")
        let results = try small.run { $0.only = ["mine", "majority"] }
        #expect(results.experiment.name == "small" && results.experiment.seed == 42)
        // Who has no record is not there.
        #expect(results.contestants.map(\.id) == ["mine", "majority"])
        #expect(results.contestants[0].test[.accuracy] == 1)
        #expect(results.contestants[1].summary == "always the most frequent label: ham")
        #expect(results.split.parts.map(\.rowCount) == [16, 8, 8])
        #expect(results.split.parts.map(\.labelCounts) == [[12, 4], [6, 2], [6, 2]])
        #expect(
            results.timings.date == "1970-01-01T00:00:00Z" && results.timings.command == "bakeoff run e.yaml")
        #expect(results.timings.machine.cpu == "Test CPU")
        #expect(Array(results.timings.contestants.keys) == ["majority"])
        #expect(results.analysis == nil && results.seeds == nil && results.folds == nil)
        #expect(
            try ExperimentResults(contentsOf: RunLayout(small.place("report"))).contestants
                == results.contestants)
    }

    @Test func seedsStandSideBySide() throws {
        let small = try SmallExperiment()
        let run = try small.engine { $0.seeds = 3 }.assembledRun { _ in }
        let seeds = try #require(run.results.seeds)
        #expect(seeds.seeds == [42, 43, 44])
        #expect(run.replicates.map(\.results.experiment.seed) == [42, 43, 44])
        #expect(
            run.replicates.map(\.models.path)
                == ["models", "models/seeds/43", "models/seeds/44"].map { small.place($0).path })
        let drawn = run.replicates.map { $0.results.contestants[1].test[.accuracy] }
        #expect(seeds.scores["drawn"]?[.accuracy] == drawn)
        // What is not random is the same under every seed.
        #expect(Set(try #require(seeds.scores["majority"]?[.accuracy])).count == 1)
        let own = try ExperimentResults(contentsOf: RunLayout(small.place("report/seeds/44")))
        #expect(
            own.experiment.seed == 44 && own.seeds == nil && own.contestants[1].test[.accuracy] == drawn[2])
    }

    /// Each row is tested once; whoever lacks a fold has no pooled result.
    @Test func foldsArePooled() throws {
        let small = try SmallExperiment()
        try small.replace(
            "{train: 0.5, validation: 0.25, test: 0.25, seed: 1}", with: "{folds: 3, validation: 0}")
        let run = try small.engine { $0.only = ["majority"] }.assembledRun { _ in }
        let pooled = run.results
        #expect(run.replicates.map(\.models.lastPathComponent) == ["0", "1", "2"])
        #expect(pooled.contestants.map(\.id) == ["majority"] && pooled.folds?.count == 3)
        #expect(pooled.contestants[0].test.support == 32 && pooled.contestants[0].test[.accuracy] == 0.75)
        #expect(pooled.contestants[0].validation == nil)
        #expect(pooled.split.plan == "3 folds, stratified by labels, seed 42")
        #expect(pooled.split.parts == [PartSummary(part: .test, rowCount: 32, labelCounts: [24, 8])])
        #expect(pooled.timings.contestants["majority"]?.predictedTexts == 32)
        let scores = try #require(pooled.folds?.scores["majority"]?[.accuracy])
        #expect(scores == run.replicates.map { $0.results.contestants[0].test[.accuracy] })
        let ids = try small.read("report/predictions/majority.csv").split(separator: "\n").dropFirst()
            .map { $0.prefix { $0 != "," } }
        #expect(ids == (0..<32).map { Substring("r\($0)") })
        let rows = try small.read("report/folds.csv").split(separator: "\n")
        #expect(rows.count == 33 && rows[0] == "row,fold")
        #expect((0..<3).map { fold in rows.count { $0.hasSuffix(",\(fold)") } }.sorted() == [10, 11, 11])
        // A fold that is missing is not made up for.
        try small.remove("models/folds/1/majority")
        let partial = try small.run { $0.only = ["drawn"] }
        #expect(partial.contestants.map(\.id) == ["drawn"])
    }

    /// Of rows that are dealt twice, every fold counts in the means, and the first dealing's predictions are pooled.
    @Test func foldsOfSeveralDealings() throws {
        func run(_ split: String) throws -> (SmallExperiment, AssembledRun) {
            let small = try SmallExperiment()
            try small.replace("{train: 0.5, validation: 0.25, test: 0.25, seed: 1}", with: split)
            return (small, try small.engine().assembledRun { _ in })
        }
        let (small, twice) = try run("{folds: 3, repeats: 2, validation: 0, seed: 5}")
        let (first, once) = try run("{folds: 3, validation: 0, seed: 5}")
        let (_, next) = try run("{folds: 3, validation: 0, seed: 6}")
        #expect(twice.replicates.map(\.models.lastPathComponent) == (0..<6).map { "\($0)" })
        let folds = try #require(twice.results.folds)
        #expect(folds.count == 6 && folds.repeats == 2 && once.results.folds?.repeats == nil)
        let alone = [once, next].flatMap(\.replicates)
        for id in ["majority", "drawn"] {
            let expected = alone.map { run in
                run.results.contestants.first { $0.id == id }?.test[.accuracy]
            }
            #expect(folds.scores[id]?[.accuracy] == expected)
            let file = "report/predictions/\(id).csv"
            #expect(try small.read(file) == first.read(file))
        }
        #expect(twice.results.contestants.map(\.test) == once.results.contestants.map(\.test))
        #expect(try small.read("report/folds.csv").split(separator: "\n").count == 65)
        let layout = RunLayout(small.place("report"))
        try verifyResults(ExperimentResults(contentsOf: layout), in: layout)
    }

    @Test func noticesOfFoldsNameTheFolds() {
        #expect(told(by: [["a", "b"], ["b"], ["b", "c", "a"]]) == ["folds 0, 2: a", "b", "fold 2: c"])
        #expect(told(by: [["a"], ["a"]]) == ["a"] && told(by: [[], []]).isEmpty)
    }

    /// What one item left: where, when and how it was made, and its costs by task.
    @Test func anItemLeavesARecord() throws {
        let small = try SmallExperiment()
        try small.run { $0.build = { "0123456789ab" } }
        let item = try small.items()[0]
        let record = try small.object("report/records/majority.json")
        #expect(record["contestant"] as? String == "majority" && record["digest"] as? String == item.digest)
        #expect(record["algorithm_version"] as? Int == 1 && record["build"] as? String == "0123456789ab")
        #expect(record["date"] as? String == "1970-01-01T00:00:00Z")
        #expect((record["machine"] as? [String: Any])?["cpu"] as? String == "Test CPU")
        #expect(record["replicate"] as? [String: Int] == ["seed": 42])
        let tasks = try #require(record["tasks"] as? [[String: Any]])
        #expect(tasks.count == 1 && tasks[0]["task"] == nil)
        #expect((tasks[0]["cost"] as? [String: Any])?["predicted_texts"] as? Int == 8)
        #expect(!small.exists("models/majority/work"))
    }

    /// Each task has a folder and scores of its own, and one record in all.
    @Test func tasksStandInFoldersOfTheirOwn() throws {
        let small = try SmallExperiment(
            """
            tasks:
              - {name: spam, dataset: {file: data.csv, labels: {column: label}}}
              - {name: kind, dataset: {file: data.csv, labels: {column: kind}}}
            contestants: [{id: both, model: dummy}, {id: one, model: dummy, tasks: [kind]}]
            report: {analysis: false}
            """)
        let results = try small.run()
        #expect(results.tasks.map(\.name) == ["spam", "kind"])
        #expect(results.tasks.map { $0.contestants.map(\.id) } == [["both"], ["both", "one"]])
        #expect(
            small.exists("report/kind/predictions/one.csv")
                && !small.exists("report/spam/predictions/one.csv"))
        #expect(
            small.exists("models/both/spam/contestant.json")
                && small.exists("models/one/kind/contestant.json"))
        let tasks = try #require(small.object("report/records/both.json")["tasks"] as? [[String: Any]])
        #expect(tasks.map { $0["task"] as? String } == ["spam", "kind"])
    }

    /// Other costs are other scores of the same predictions, and the model knows them.
    @Test func whatIsDerivedIsDerivedAnew() throws {
        let small = try SmallExperiment()
        func cost(_ costs: String) throws -> Double? {
            try small.write(
                SmallExperiment.yaml.replacing("report: {", with: "report: {costs: \(costs), "), to: "e.yaml")
            return try small.run().contestants[0].test[.meanCost]
        }
        // Two of eight test rows are spam, which the majority calls ham.
        #expect(try cost("[[0, 1], [4, 0]]") == 1)
        let done = try small.items().map(\.costWhenDone)
        #expect(try cost("[[0, 1], [8, 0]]") == 2)
        #expect(try small.items().map(\.costWhenDone) == done)
        #expect(
            try SavedModel(folder: small.place("models/majority")).labelSpace.costs == [[0, 1], [8, 0]])
    }
}

/// What follows from stored predictions and data: analysis, leaks, gold scores, profile.
@Suite struct TaskAnalysisTests {
    /// What VADER says of texts; people labelled every second one.
    private static func silver(_ row: Int) -> (text: String, label: String) {
        [("lovely day", "positive"), ("awful day", "negative"), ("a day", "neutral")].map { ($0.0, $0.1) }[
            row % 3]
    }
    private static let data =
        "id,text,feeling\n"
        + (0..<60).map { "g\($0),\(silver($0).text) \($0),\($0 % 2 == 0 ? silver($0).label : "")\n" }.joined()
    private static let yaml = """
        name: silver
        dataset: {file: silver.csv, columns: {id: id}, labels: {from: vader, gold: {column: feeling}}}
        split: {train: 0.5, test: 0.5, seed: 1}
        contestants: [{id: majority, model: dummy}, {id: bayes, model: naive-bayes}]
        report: {quotes: true}
        """

    @Test func everythingIsStoredAndRemovedAgain() throws {
        let small = try SmallExperiment(Self.yaml, files: ["silver.csv": Self.data])
        let results = try small.run()
        let test = try small.read("report/predictions/bayes.csv").split(separator: "\n").dropFirst()
            .compactMap { Int($0.prefix { $0 != "," }.dropFirst()) }
        try #require(test.count == 30)
        let gold = test.filter { $0 % 2 == 0 }
        #expect(
            try small.read("report/gold.csv")
                == "id,gold\n" + gold.map { "g\($0),\(Self.silver($0).label)\n" }.joined())
        #expect(results.gold?.rowCount == gold.count && results.gold?.labeler[.accuracy] == 1)
        #expect(results.dataset.silverLabeler == "vader")
        #expect(results.analysis?.intervals.keys.sorted() == ["bayes", "majority"])
        #expect(results.leaks?.parts.map(\.part) == [.test])
        let files = ["leaks.csv", "gold.csv", "errors.csv", "data.json"]
        #expect(files.allSatisfy { small.exists("report/\($0)") })
        #expect(try small.read("report/errors.csv").contains(" day "))

        try small.replace("quotes: true", with: "quotes: false")
        let secret = try small.run()
        for file in files + ["results.json"] where file != "gold.csv" {
            #expect(try !small.read("report/\(file)").contains("lovely"), "\(file)")
        }
        #expect(secret.analysis?.errors.texts == nil)

        try small.replace("quotes: false", with: "analysis: false")
        let plain = try small.run()
        #expect(plain.analysis == nil && plain.gold == nil && plain.leaks == nil)
        #expect(files.allSatisfy { !small.exists("report/\($0)") })
    }
}
