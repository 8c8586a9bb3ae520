import Foundation
import Labels
import Reports
import Results
import Testing

/// Artifacts of another shape than a run gives them: an error with the file, never a trap.
@Suite struct DamagedRunTests {
    /// All that reads a run.
    private static func read(_ folder: RunLayout) throws {
        let results = try ExperimentResults(contentsOf: folder)
        let report = try RenderedReport(results, in: folder)
        let runs = ComparedRun.each(of: results, named: "a", in: folder)
        _ = try ComparisonReport(runs + ComparedRun.each(of: results, named: "b", in: folder)).markdown
        try verifyResults(results, in: folder)
        try report.verify()
    }

    private static func change(_ run: SmallRun, _ body: (inout [String: Any]) throws -> Void) throws
        -> ResultsError?
    {
        let bytes = try Data(contentsOf: run.folder.results)
        defer { try? bytes.write(to: run.folder.results) }
        var object = try #require(JSONSerialization.jsonObject(with: bytes) as? [String: Any])
        try body(&object)
        try JSONSerialization.data(withJSONObject: object).write(to: run.folder.results)
        return #expect(throws: ResultsError.self) { try ExperimentResults(contentsOf: run.folder) }
    }

    private static func contestant(
        _ object: inout [String: Any], _ body: (inout [String: Any]) throws -> Void
    ) throws {
        var all = try #require(object["contestants"] as? [[String: Any]])
        try body(&all[0])
        object["contestants"] = all
    }

    private static let changes: [@Sendable (inout [String: Any]) throws -> Void] = [
        { try contestant(&$0) { try test(&$0) { $0["confusion_matrix"] = [[1, 2, 3, 4]] } } },
        {
            try contestant(&$0) {
                try test(&$0) { card in
                    var matrix = try #require(card["confusion_matrix"] as? [[Int]])
                    matrix[0].append(1)
                    card["confusion_matrix"] = matrix
                }
            }
        },
        {
            try contestant(&$0) {
                try test(&$0) { card in
                    var matrix = try #require(card["confusion_matrix"] as? [[Int]])
                    matrix[0][0] = Int.max
                    card["confusion_matrix"] = matrix
                }
            }
        },
        { try contestant(&$0) { try test(&$0) { $0["per_label"] = [[String: Any]]() } } },
        { try contestant(&$0) { try test(&$0) { $0["support"] = -1 } } },
        { try contestant(&$0) { $0["id"] = "../../outside" } },
        { try contestant(&$0) { $0["id"] = "plain" } },
        { try contestant(&$0) { $0["thresholds"] = [0.5] } },
        { $0["contestants"] = "none" }, { $0["contestants"] = NSNull() },
        { try dataset(&$0) { $0["names"] = ["calm", "joy"] } },
        { try dataset(&$0) { $0["names"] = ["calm", "calm", "rage"] } },
        { try dataset(&$0) { $0["names"] = [String]() } },
        { try dataset(&$0) { $0["names"] = ["calm", "a|b", "rage"] } },
        { try dataset(&$0) { $0["kind"] = "multilabel" } },
        { try split(&$0) { $0["label_counts"] = [1, 2] } },
        { try split(&$0) { $0["row_count"] = Int.max } },
        { try analysis(&$0) { $0["tie_groups"] = [[1]] } },
        { try analysis(&$0) { $0["tie_groups"] = [[0, 9]] } },
        { try analysis(&$0) { $0["tie_groups"] = [[Int]()] } },
        { try analysis(&$0) { $0["curves"] = ["keen": ["precision_recall": [[1]]]] } },
        {
            try analysis(&$0) {
                $0["family"] = ["chosen_on": "train", "compare": "best", "corrected_pairs": 1]
            }
        },
        { $0["tasks"] = [Any]() },
        { $0["timings"] = [Any]() },
    ]

    private static func test(_ object: inout [String: Any], _ body: (inout [String: Any]) throws -> Void)
        throws
    {
        var card = try #require(object["test"] as? [String: Any])
        try body(&card)
        object["test"] = card
    }

    private static func dataset(_ object: inout [String: Any], _ body: (inout [String: Any]) throws -> Void)
        throws
    {
        var dataset = try #require(object["dataset"] as? [String: Any])
        var space = try #require(dataset["label_space"] as? [String: Any])
        try body(&space)
        dataset["label_space"] = space
        object["dataset"] = dataset
    }

    private static func split(_ object: inout [String: Any], _ body: (inout [String: Any]) throws -> Void)
        throws
    {
        var split = try #require(object["split"] as? [String: Any])
        var parts = try #require(split["parts"] as? [[String: Any]])
        try body(&parts[0])
        split["parts"] = parts
        object["split"] = split
    }

    private static func analysis(_ object: inout [String: Any], _ body: (inout [String: Any]) throws -> Void)
        throws
    {
        var analysis = try #require(object["analysis"] as? [String: Any])
        try body(&analysis)
        object["analysis"] = analysis
    }

    @Test func resultsOfAnotherShape() throws {
        let run = try SmallRun(.multiclass)
        defer { run.remove() }
        try Self.read(run.folder)
        for (number, body) in Self.changes.enumerated() {
            let error = try Self.change(run, body)
            let text = try #require(error).description
            #expect(text.hasPrefix(run.folder.results.path), "\(number): \(text)")
            #expect(text.count < run.folder.results.path.count + 400, "\(number): \(text)")
        }
        try Self.read(run.folder)
    }

    /// What names no metric and no part is told with its place, and never taken for another.
    @Test func namesOfNothing() throws {
        let run = try SmallRun(.multiclass)
        defer { run.remove() }
        func expect(_ says: [String], _ body: (inout [String: Any]) throws -> Void) throws {
            let error = try Self.change(run, body)
            let text = try #require(error).description
            #expect(text.hasPrefix(run.folder.results.path), "\(text)")
            for words in says { #expect(text.contains(words), "\(text)") }
        }
        try expect(["experiment.rank_by", "f1_mcaro"]) {
            var experiment = try #require($0["experiment"] as? [String: Any])
            experiment["rank_by"] = "f1_mcaro"
            $0["experiment"] = experiment
        }
        try expect(["split.parts.[0].name", "trian"]) { try Self.split(&$0) { $0["name"] = "trian" } }
        try expect(["analysis.intervals.keen.f1_mcaro"]) {
            try Self.analysis(&$0) {
                $0["intervals"] = ["keen": ["f1_mcaro": ["lower": 0, "upper": 1]]]
            }
        }
        try expect(["analysis.family.chosen_on", "tset"]) {
            try Self.analysis(&$0) {
                $0["family"] = ["chosen_on": "tset", "compare": "best", "corrected_pairs": 1]
            }
        }
        try Self.read(run.folder)
    }

    /// Two contestants are not compared on other rows, whichever is short of one.
    @Test(arguments: [LabelKind.binary, .multiclass, .multilabel])
    func aMissingPredictionRow(kind: LabelKind) throws {
        let run = try SmallRun(kind)
        defer { run.remove() }
        for id in ["keen", "plain", "sure | blunt"] {
            let file = run.folder.predictions(of: id)
            let text = try String(contentsOf: file, encoding: .utf8)
            var lines = text.split(separator: "\n")
            lines.remove(at: 7)
            try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
            #expect(throws: ResultsError.self) { try Self.read(run.folder) }
            let results = try ExperimentResults(contentsOf: run.folder)
            let runs = ["a", "b"].flatMap { ComparedRun.each(of: results, named: $0, in: run.folder) }
            let error = #expect(throws: ResultsError.self) { try pairedComparisons(runs) }
            guard case .differentRows = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            try Data(text.utf8).write(to: file)
        }
        try Self.read(run.folder)
    }

    @Test func verificationCoversTheSplitsRecordAndTheLogs() throws {
        let run = try SmallRun(.multiclass)
        defer { run.remove() }
        func isFound(_ file: URL, _ change: (String) -> String?) throws -> Bool {
            let text = try String(contentsOf: file, encoding: .utf8)
            defer { try? Data(text.utf8).write(to: file) }
            if let new = change(text) {
                #expect(new != text)
                try Data(new.utf8).write(to: file)
            } else {
                try FileManager.default.removeItem(at: file)
            }
            do {
                try verifyResults(try ExperimentResults(contentsOf: run.folder), in: run.folder)
                return false
            } catch { return true }
        }
        let record = run.folder.splitRecord
        #expect(try isFound(record) { $0.replacing("\"seed\" : 42", with: "\"seed\" : 43") })
        #expect(
            try isFound(record) {
                $0.replacing(run.results.split.sha256, with: String(repeating: "0", count: 64))
            })
        #expect(try isFound(record) { $0 + "\n" })
        #expect(try isFound(record) { _ in "{}" })
        #expect(try isFound(record) { _ in nil })
        let log = run.folder.log(of: "keen")
        #expect(try isFound(log) { $0.replacing("\"epoch\": 1", with: "\"epoch\": 2", maxReplacements: 1) })
        #expect(try isFound(log) { _ in "" })
        #expect(try isFound(log) { _ in nil })
        try verifyResults(try ExperimentResults(contentsOf: run.folder), in: run.folder)
    }
}
