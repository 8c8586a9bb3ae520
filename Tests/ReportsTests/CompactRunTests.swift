import Foundation
import Labels
import Reports
import Results
import SafeFiles
import TestSupport
import Testing

/// A compact run is read as any other, and says what it leaves out.
@Suite struct CompactRunTests {
    private static let kinds = [LabelKind.binary, .multiclass, .multilabel]

    private static func names(in folder: RunLayout) -> Set<String> {
        let all = FileManager.default.enumerator(atPath: folder.url.path)?.compactMap { $0 as? String } ?? []
        return Set(all.filter { $0.contains(".") })
    }

    private static func contents(of folder: RunLayout) throws -> [String: Data] {
        let pairs = try names(in: folder).map {
            ($0, try Data(contentsOf: folder.url.appendingPathComponent($0)))
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    private static func compact(_ run: SmallRun, withoutValidation: Bool = false) throws {
        try RenderedReport(run.results, in: run.folder).leaveOut()
        try run.results.compact(in: run.folder, withoutValidation: withoutValidation)
    }

    @Test(arguments: kinds) func everyNumberIsComputedAgain(kind: LabelKind) throws {
        let run = try SmallRun(kind, quotes: false)
        defer { run.remove() }
        let whole = try Self.contents(of: run.folder)
        try Self.compact(run)
        let names = Self.names(in: run.folder)
        #expect(names.isDisjoint(with: ["report.html", "tables/ranking.tex", "errors.csv", "split.csv"]))
        #expect(names.isSuperset(of: ["README.md", "figures/ranking.svg", "results.json", "compact.json"]))
        #expect(names.contains("predictions/keen.validation.csv.gz") && names.contains("logs/keen.jsonl.gz"))
        #expect(try run.folder.verify() == [])
        #expect(try run.results.assembledAgain(in: run.folder) == run.results)

        // Once more, which changes nothing; then everything is back as it was.
        let packed = try Self.contents(of: run.folder)
        try Self.compact(run)
        try run.results.compact(in: run.folder, withoutValidation: false)
        #expect(
            try Self.contents(of: run.folder).filter { $0.key != "errors.csv" }
                == packed.filter { $0.key != "errors.csv" })
        try RenderedReport(run.results, in: run.folder).write()
        try run.results.expand(in: run.folder)
        _ = try run.results.writeErrors(
            StoredPredictions(run.results, in: run.folder), texts: nil, in: run.folder)
        #expect(try Self.contents(of: run.folder) == whole)
    }

    /// Texts that `errors.csv` quotes are nowhere else.
    @Test func quotedTextsStay() throws {
        let run = try SmallRun(.multiclass, quotes: true)
        defer { run.remove() }
        try Self.compact(run)
        #expect(Self.names(in: run.folder).contains("errors.csv.gz"))
        #expect(try run.folder.verify() == [])
    }

    @Test(arguments: kinds) func whatCannotBeComputedIsSaid(kind: LabelKind) throws {
        let run = try SmallRun(kind, compare: "best", quotes: false)
        defer { run.remove() }
        try Self.compact(run, withoutValidation: true)
        #expect(!Self.names(in: run.folder).contains { $0.contains("validation.csv") })
        let ids = run.results.contestants.map(\.id).joined(separator: ", ")
        #expect(
            try run.folder.verify() == ["what \(ids) scored on validation, and what was fitted there"])
        #expect(try run.results.assembledAgain(in: run.folder) == run.results)
        let runs = ["a", "b"].flatMap { ComparedRun.each(of: run.results, named: $0, in: run.folder) }
        #expect(try !pairedComparisons(runs).isEmpty)
    }

    /// What thresholds and scaling are worth on test does not need validation.
    @Test func whatFollowsFromTestIsStillFound() throws {
        let run = try SmallRun(.multilabel, quotes: false)
        defer { run.remove() }
        try Self.compact(run, withoutValidation: true)
        let changes: [@Sendable (inout TaskResults) -> Void] = [
            { $0.contestants[0].ledger?.entries[1].test? += 0.01 },
            { $0.contestants[0].ledger?.entries[1].thresholds[0] += 0.3 },
            { $0.contestants[0].ledger?.entries[2].testScores[.f1Micro]? += 0.01 },
            { $0.contestants[0].ledger?.entries[2].gain? += 0.01 },
            { $0.analysis?.curves["keen"]?.calibration?.eceAfter? += 0.01 },
            { $0.analysis?.curves["keen"]?.calibration?.slopes[1] += 0.5 },
            { $0.analysis?.curves["keen"]?.calibration?.slopes.append(1) },
            { $0.analysis?.errors.rightByAll += 1 },
            { $0.errorsSHA256 = String(repeating: "0", count: 64) },
        ]
        for (number, change) in changes.enumerated() {
            var results = run.results
            change(&results.tasks[0])
            try #require(results != run.results, "\(number)")
            results.timings.sha256 = nil
            try results.write(to: run.folder)
            #expect(throws: ResultsError.self, "\(number)") { try run.folder.verify() }
        }
        try run.results.write(to: run.folder)
        #expect(try run.folder.verify().count == 1)
    }

    /// A task may be called as a folder of the run ends.
    @Test func figuresOfEveryTaskStay() throws {
        let results = try RunReportTests.severalTasks(["vegetables", "fruit"])
        let folder = try TemporaryFolder()
        let layout = RunLayout(folder.url)
        let report = try RenderedReport(results, in: layout)
        try report.write()
        let figures = Self.names(in: layout).filter { $0.hasSuffix(".svg") }
        #expect(figures.contains("vegetables/figures/ranking.svg"))
        try report.leaveOut()
        #expect(Self.names(in: layout) == figures.union(["README.md", "compact.json"]))
        try RenderedReport(results, in: layout).verify()
    }

    /// Only what the record names may be missing.
    @Test func nothingElseMayBeMissing() throws {
        let run = try SmallRun(.multiclass, quotes: false)
        defer { run.remove() }
        try Self.compact(run)
        let kept = Self.names(in: run.folder).subtracting(["data.json", "compact.json"])
        for name in kept {
            let file = run.folder.url.appendingPathComponent(name)
            let bytes = try Data(contentsOf: file)
            try FileManager.default.removeItem(at: file)
            #expect(throws: (any Error).self, "\(name)") { try run.folder.verify() }
            try bytes.write(to: file)
        }
        try FileManager.default.removeItem(at: run.folder.url.appendingPathComponent("compact.json"))
        #expect(throws: (any Error).self) { try run.folder.verify() }
    }

    @Test func damagedAndDoubledFilesAreNamed() throws {
        let run = try SmallRun(.multiclass, quotes: false)
        defer { run.remove() }
        try Self.compact(run)
        for file in [run.folder.predictions(of: "keen"), run.folder.split, run.folder.log(of: "keen")] {
            let packed = file.appendingPathExtension("gz")
            let bytes = try Data(contentsOf: packed)
            try bytes.dropLast(9).write(to: packed)
            let damaged = #expect(throws: (any Error).self) { try run.folder.verify() }
            #expect("\(try #require(damaged))".hasPrefix("\(packed.path): not a readable archive: gzip"))
            try bytes.write(to: packed)
            try Data().write(to: file)
            #expect(throws: FileError.bothForms(path: file.path, packed: packed.path)) {
                try run.folder.verify()
            }
            try FileManager.default.removeItem(at: file)
        }
        try Data("{}".utf8).write(to: run.folder.url.appendingPathComponent("compact.json"))
        let error = #expect(throws: ResultsError.self) { try run.folder.verify() }
        #expect(
            "\(try #require(error))".contains(
                "compact.json: not the results of a run: the file: the key 'left_out'"))
    }
}
