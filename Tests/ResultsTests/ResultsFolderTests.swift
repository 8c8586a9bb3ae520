import Corpora
import Evaluation
import Foundation
import Results
import SafeFiles
import TestSupport
import Testing

/// `results.json` and what else is read from the folder of a run.
@Suite struct ResultsFolderTests {
    private let folder: TemporaryFolder
    private var layout: RunLayout { RunLayout(folder.url) }

    init() throws { folder = try TemporaryFolder() }

    private static func results() throws -> ExperimentResults {
        try ByHand.results([ByHand.contestant("x", try ByHand.classes([0, 1], [0, 0]))])
    }

    @Test func theDigestIsOfAllButItself() throws {
        let results = try Self.results()
        try results.write(to: layout)
        var read = try ExperimentResults(contentsOf: layout)
        let digest = try results.digest()
        #expect(read.timings.sha256 == digest && digest.count == 64)
        #expect(try read.digest() == digest && read.isAsWritten)
        read.timings.sha256 = nil
        #expect(try read == results && read.isAsWritten)
        read.timings.sha256 = digest
        read.tasks[0].dataset.rowCount += 1
        #expect(try !read.isAsWritten)
    }

    @Test(arguments: [
        ("{", "not the results of a run"), ("{}", "the file: the key 'experiment' is missing"),
        (#"{"experiment": 1}"#, "experiment: expected"), (#"{"experiment": null}"#, "experiment: found null"),
    ])
    func whatIsNoResults(text: String, message: String) throws {
        try folder.write(text, to: "results.json")
        let error = #expect(throws: ResultsError.self) { try ExperimentResults(contentsOf: layout) }
        #expect(error?.description.hasPrefix(layout.results.path) == true)
        #expect(error?.description.contains(message) == true, "\(String(describing: error))")
    }

    @Test func whatCannotBeReadIsNoResult() throws {
        #expect(throws: FileError.self) { try ExperimentResults(contentsOf: layout) }
        // It can be read, but fits nothing.
        var results = try Self.results()
        results.tasks[0].split.parts[0].labelCounts = []
        try results.write(to: layout)
        let error = #expect(throws: ResultsError.self) { try ExperimentResults(contentsOf: layout) }
        #expect(error?.description.hasSuffix("label counts of train: found 0, expected 3") == true)
    }

    // MARK: JSON

    @Test func oneSpellingForAValue() throws {
        let value = ["b": [0.1, 1], "a/c": []]
        let text = "{\n  \"a/c\" : [\n\n  ],\n  \"b\" : [\n    0.1,\n    1\n  ]\n}\n"
        #expect(String(decoding: try StableJSON.encode(value), as: UTF8.self) == text)
        #expect(String(decoding: try StableJSON.line(value), as: UTF8.self) == "{\"a/c\":[],\"b\":[0.1,1]}\n")
        #expect(try StableJSON.decode([String: [Double]].self, from: Array(text.utf8)) == value)
    }

    @Test(
        arguments: [
            ([1], [2], "1", "2"), ([1, 2], [1, 3], "2", "3"), ([1], [1, 2], "1", "1,"),
            ([], [], "nothing there", "nothing there"),
        ] as [([Int], [Int], String, String)])
    func theFirstDifference(a: [Int], b: [Int], old: String, new: String) {
        let found = firstDifference(a, b)
        #expect([found.0, found.1] == [old, new])
        let short = firstDifference("a", "b")
        #expect([short.0, short.1] == ["a", "b"])
    }

    // MARK: The split

    @Test func partsOfRows() throws {
        let file = try folder.write("row,split\n0,train\n1,test\n2,validation\n", to: "split.csv")
        #expect(try readParts(file) == [.train, .test, .validation])
        try PackableFile(file).pack()
        #expect(try readParts(file) == [.train, .test, .validation])
    }

    @Test(arguments: [
        ("row,part\n0,train\n", 1, "columns row,part"), ("row,split\n1,train\n", 2, "'1,train'"),
        ("row,split\n0,train\n0,test\n", 3, "'0,test'"), ("row,split\n0,tests\n", 2, "'0,tests'"),
    ])
    func badParts(text: String, line: Int, found: String) throws {
        let file = try folder.write(text, to: "split.csv")
        let error = #expect(throws: ResultsError.self) { try readParts(file) }
        #expect(error?.description.hasPrefix("\(file.path):\(line): found \(found), expected") == true)
    }

    // MARK: The profile

    @Test func aProfileIsReadBack() throws {
        let corpus = Corpus(
            ids: ["1", "2"], texts: ["one", "two words"], targets: .classes([0, 1]),
            labelSpace: try ByHand.space(.binary, ["no", "yes"]), fingerprint: "ab")
        let profile = CorpusProfile(corpus, parts: [.train, .test])
        let digest = try profile.write(to: layout)
        #expect(try Fingerprint.sha256(ofFile: layout.profile) == digest)
        #expect(try CorpusProfile(contentsOf: layout) == profile)
        try folder.write("{}", to: "data.json")
        let error = #expect(throws: ResultsError.self) { try CorpusProfile(contentsOf: layout) }
        #expect(
            error?.description.contains("data.json: not the results of a run: the file: the key '") == true)
    }

    // MARK: Compact runs

    @Test func whatIsLeftOutIsNotedFirst() throws {
        #expect(try layout.compactRecord().leftOut == [])
        try folder.write("1", to: "errors.csv")
        #expect(try !layout.leavesOut(layout.errors))
        try layout.leaveOut([layout.errors])
        try layout.leaveOut([layout.url.appending(path: RunLayout.tablePath("ranking", ending: "csv"))])
        #expect(try folder.names == ["compact.json"])
        #expect(try layout.compactRecord().leftOut == ["errors.csv", "tables/ranking.csv"])
        #expect(try layout.leavesOut(layout.errors) && !layout.leavesOut(layout.split))
        // What is there again is not left out, packed or not.
        try folder.write("1", to: "errors.csv")
        #expect(try !layout.leavesOut(layout.errors))
        try PackableFile(layout.errors).pack()
        #expect(try !layout.leavesOut(layout.errors))
        try folder.write("[]", to: "compact.json")
        let error = #expect(throws: ResultsError.self) { try layout.compactRecord() }
        #expect(
            error?.description.contains("compact.json: not the results of a run: the file: expected") == true)
    }

    /// Packed and unpacked again, a run is as it was; what was left out is not made again.
    @Test func compactAndBack() throws {
        var results = try ByHand.results([
            ByHand.contestant(
                "x", try ByHand.classes([0, 1], [0, 0]), validation: try ByHand.classes([0], [0]))
        ])
        var options = AnalysisOptions()
        options.draws = 3
        results.tasks[0].analysis = try results.analysis(
            of: StoredPredictions([ByHand.scored("x", try ByHand.classes([0, 1], [0, 0]))]), options: options)
        let validation = layout.predictions(of: "x", validation: true)
        let files = [
            layout.split, layout.errors, layout.predictions(of: "x"), validation, layout.log(of: "x"),
        ]
        func write() throws {
            for file in files { try OutputFile.write(file.lastPathComponent, to: file) }
        }
        func isThere(_ file: URL) -> Bool { FileManager.default.fileExists(atPath: file.path) }
        try write()
        try results.compact(in: layout, withoutValidation: false)
        #expect(files.filter(isThere) == [])
        #expect(files.map { isThere($0.appendingPathExtension("gz")) } == [true, false, true, true, true])
        #expect(try !layout.leavesOutValidation(of: results.contestants[0]))
        try results.expand(in: layout)
        #expect(files.map(isThere) == [true, false, true, true, true] && !isThere(layout.compactRecordFile))
        for file in files where file != layout.errors {
            #expect(try String(contentsOf: file, encoding: .utf8) == file.lastPathComponent)
        }
        try results.compact(in: layout, withoutValidation: true)
        #expect(try layout.leavesOutValidation(of: results.contestants[0]))
        #expect(try layout.compactRecord().leftOut == ["errors.csv", "predictions/x.validation.csv"])
        // With texts in it, errors.csv could not be made again.
        results.tasks[0].analysis?.options.quotes = true
        try results.expand(in: layout)
        try write()
        try results.compact(in: layout, withoutValidation: false)
        #expect(isThere(layout.errors.appendingPathExtension("gz")))
    }
}
