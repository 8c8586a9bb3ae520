import Foundation
import Labels
import Reports
import Results
import Testing

/// A probe that is stored in a run: its section, and what is found where it was changed or is of something else.
@Suite struct ProbeRecordTests {
    /// Rows of `keen`, with a label that it did not give them.
    private static func otherLabels(_ run: SmallRun, count: Int) throws -> [(id: String, label: String)] {
        let labelSpace = run.results.dataset.labelSpace
        let test = try Predictions(contentsOf: run.folder.predictions(of: "keen"), labelSpace: labelSpace)
        return (0..<count).map { row in
            let label = (test.predicted.labels(ofRow: row)[0] + 1) % labelSpace.count
            return (test.ids[row], labelSpace.names[label])
        }
    }

    /// A denial that changes three labels of ten, and a typo that changes one of seven.
    private static func record(
        _ run: SmallRun, contestant: String = "keen", sha256: String? = nil,
        denied: [String: String]? = nil
    ) throws -> ProbeRecord {
        let rows = try otherLabels(run, count: 3)
        let changed = Dictionary(uniqueKeysWithValues: rows.map { ($0.id, $0.label) })
        let digest = run.results.contestants.first { $0.id == "keen" }?.predictionsSHA256
        return try ProbeRecord(
            source: "own, test rows", textCount: 41,
            checks: [
                .init(edit: "negation", summary: "it is denied", expectation: .change, textCount: 10),
                .init(edit: "typo", summary: "it is misspelt", expectation: .stay, textCount: 7),
                .init(edit: "name", summary: "names change", expectation: .stay, textCount: 0),
            ],
            contestants: [
                .init(
                    id: contestant, predictionsSHA256: sha256 ?? digest ?? "",
                    changed: [denied ?? changed, [rows[0].id: rows[0].label], [:]])
            ])
    }

    private static func store(_ record: ProbeRecord, in run: SmallRun) throws {
        try record.write(to: run.folder)
        try writeReport(run.results, to: run.folder)
    }

    @Test func theReportHasASectionOfIt() throws {
        let run = try SmallRun(.multiclass)
        defer { run.remove() }
        let without = try String(contentsOf: run.folder.report, encoding: .utf8)
        #expect(!without.contains("Behaviour"))
        let record = try Self.record(run)
        try Self.store(record, in: run)
        #expect(try ProbeRecord(in: run.folder) == record)
        #expect(try run.folder.verify() == [])

        let text = try String(contentsOf: run.folder.report, encoding: .utf8)
        #expect(text.contains("\n## Behaviour\n\n41 texts of own, test rows. The shares of edited texts"))
        let page = try String(contentsOf: run.folder.page, encoding: .utf8)
        // 7 of 10 stay though they should change, 1 of 7 changes; nothing of nothing is no share.
        for cells in [
            ">negation: it is denied</th><td>change</td><td class=\"n\">10</td><td class=\"n\">70.0% [39.7, 89.2]</td>",
            ">typo: it is misspelt</th><td>stay</td><td class=\"n\">7</td><td class=\"n\">14.3% [2.6, 51.3]</td>",
            ">name: names change</th><td>stay</td><td class=\"n\">0</td><td class=\"n\">n/a</td>",
        ] {
            #expect(page.contains(cells), "\(cells)")
        }
    }

    @Test func whatDisagreesWithThePredictionsIsFound() throws {
        let run = try SmallRun(.multiclass)
        defer { run.remove() }
        let labelSpace = run.results.dataset.labelSpace
        let test = try Predictions(contentsOf: run.folder.predictions(of: "keen"), labelSpace: labelSpace)
        let own = labelSpace.names[test.predicted.labels(ofRow: 0)[0]]
        for (record, words) in [
            (try Self.record(run, denied: [test.ids[0]: own]), "changed to \(own)"),
            (try Self.record(run, denied: ["r999": "joy"]), "no such test row"),
            (try Self.record(run, denied: [test.ids[0]: "sorrow"]), "sorrow"),
            (try Self.record(run, contestant: "nobody"), "no such contestant"),
            (try Self.record(run, sha256: "ab"), "SHA-256 of the predictions of keen"),
        ] {
            try Self.store(record, in: run)
            let error = #expect(throws: ResultsError.self) { try run.folder.verify() }
            let said = "\(try #require(error))"
            #expect(said.contains(words), "\(said)")
        }
        // Of other predictions nothing is shown.
        let text = try String(contentsOf: run.folder.report, encoding: .utf8)
        #expect(text.contains("is of other predictions than these") && !text.contains("it is denied"))
    }

    @Test func whatWasChangedByHandIsRefused() throws {
        let run = try SmallRun(.multiclass)
        defer { run.remove() }
        try Self.store(try Self.record(run), in: run)
        let text = try String(contentsOf: run.folder.probe, encoding: .utf8)
        for (old, new, words) in [
            ("\"texts\" : 10", "\"texts\" : 11", "it was changed after it was written"),
            ("\"label_should\" : \"stay\"", "\"label_should\" : \"vary\"", "label_should"),
            ("\"source\"", "\"sauce\"", "source"), ("{\n", "{\n\n", "it was changed after it was written"),
        ] {
            try #require(text.contains(old))
            try Data(text.replacing(old, with: new, maxReplacements: 1).utf8).write(to: run.folder.probe)
            let error = #expect(throws: ResultsError.self) { try run.folder.verify() }
            let said = "\(try #require(error))"
            #expect(said.hasPrefix(run.folder.probe.path) && said.contains(words), "\(said)")
        }
    }

    /// With a digest that is right.
    @Test func whatIsOfAnotherShapeIsRefused() throws {
        let run = try SmallRun(.multiclass)
        defer { run.remove() }
        let check = ProbeRecord.Check(edit: "typo", summary: "", expectation: .stay, textCount: 1)
        for (texts, changed, words) in [
            (1, [], "keen: found changes of 0 checks, expected 1"),
            (1, [["r42": "joy", "r43": "joy"]], "keen, typo: found 2 changed rows, expected at most 1"),
            (0, [[:]], "expected as many edited texts as there are texts, at most"),
        ] as [(Int, [[String: String]], String)] {
            try ProbeRecord(
                source: "own", textCount: texts, checks: [check],
                contestants: [.init(id: "keen", predictionsSHA256: "ab", changed: changed)]
            ).write(to: run.folder)
            let error = #expect(throws: ResultsError.self) { try ProbeRecord(in: run.folder) }
            let said = "\(try #require(error))"
            #expect(said.contains(words), "\(said)")
        }
    }
}
