import Foundation
import SafeFiles
import TestSupport
import Testing

@Suite struct FolderHoldTests {
    @Test func oneAtATime() throws {
        let folder = try TemporaryFolder()
        let place = folder.url.appendingPathComponent("new/folder")
        var first: FolderHold? = try FolderHold(place)
        let error = #expect(throws: FileError.self) { try FolderHold(place) }
        guard case .held(let path, let holder) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(path == place.path)
        #expect(holder.hasPrefix("process \(ProcessInfo.processInfo.processIdentifier) on "))
        _ = try FolderHold(folder.url.appendingPathComponent("another"))
        withExtendedLifetime(first) {}
        first = nil
        _ = try FolderHold(place)
        #expect(!FileManager.default.fileExists(atPath: place.path), "what was made for nothing is gone")
    }

    /// What a process that was killed leaves is no lock.
    @Test(arguments: ["4194304 elsewhere\n", "", "nonsense", "\0\0\0", "99999999999999999999 x\n"])
    func aFileWithoutALockHoldsNothing(note: String) throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(Array(note.utf8), to: ".bakeoff.lock")
        _ = try FolderHold(folder.url)
    }

    @Test func isNotFooledByALink() throws {
        let folder = try TemporaryFolder()
        let precious = try folder.write(Array("precious".utf8), to: "precious")
        try FileManager.default.createDirectory(
            at: folder.url.appendingPathComponent("run"), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: folder.url.appendingPathComponent("run/.bakeoff.lock").path,
            withDestinationPath: precious.path)
        #expect(throws: FileError.self) { try FolderHold(folder.url.appendingPathComponent("run")) }
        #expect(try String(contentsOf: precious, encoding: .utf8) == "precious")
    }
}

@Suite struct MadeFilesTests {
    @Test func onlyWhatWasMadeMayBeReplaced() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write([1], to: "README.md")
        var made = try MadeFiles(in: folder.url)
        #expect(throws: FileError.notOwn(path: folder.url.appendingPathComponent("README.md").path)) {
            try made.check(["report.html", "README.md"])
        }
        try made.check(["README.md"], isOwn: { $0 == "README.md" })
        try made.check(["report.html", "data"])
        try made.note(["report.html", "data"])
        _ = try folder.write([1], to: "report.html")
        try made.forgetMissing()

        // A later run: what it made it may replace, what came meanwhile under another of its names it may not.
        let later = try MadeFiles(in: folder.url)
        try later.check(["report.html"])
        _ = try folder.write([1], to: "data")
        #expect(throws: FileError.notOwn(path: folder.url.appendingPathComponent("data").path)) {
            try later.check(["report.html", "data"])
        }
    }

    @Test func anEmptyFolderAndADanglingLink() throws {
        let folder = try TemporaryFolder()
        let made = try MadeFiles(in: folder.url)
        try FileManager.default.createDirectory(
            at: folder.url.appendingPathComponent("empty"), withIntermediateDirectories: true)
        try made.check(["empty"])
        try FileManager.default.createSymbolicLink(
            atPath: folder.url.appendingPathComponent("link").path, withDestinationPath: "nowhere")
        #expect(throws: FileError.self) { try made.check(["link"]) }
    }
}
