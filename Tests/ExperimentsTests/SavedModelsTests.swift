import Experiments
import TestSupport
import Testing

/// What is said of a folder that holds no model.
@Suite struct SavedModelsTests {
    private func complaint(_ folder: TemporaryFolder, _ name: String) -> String {
        let error = #expect(throws: ExperimentError.self) { try SavedModels(in: folder.file(name)) }
        return error?.description ?? ""
    }

    @Test func aFileIsNoFolder() throws {
        let folder = try TemporaryFolder()
        try folder.write("{}", to: "contestant.json")
        #expect(complaint(folder, "contestant.json").hasSuffix("it is a file; name the folder that it is in"))
        #expect(complaint(folder, "none").hasSuffix("none: not a fitted model: no such folder"))
    }

    @Test func anEmptyFolderHoldsNone() throws {
        let folder = try TemporaryFolder()
        #expect(complaint(folder, "").contains("neither a readable contestant.json nor a config.json"))
    }
}
