import Corpora
import Evaluation
import Foundation
import Results
import SafeFiles
import TestSupport
import Testing

/// Whatever does not follow from the files of a run is named: of one split, of folds, of seeds.
@Suite struct RunVerificationTests {
    private let folder: TemporaryFolder
    private var layout: RunLayout { RunLayout(folder.url) }

    init() throws { folder = try TemporaryFolder() }

    /// Writes the split and predictions of `x`, and `results.json`.
    /// - Parameter parts: The part of each row; the test rows are those of `test`, the validation rows of `validation`.
    private static func write(
        _ parts: [Part], test: Predictions, validation: Predictions? = nil, seed: UInt64 = 7,
        in layout: RunLayout
    ) throws -> ExperimentResults {
        let split = StoredSplit(split: Split(parts: parts), plan: .usual, datasetFingerprint: "11")
        try split.save(folder: layout.splitFolder)
        var results = try ByHand.results(
            [ByHand.contestant("x", test, validation: validation)], seed: seed)
        results.tasks[0].dataset.rowCount = parts.count
        results.tasks[0].split = SplitSummary(
            plan: "by hand", sha256: split.fingerprint,
            parts: [(Part.train, nil), (.validation, validation), (.test, test)].compactMap {
                part, predictions in
                let rows = parts.count { $0 == part }
                let counts = predictions?.gold.labelCounts(labelCount: 3) ?? [rows, 0, 0]
                return rows == 0 ? nil : PartSummary(part: part, rowCount: rows, labelCounts: counts)
            }, notices: [])
        results.tasks[0].split.recordSHA256 = try Fingerprint.sha256(ofFile: layout.splitRecord)
        try writePredictions(test, validation, &results, in: layout)
        return results
    }

    private static func writePredictions(
        _ test: Predictions, _ validation: Predictions?, _ results: inout ExperimentResults,
        in layout: RunLayout
    ) throws {
        let file = layout.predictions(of: "x")
        try test.write(to: file)
        results.tasks[0].contestants[0].predictionsSHA256 = try Fingerprint.sha256(ofFile: file)
        if let validation {
            let file = layout.predictions(of: "x", validation: true)
            try validation.write(to: file)
            results.tasks[0].contestants[0].validationPredictionsSHA256 = try Fingerprint.sha256(ofFile: file)
        }
        try results.write(to: layout)
    }

    private func verify() throws -> [String] {
        try verifyResults(ExperimentResults(contentsOf: layout), in: layout)
    }

    /// What is named when a change of the results is verified; nil where they agree.
    private func complaint(_ results: ExperimentResults) throws -> String? {
        do {
            try results.write(to: layout)
            #expect(try verify() == [])
            return nil
        } catch ResultsError.disagrees(let what, _, _) {
            return what
        }
    }

    // MARK: One split

    private static let parts: [Part] = [.train, .validation, .test, .train, .test, .test]

    private func once() throws -> ExperimentResults {
        try Self.write(
            Self.parts, test: ByHand.classes([0, 1, 2], [0, 1, 1]), validation: ByHand.classes([1], [1]),
            in: layout)
    }

    private static let changes: [(String?, @Sendable (inout ExperimentResults) throws -> Void)] = [
        (nil, { _ in }), ("format", { $0.format = 2 }),
        ("SHA-256 of split.csv", { $0.tasks[0].split.sha256 = "0" }),
        ("rows of train", { $0.tasks[0].split.parts[0].rowCount = 3 }),
        ("rows", { $0.tasks[0].dataset.rowCount = 7 }),
        ("dataset_sha256 of split.json", { $0.tasks[0].dataset.sha256 = "0" }),
        ("SHA-256 of split.json", { $0.tasks[0].split.recordSHA256 = "0" }),
        ("plan of split.json", { $0.tasks[0].split.recordSHA256 = nil }),
        ("SHA-256 of x.csv", { $0.tasks[0].contestants[0].predictionsSHA256 = "0" }),
        ("SHA-256 of x.validation.csv", { $0.tasks[0].contestants[0].validationPredictionsSHA256 = nil }),
        ("label counts of test", { $0.tasks[0].split.parts[2].labelCounts = [1, 2, 0] }),
        (
            "x, test, accuracy",
            {
                $0.tasks[0].contestants[0].test = try ByHand.classes([0, 1, 2], [0, 1, 2]).scorecard(
                    isProbabilistic: true)
            }
        ),
        (
            "x, validation, accuracy",
            {
                $0.tasks[0].contestants[0].validation = try ByHand.classes([1], [2]).scorecard(
                    isProbabilistic: true)
            }
        ),
        (
            "SHA-256 of logs/x.jsonl",
            {
                $0.timings.contestants["x"] = ContestantCost(
                    fitSeconds: 0, predictSeconds: 0, predictedTexts: 0, peakMemoryBytes: 0)
                $0.timings.contestants["x"]?.logs = ["x": "0"]
            }
        ),
    ]

    @Test(arguments: changes.indices) func ofOneSplit(index: Int) throws {
        let (what, change) = Self.changes[index]
        var results = try once()
        try OutputFile.write("{}\n", to: layout.log(of: "x"))
        try change(&results)
        #expect(try complaint(results) == what)
    }

    /// Decisions follow from the stored probabilities, whatever the file's digest.
    @Test func labelsThatProbabilitiesDoNotSay() throws {
        var results = try once()
        let test = try ByHand.classes([0, 1, 2], [0, 1, 1])
        let changed = Predictions(
            labelSpace: test.labelSpace, ids: test.ids, gold: test.gold, predicted: .classes([0, 2, 1]),
            probabilities: test.probabilities)
        try Self.writePredictions(changed, nil, &results, in: layout)
        #expect(try complaint(results) == "x.csv, predicted of id 'r1'")
        let short = try ByHand.classes([0, 1], [0, 1])
        results = try once()
        try Self.writePredictions(short, nil, &results, in: layout)
        #expect(try complaint(results) == "rows of x.csv")
        results = try once()
        try Self.writePredictions(test, try ByHand.classes([1, 1], [1, 1]), &results, in: layout)
        #expect(try complaint(results) == "rows of x.validation.csv")
    }

    @Test func theTextMustBeAsItWasWritten() throws {
        let results = try once()
        let text = try String(contentsOf: layout.results, encoding: .utf8)
        for (changed, what) in [
            (text + " ", "the text of results.json"),
            (text.replacing("\"by hand\"", with: "\"by foot\""), "SHA-256 of results.json"),
        ] {
            try folder.write(changed, to: "results.json")
            let error = #expect(throws: ResultsError.self) { try verify() }
            #expect(error?.description.hasPrefix("\(what): ") == true, "\(String(describing: error))")
        }
        #expect(try complaint(results) == nil)
    }

    @Test func whatIsLeftOutIsTold() throws {
        let results = try once()
        try layout.leaveOut([layout.predictions(of: "x", validation: true)])
        #expect(try verify() == ["what x scored on validation, and what was fitted there"])
        let predictions = try StoredPredictions(results, in: layout)
        #expect(predictions.contestants.map(\.id) == ["x"] && predictions.contestants[0].validation == nil)
        #expect(predictions.contestants[0].test == (try ByHand.classes([0, 1, 2], [0, 1, 1])))
    }

    // MARK: Replicates

    /// Rows 0 and 2 are the first fold, rows 1 and 3 the second.
    private func folded() throws -> ExperimentResults {
        let (gold, predicted) = ([0, 1, 2, 0], [0, 1, 1, 0])
        let folds = try [[0, 2], [1, 3]].enumerated().map { fold, rows in
            try Self.write(
                (0..<4).map { rows.contains($0) ? .test : .train },
                test: ByHand.classes(rows.map { gold[$0] }, rows.map { predicted[$0] }, rows: rows),
                in: layout.fold(fold))
        }
        let test = try ByHand.classes(gold, predicted)
        var results = try ByHand.results([ByHand.contestant("x", test)])
        try OutputFile.write(foldsCSV([[0, 1, 0, 1]]), to: layout.folds)
        results.tasks[0].dataset.rowCount = 4
        results.tasks[0].split = SplitSummary(
            plan: "2 folds", sha256: try Fingerprint.sha256(ofFile: layout.folds),
            parts: [PartSummary(part: .test, rowCount: 4, labelCounts: [2, 1, 1])], notices: [])
        results.tasks[0].folds = FoldSpread(folds, contestants: ["x"])
        try Self.writePredictions(test, nil, &results, in: layout)
        return results
    }

    @Test func ofFolds() throws {
        let results = try folded()
        #expect(try complaint(results) == nil)
        let changes: [(String, (inout ExperimentResults) throws -> Void)] = [
            ("scores of folds", { $0.tasks[0].folds?.scores["x"]?[.accuracy] = [1, 1] }),
            ("scores of folds", { $0.tasks[0].folds?.tests?.testToTrain = 2 }),
            ("SHA-256 of folds.csv", { $0.tasks[0].split.sha256 = "0" }),
            ("rows", { $0.tasks[0].dataset.rowCount = 5 }), ("tasks of 0", { $0.tasks[0].name = "t" }),
        ]
        for (what, change) in changes {
            var changed = results
            try change(&changed)
            #expect(try complaint(changed) == what)
        }
        // A row that another fold decided otherwise.
        var other = results
        try Self.writePredictions(ByHand.classes([0, 1, 2, 0], [0, 1, 2, 0]), nil, &other, in: layout)
        #expect(try complaint(other) == "predictions of x")
        // Whatever is changed in a fold is named as there.
        _ = try folded()
        try FileManager.default.removeItem(at: layout.fold(1).splitRecord)
        #expect(throws: (any Error).self) { try verify() }
        // Folds that test a row twice are none.
        let rows = [0, 2]
        _ = try folded()
        _ = try Self.write(
            (0..<4).map { rows.contains($0) ? .test : .train },
            test: ByHand.classes([0, 2], [0, 1], rows: rows), in: layout.fold(1))
        let error = #expect(throws: ResultsError.self) { try verify() }
        #expect(error?.description.hasSuffix("the folds' splits do not test each row once") == true)
    }

    @Test func ofSeeds() throws {
        let other = try Self.write(
            Self.parts, test: ByHand.classes([0, 1, 2], [0, 0, 1]), validation: ByHand.classes([1], [1]),
            seed: 8,
            in: layout.seed(8))
        var results = try once()
        results.tasks[0].seeds = SeedSpread([results, other])
        #expect(try complaint(results) == nil)
        results.tasks[0].seeds?.scores["x"]?[.accuracy] = [1, 1]
        #expect(try complaint(results) == "scores over seeds")
    }

    /// A task's name stands before what is named of it.
    @Test func ofSeveralTasks() throws {
        var results = try once()
        var tasks = results.tasks
        tasks[0].name = "t"
        for name in ["split.csv", "split.json", "predictions"] {
            let place = layout.task("t").url
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            try FileManager.default.moveItem(at: folder.file(name), to: place.appendingPathComponent(name))
        }
        results.tasks = tasks
        #expect(try complaint(results) == nil)
        results.tasks[0].split.sha256 = "0"
        #expect(try complaint(results) == "t, SHA-256 of split.csv")
    }

    // MARK: Assembled again

    @Test func whatFollowsFromPredictionsIsComputedAnew() throws {
        var results = try once()
        let stored = try StoredPredictions(results, in: layout)
        var options = AnalysisOptions()
        options.draws = 9
        results.tasks[0].analysis = try results.analysis(of: stored, options: options)
        let leaks = [Leak(row: 4, part: .test, kind: .equal, trainRow: 0)]
        try OutputFile.write(leaksCSV(leaks), to: layout.leaks)
        results.tasks[0].leaks = LeakSummary(
            leaks, parts: Self.parts, predictions: stored,
            sha256: try Fingerprint.sha256(ofFile: layout.leaks))
        results.tasks[0].leaks?.cutTexts = 3
        results.tasks[0].errorsSHA256 = try results.writeErrors(stored, texts: nil, in: layout)
        #expect(try complaint(results) == nil)
        var changed = results
        changed.tasks[0].analysis?.errors.rightByAll = 3
        changed.tasks[0].leaks?.withoutLeaks[0].rowCount = 1
        changed.tasks[0].errorsSHA256 = nil
        #expect(try complaint(changed) == "leaks")
        changed.tasks[0].leaks = results.tasks[0].leaks
        #expect(try complaint(changed) == "error analysis")
        changed.tasks[0].leaks?.parts[1].equal = 0
        #expect(try changed.assembledAgain(in: layout) == results)
        // Without an analysis nothing follows.
        let bare = try once()
        #expect(try bare.assembledAgain(in: layout) == bare)
    }
}
