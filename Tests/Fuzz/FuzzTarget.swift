import Foundation

/// A reader under attack: a folder of good files, of which one at a time is changed, and what is then done with them.
struct FuzzTarget: Sendable {
    let name: String
    /// Fills an empty folder; given the folder of runs that `scripts/fuzz.sh` made.
    let prepare: @Sendable (_ folder: URL, _ runs: URL) throws -> Void
    /// Which of the files are changed.
    var isChanged: @Sendable (_ path: String) -> Bool = { _ in true }
    /// Whatever it throws is an answer; a trap, a hang or an endless allocation is none.
    let run: @Sendable (_ folder: URL) async throws -> Void
}

/// The repository, where good files are.
let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

func write(_ text: String, to folder: URL, _ name: String) throws {
    let file = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
}

/// Copies a file or folder of the repository.
func copy(_ path: String, to folder: URL, as name: String? = nil) throws {
    let source = path.hasPrefix("/") ? URL(fileURLWithPath: path) : repository.appendingPathComponent(path)
    let target = folder.appendingPathComponent(name ?? source.lastPathComponent)
    try FileManager.default.createDirectory(
        at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.copyItem(at: source, to: target)
}
