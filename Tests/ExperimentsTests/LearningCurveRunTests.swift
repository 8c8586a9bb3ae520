import Corpora
import Evaluation
import Experiments
import Foundation
import Results
import SafeFiles
import SettingKeys
import TestSupport
import Testing

/// Contestants fitted on samples of the train rows: items, files, results and their verification.
@Suite struct LearningCurveRunTests {
    /// Words tell the classes apart, so that more rows are worth something.
    private static let data =
        "id,text,label\n"
        + (0..<160).map { row in
            let (first, second) = (row * 7 % 23, row * 5 % 19)
            return "r\(row),w\(first) v\(second) text,\((first + second) % 3 == 0 ? "spam" : "ham")\n"
        }.joined()

    private static let yaml = """
        name: few
        seed: 42
        dataset: {file: rows.csv, columns: {id: id}, labels: {column: label}}
        split: {train: 0.5, validation: 0.25, test: 0.25, seed: 1}
        learning-curve: {sizes: [10, 20, 40, all], repeats: 3}
        contestants:
          - {id: majority, model: dummy}
          - {id: lr, model: tfidf-logreg}
          - {id: bayes, model: naive-bayes}
        report: {analysis: false}

        """

    private func small(_ curve: String? = nil) throws -> SmallExperiment {
        let small = try SmallExperiment(Self.yaml, files: ["rows.csv": Self.data])
        if let curve { try small.replace("{sizes: [10, 20, 40, all], repeats: 3}", with: curve) }
        return small
    }

    private func verify(_ small: SmallExperiment) throws {
        let layout = RunLayout(small.place("report"))
        try verifyResults(ExperimentResults(contentsOf: layout), in: layout)
    }

    /// All that a run writes that is the same everywhere.
    private func bytes(_ small: SmallExperiment) throws -> [String: String] {
        let root = small.place("report").path
        var files: [String: String] = [:]
        for path in FileManager.default.subpaths(atPath: root) ?? []
        where path.hasSuffix(".csv") { files[path] = try small.read("report/\(path)") }
        var results = try ExperimentResults(contentsOf: RunLayout(small.place("report")))
        results.timings = .none
        files["results"] = String(decoding: try StableJSON.encode(results), as: UTF8.self)
        return files
    }

    /// Before anything is fitted, however long that takes.
    @Test func sizesWithTooFewRowsAreTold() throws {
        let small = try small()
        try small.replace(
            "{id: bayes, model: naive-bayes}",
            with: "{id: near, features: tfidf, learner: {knn: {neighbors: 15}}}")
        #expect(
            errorText { try small.run() }
                == "contestant 'near', 10 train rows, repeat 0: 15 nearest neighbours are to vote, and there are 10 rows to "
                + "learn from; lower 'neighbors'")
        #expect(!small.exists("models/majority") && !small.exists("report/predictions"))
    }

    @Test func itemsAreSamples() throws {
        let small = try small()
        let items = try small.items()
        #expect(items.count == 30 && items[..<3].allSatisfy { $0.replicate.sample == nil })
        #expect(
            items[3...].map { "\($0.replicate)" }.filter { $0.contains("repeat 2") }.count == 9
                && items[3].replicate.description == "10 train rows, repeat 0")
        #expect(items.map(\.replicate.seed)[3...].prefix(9) == [42, 42, 42, 43, 43, 43, 44, 44, 44])
        #expect(Set(items.map(\.digest)).count == 30)
        #expect(!small.exists("report"))
        let line = try object(items[3].line())
        #expect((line["sample"] as? [String: Any])?["size"] as? Int == 10)
        #expect((line["sample"] as? [String: Any])?["repeat"] as? Int == 0)
        #expect(try object(items[0].line())["sample"] == nil)
        #expect(try planText(items).contains("to do  lr, 20 train rows, repeat 1\n"))
    }

    private func object(_ json: String) throws -> [String: Any] {
        try #require(JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    }

    /// The curve is that of the samples' own results, the rest is what the run would be without a curve, and samples that are
    /// there stay as they are when sizes are added.
    @Test func aCurveStandsBesideTheRun() throws {
        let small = try small()
        let results = try small.run()
        try verify(small)
        let curve = try #require(results.curve)
        #expect(curve.rows == [10, 20, 40, 80] && curve.metric == .f1Macro)
        #expect(curve.scores.keys.sorted() == ["bayes", "lr", "majority"])
        for (id, scores) in curve.scores {
            #expect(scores.map(\.count) == [3, 3, 3, 1] && curve.bands[id]?.count == 4)
            for (size, own) in zip([10, 20, 40], scores) {
                let each = try (0..<3).map { number in
                    try ExperimentResults(
                        contentsOf: RunLayout(small.place("report/samples/\(size)/\(number)")))
                }
                #expect(own == each.map { run in run.contestants.first { $0.id == id }?.test[.f1Macro] })
                #expect(each.allSatisfy { $0.sample?.rowCount == size && $0.curve == nil })
            }
            #expect(scores[3] == [results.contestants.first { $0.id == id }?.test[.f1Macro]])
        }
        // A band by hand: of the samples and of what the test rows have in common.
        let band = try #require(curve.bands["lr"]?[0])
        #expect(band.repeats == 3 && band.size == 10 && band.low < band.mean && band.mean < band.high)
        #expect(curve.bands["lr"]?[3]?.repeats == 1)
        #expect(curve.crossings.allSatisfy { $0.first != "majority" && $0.second != "majority" })
        // Dummies have no rows that they would need.
        #expect(Set(curve.needed.map(\.contestant)) == ["lr", "bayes"] && curve.needed.count == 4)

        let rows = try small.read("report/samples.csv").split(separator: "\n")
        #expect(rows[0] == "repeat,row,size" && rows.count == 1 + 3 * 40)
        #expect(rows.count { $0.hasSuffix(",10") } == 30 && rows.count { $0.hasSuffix(",20") } == 30)

        // Without a curve everything else is the same, and nothing is fitted again.
        let events = try { () throws -> [String] in
            try small.replace("learning-curve: {sizes: [10, 20, 40, all], repeats: 3}\n", with: "")
            return try small.told()
        }()
        #expect(!events.contains { $0.hasSuffix(": fitting") })
        let plain = try ExperimentResults(contentsOf: RunLayout(small.place("report")))
        #expect(plain.contestants == results.contestants && plain.curve == nil)
        #expect(!small.exists("report/samples.csv"))

        try small.replace(
            "contestants:", with: "learning-curve: {sizes: [10, 20, 30, 40, all], repeats: 3}\ncontestants:")
        let told = try small.told()
        #expect(told.count { $0.hasSuffix(": fitting") } == 9)
    }

    /// Every sample of a repeat holds the smaller ones; contestants see no other train row.
    @Test func withoutAllTheLargestSampleStandsForTheRun() throws {
        let small = try small("{per-class: [4, 8], repeats: 2}")
        let results = try small.run()
        try verify(small)
        #expect(results.sample?.sample == TrainSample(.perClass, size: 8, number: 0))
        #expect(results.sample?.labelCounts == [8, 8] && results.curve?.rows == [8, 16])
        #expect(results.curve?.plan.others.count == 3 && small.exists("report/samples/8/1/results.json"))
        #expect(!small.exists("report/samples/8/0"))
        #expect(
            results.curve?.laws.isEmpty == true && results.curve?.lawless["lr"]?.contains("three") == true)
        // Terms of 16 rows, and not of the other train rows.
        let saved = try small.object("models/lr/tfidf.json")
        let rows = try Set(
            small.read("report/samples.csv").split(separator: "\n").filter { $0.hasPrefix("0,") }
                .compactMap { Int($0.split(separator: ",")[1]) })
        let texts = Self.data.split(separator: "\n").dropFirst().map { $0.split(separator: ",")[1] }
        let terms = Set(rows.flatMap { texts[$0].split(separator: " ").map(String.init) })
        #expect(Set(try #require(saved["vocabulary"] as? [String])) == terms)
    }

    /// Killed and gone on, contestant by contestant, or by several at once: the same bytes.
    @Test func orderAndProcessesDoNotMatter() async throws {
        let whole = try small()
        try whole.run()
        let expected = try bytes(whole)
        #expect(expected.count == 63, "\(expected.keys.sorted())")

        let parts = try small()
        _ = try parts.run { $0.only = ["bayes"] }
        _ = try parts.run { $0.only = ["lr", "majority"] }
        #expect(try bytes(parts) == expected)
        // As if it had been killed in the middle of two items.
        try parts.remove("models/samples/20/1/lr/contestant.json")
        try parts.remove("report/samples/40/2/predictions/bayes.csv")
        let told = try parts.told()
        #expect(told.count { $0.hasSuffix(": fitting") } == 2 && told.contains("20 train rows, repeat 1"))
        #expect(try bytes(parts) == expected)

        let shared = try small()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<3 { group.addTask { _ = try shared.run() } }
            try await group.waitForAll()
        }
        #expect(try bytes(shared) == expected)
        try verify(shared)
    }

    @Test func whatIsChangedByHandIsFound() throws {
        let small = try small("{sizes: [10, 20], repeats: 2}")
        try small.run()
        try verify(small)
        func complaint() -> String { errorText { try verify(small) } }
        let samples = try small.read("report/samples.csv")
        try small.write(samples.replacing(",10\n", with: ",20\n"), to: "report/samples.csv")
        #expect(complaint().contains("SHA-256 of samples.csv"), "\(complaint())")
        try small.write(samples, to: "report/samples.csv")
        let file = "report/samples/10/1/predictions/lr.csv"
        let predictions = try small.read(file)
        try small.write(predictions.replacing(",ham,ham,", with: ",ham,spam,"), to: file)
        #expect(complaint().contains("lr.csv"), "\(complaint())")
        try small.write(predictions, to: file)
        let layout = RunLayout(small.place("report"))
        var results = try ExperimentResults(contentsOf: layout)
        results.tasks[0].curve?.scores["lr"]?[0][0] = 0.123
        try results.write(to: layout)
        #expect(complaint().contains("learning curve"), "\(complaint())")
        results.tasks[0].curve?.scores["lr"]?[0].removeLast()
        try results.write(to: layout)
        #expect(complaint().contains("learning curve, scores of lr"), "\(complaint())")
    }

    /// Results of earlier versions do not say how their bands were made, which was in another way, and verify as they stand.
    @Test func earlierBandsVerify() throws {
        let small = try small()
        let results = try small.run()
        let layout = RunLayout(small.place("report"))
        let curve = try #require(results.curve)
        #expect(curve.bandMethod == .wilson)
        let written = try small.read("report/results.json")
        func fitted(_ place: RunLayout) throws -> FittedSample {
            let run = try ExperimentResults(contentsOf: place)
            return FittedSample(results: run, predictions: try StoredPredictions(run, in: place))
        }
        let earlier = LearningCurve(
            curve.plan, reach: curve.reach, samplesSHA256: curve.samplesSHA256, headline: try fitted(layout),
            others: try curve.plan.others.map { try fitted(layout.sample($0)) }, bandMethod: nil)
        #expect(earlier.scores == curve.scores && earlier.bands != curve.bands)
        func write(_ bands: LearningCurve) throws {
            var changed = try ExperimentResults(contentsOf: layout)
            changed.tasks[0].curve = bands
            try changed.write(to: layout)
        }
        try write(earlier)
        #expect(try !small.read("report/results.json").contains("band_method"))
        try verify(small)
        // The bands of one way under the name of the other.
        var mixed = curve
        mixed.bandMethod = nil
        try write(mixed)
        let text = errorText { try verify(small) }
        #expect(text.contains("learning curve"), "\(text)")
        try write(curve)
        try verify(small)

        try small.write(
            written.replacing("\"band_method\" : \"wilson\"", with: "\"band_method\" : \"guess\""),
            to: "report/results.json")
        let unknown = errorText { try verify(small) }
        #expect(unknown.contains("results.json") && unknown.contains("guess"), "\(unknown)")
    }

    @Test(arguments: [
        ("{sizes: [10, 10]}", "learning-curve.sizes[1]: found '10', expected each size once"),
        ("{sizes: [all]}", "expected at least one number of rows"),
        ("{sizes: [0, 10]}", "found '0'"), ("{sizes: [ten]}", "found 'ten'"),
        ("{sizes: 10}", "expected a list"), ("{repeats: 3}", "expected either 'sizes' or 'per-class'"),
        ("{sizes: [5], per-class: [5]}", "expected either 'sizes' or 'per-class'"),
        ("{sizes: [5], repeats: 0}", "learning-curve.repeats: found '0'"),
        ("{size: [5]}", "did you mean 'sizes'?"),
        ("{sizes: [80]}", "sizes: found 80, expected fewer than the 80 train rows"),
        ("{per-class: [4, 60]}", "per-class: found 60, but train has"),
        (
            "{sizes: [5], reach: [0.5, 1.5]}",
            "learning-curve.reach[1]: found '1.5', expected what f1-macro, by which contestants are ranked, can be: 0.0 to 1.0"
        ),
    ])
    func badCurves(curve: String, words: String) throws {
        let small = try small(curve)
        let text = errorText { try small.items() }
        #expect(text.contains(words), "\(text)")
        #expect(!small.exists("report"))
    }

    @Test func whatDoesNotGoTogether() throws {
        let seeds = try small()
        #expect(
            errorText { try seeds.items { $0.seeds = 2 } }.contains(
                "--seeds 2: the experiment has a learning curve"))
        let folds = try small()
        try folds.replace("{train: 0.5, validation: 0.25, test: 0.25, seed: 1}", with: "{folds: 3}")
        #expect(errorText { try folds.items() }.contains("no 'learning-curve' beside 'folds'"))
        let external = try small()
        try external.write("id,predicted\nr0,spam\n", to: "mine.csv")
        try external.replace(
            "contestants:", with: "contestants:\n  - {id: mine, model: external, predictions: mine.csv}")
        #expect(errorText { try external.items() }.contains("mine: predictions that were made elsewhere"))
        #expect(errorText { try small("{sizes: [10], repeats: 1}").items() } == "")
    }

    /// Of one row there is one class.
    @Test func whoCannotBeFittedIsNamedWithTheSample() throws {
        let small = try small("{sizes: [1, 10, all], repeats: 2}")
        let encoder = try ModelFolder()
        try small.replace(
            "{id: bayes, model: naive-bayes}",
            with: "{id: pairs, model: setfit, encoder: \(encoder.url.path)}")
        let text = errorText { try small.run() }
        #expect(text.contains("'pairs', 1 train row, repeat 0"), "\(text)")
    }
}
