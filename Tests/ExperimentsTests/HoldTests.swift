import Corpora
import Experiments
import Foundation
import SafeFiles
import TestSupport
import Testing

/// The folders of a run and of a split while they work: nobody else's, and nothing of somebody else's in them is touched.
@Suite struct HoldTests {
    private func hold(
        _ small: SmallExperiment, _ change: (inout RunOptions) -> Void = { _ in }
    ) throws -> RunHold { try small.engine(.standard, change).hold() }

    @Test func whatWasMadeForNothingGoesAgain() throws {
        let small = try SmallExperiment()
        try withExtendedLifetime(hold(small)) {
            #expect(small.exists("report") && small.exists("models"))
            #expect(
                errorText { try hold(small) { $0.force = true } }.contains("\(small.place("report").path)"))
        }
        #expect(!small.exists("report") && !small.exists("models"))
    }

    @Test func whoDoesSomethingElseHasItsFolderForItself() throws {
        let small = try SmallExperiment()
        for folder in ["report", "models"] {
            try withExtendedLifetime(FolderHold(small.place(folder))) {
                let error = #expect(throws: FileError.self) { try small.run() }
                guard case .held(let path, _)? = error else { throw try #require(error) }
                #expect(path == small.place(folder).path)
            }
        }
        try small.run()
    }

    @Test(arguments: [
        "report/README.md", "report/predictions/mine.csv", "report/split.csv", "models/majority/notes.txt",
        "models/seeds/mine/x",
    ])
    func whatSomebodyElseMadeIsNotTouched(file: String) throws {
        let small = try SmallExperiment()
        let place = small.place(file)
        try FileManager.default.createDirectory(
            at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        try small.write("mine", to: file)
        let error = #expect(throws: FileError.self) { try small.run() }
        guard case .notOwn(let path)? = error else { throw try #require(error) }
        #expect(place.path.hasPrefix(path))
        #expect(try small.read(file) == "mine")
    }

    /// A version that noted nothing left what is known by its content.
    @Test func whatAnEarlierVersionMadeIsKnown() throws {
        let small = try SmallExperiment()
        try small.run { $0.seeds = 2 }
        for folder in ["report", "models"] { try small.remove("\(folder)/.bakeoff") }
        try small.run()
        // A killed fitting leaves checkpoints alone.
        try small.remove("models/drawn")
        try small.remove("models/.bakeoff")
        let checkpoints = small.place("models/drawn/work/\(String(repeating: "0", count: 64))")
        try FileManager.default.createDirectory(at: checkpoints, withIntermediateDirectories: true)
        try small.run()
        #expect(!small.exists("models/drawn/work"))
        try small.remove("models/.bakeoff")
        try small.remove("models/drawn/contestant.json")
        #expect(throws: FileError.self) { try small.run() }
    }

    /// Report and models may share a folder as long as their names do not meet.
    @Test func oneFolderForBoth() throws {
        let small = try SmallExperiment()
        try small.run { $0.models = $0.output }
        #expect(small.exists("report/results.json") && small.exists("report/drawn/contestant.json"))
        try small.run { $0.models = $0.output }
        let other = try SmallExperiment(SmallExperiment.yaml.replacing("id: drawn", with: "id: tables"))
        #expect(
            errorText { try other.run { $0.models = $0.output } }.contains(
                "the contestant 'tables' and the report's own 'tables' meet"))
        try other.run()
    }

    @Test func aSplitHasItsFolderForItself() throws {
        let folder = try TemporaryFolder()
        try withExtendedLifetime(SplitHold(folder.url, for: .parts)) {
            _ = #expect(throws: FileError.self) { try SplitHold(folder.url, for: .folds) }
        }
        #expect(try folder.names.isEmpty)
        try folder.write("mine", to: "folds.csv")
        #expect(throws: FileError.notOwn(path: folder.file("folds.csv").path)) {
            try SplitHold(folder.url, for: .folds)
        }
        _ = try SplitHold(folder.url, for: .parts)
        // A split without a note is known by its record.
        try folder.write("row,split\n", to: "split.csv")
        #expect(throws: FileError.self) { try SplitHold(folder.url, for: .parts) }
        try StoredSplit(split: Split(parts: [.train, .test]), plan: .usual, datasetFingerprint: "")
            .save(folder: folder.url)
        _ = try SplitHold(folder.url, for: .parts)
    }
}
