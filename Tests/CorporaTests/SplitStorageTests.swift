import Corpora
import Foundation
import Labels
import SafeFiles
import TestSupport
import Testing

@Suite struct SplitStorageTests {
    private let own: TemporaryFolder
    private let plan: SplitPlan
    private let stored: StoredSplit
    private let dataset = String(repeating: "ab", count: 32)

    init() throws {
        own = try TemporaryFolder()
        plan = try SplitProblems.seventyFifteenFifteen()
        let targets = Targets.classes(SplitProblems.classes(rows: 61, classes: 2, seed: 1))
        let split = try plan.split(targets, labels: SplitProblems.names(.binary, 2)).split
        stored = StoredSplit(split: split, plan: plan, datasetFingerprint: dataset)
    }

    private var folder: URL { own.url }
    private var csv: URL { folder.appendingPathComponent("split.csv") }
    private var json: URL { folder.appendingPathComponent("split.json") }

    private func load(
        dataset: String? = nil, rows: Int = 61, plan: SplitPlan? = nil
    ) throws(SplitError) -> StoredSplit? {
        try StoredSplit.load(
            folder: folder, expecting: dataset ?? self.dataset, rows: rows, plan: plan ?? self.plan)
    }

    private func edit(_ file: URL, _ change: (String) -> String) throws {
        try change(String(contentsOf: file, encoding: .utf8)).write(
            to: file, atomically: true, encoding: .utf8)
    }

    @Test func whatIsSavedIsLoaded() throws {
        #expect(try load() == nil)
        try stored.save(folder: folder)
        #expect(try load() == stored)
        #expect(try Fingerprint.sha256(of: Data(contentsOf: csv)) == stored.fingerprint)
        let lines = try String(contentsOf: csv, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 62 && lines[0] == "row,split" && lines[61].hasPrefix("60,t"))
        #expect(try own.names == ["split.csv", "split.json"])
        let record = try String(contentsOf: json, encoding: .utf8)
        for key in ["dataset_sha256", "rows", "plan", "split_sha256"] {
            #expect(record.contains("\"\(key)\""))
        }
    }

    @Test func savingTwiceGivesTheSameBytes() throws {
        try stored.save(folder: folder)
        let before = try [csv, json].map { try Data(contentsOf: $0) }
        try stored.save(folder: folder)
        #expect(try [csv, json].map { try Data(contentsOf: $0) } == before)
    }

    @Test func aPackedSplitIsReplaced() throws {
        try stored.save(folder: folder)
        try PackableFile(csv).pack()
        #expect(try load() == stored)
        try stored.save(folder: folder)
        #expect(try own.names == ["split.csv", "split.json"])
        #expect(try load() == stored)
    }

    @Test func anotherDatasetIsRefused() throws {
        try stored.save(folder: folder)
        let other = String(repeating: "cd", count: 32)
        let error = SplitError.datasetChanged(file: csv.path, stored: dataset, found: other)
        #expect(throws: error) { try load(dataset: other) }
        #expect(throws: SplitError.rowCountChanged(file: csv.path, stored: 61, found: 60)) {
            try load(rows: 60)
        }
    }

    @Test func anotherPlanIsRefusedWithTheDifference() throws {
        try stored.save(folder: folder)
        let other = SplitPlan(
            shares: try SplitShares(train: 0.8, validation: 0, test: 0.2), stratify: .none, seed: 1)
        let error = SplitError.planChanged(
            file: csv.path,
            differences: [
                "shares: stored 0.7/0.15/0.15, now 0.8/0.0/0.2", "stratify: stored labels, now none",
                "seed: stored 42, now 1",
            ])
        #expect(throws: error) { try load(plan: other) }
        #expect(error.description.contains("--force"))
        #expect(throws: SplitError.self) { try load(plan: .official) }
    }

    @Test func badLinesAreNamed() throws {
        try stored.save(folder: folder)
        let good = try String(contentsOf: csv, encoding: .utf8)
        let path = csv.path
        let bad: [(from: String, to: String, error: SplitError)] = [
            ("\n3,", "\n2,", .repeatedRow(file: path, line: 5, row: 2)),
            ("\n3,", "\n61,", .rowOutOfRange(file: path, line: 5, row: 61, rows: 61)),
            ("\n3,", "\n-3,", .rowOutOfRange(file: path, line: 5, row: -3, rows: 61)),
            (
                "\n0,\(stored.split.parts[0].rawValue)\n", "\n0,dev\n",
                .unknownPart(file: path, line: 2, found: "dev")
            ),
            ("\n0,\(stored.split.parts[0].rawValue)\n", "\n", .missingRow(file: path, row: 0)),
            (
                "\n0,", "\n0;",
                .badLine(
                    file: path, line: 2, found: "0;\(stored.split.parts[0].rawValue)",
                    expected: "a row number and a part")
            ),
            (
                "row,split", "row,part",
                .badLine(file: path, line: 1, found: "row,part", expected: "'row,split'")
            ),
        ]
        for (from, to, error) in bad {
            try edit(csv) { _ in good.replacing(from, with: to, maxReplacements: 1) }
            #expect(throws: error) { try load() }
        }
        try edit(csv) { _ in "" }
        #expect(throws: SplitError.badLine(file: path, line: 1, found: "", expected: "'row,split'")) {
            try load()
        }
    }

    @Test func anEditedSplitIsRefused() throws {
        try stored.save(folder: folder)
        try edit(csv) { $0.replacing(",validation", with: ",test", maxReplacements: 1) }
        let error = #expect(throws: SplitError.self) { try load() }
        guard case .edited(csv.path, stored.fingerprint, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func aSplitWithoutItsRecordIsRefused() throws {
        try stored.save(folder: folder)
        try FileManager.default.removeItem(at: json)
        #expect(throws: SplitError.file(.notFound(path: json.path))) { try load() }
        try OutputFile.write("{\"rows\": 61}", to: json)
        #expect(throws: SplitError.badRecord(file: json.path, reason: "'plan' is missing")) { try load() }
        try OutputFile.write("no json", to: json)
        #expect(throws: SplitError.badRecord(file: json.path, reason: "not JSON of the expected form")) {
            try load()
        }
    }

    @Test func deletingTheSplitMakesRoomForANewOne() throws {
        try stored.save(folder: folder)
        try FileManager.default.removeItem(at: csv)
        #expect(try load() == nil)
    }

    // MARK: The same bytes for ever

    /// A changed hash means that every stored split would come out differently: a change to announce.
    @Test func theAlgorithmsGiveTheBytesTheyAlwaysGave() throws {
        let classes = Targets.classes(SplitProblems.classes(rows: 211, classes: 4, seed: 11))
        let sets = Targets.sets(SplitProblems.sets(rows: 211, labels: 7, seed: 12))
        let classLabels = try SplitProblems.names(.multiclass, 4)
        let setLabels = try SplitProblems.names(.multilabel, 7)
        func hash(_ targets: Targets, _ labels: LabelSpace, _ stratify: SplitPlan.Stratification) throws
            -> String
        {
            let plan = try SplitProblems.seventyFifteenFifteen(stratify)
            let split = try plan.split(targets, labels: labels).split
            return StoredSplit(split: split, plan: plan, datasetFingerprint: "").fingerprint
        }
        let hashes = try [
            hash(classes, classLabels, .labels), hash(sets, setLabels, .labels),
            hash(sets, setLabels, .labelCount), hash(sets, setLabels, .none),
        ]
        let golden = [
            "a94b52178bf88b43cd42b35167d0b4b4c0f6f43a15420ebebefc829191b65994",
            "7e306e462a3bd98b5460f1de0c66ac071882862da612fb42ced768870bade5b9",
            "b33b13c57203cd61bd152a0f6a0078ca10db97a7d38bcf34dd7580206e6602ca",
            "f08c90012db0721e5098485f951de4602cab102bd57e8b942e1fa676cb335db2",
        ]
        #expect(hashes == golden)
    }
}
