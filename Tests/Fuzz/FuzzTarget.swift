import Foundation

/// A surface under attack: a folder of good files, of which one at a time is changed, and what is then done with them.
struct FuzzTarget: Sendable {
    let name: String
    /// Fills an empty folder; given the folder of runs that `scripts/fuzz.sh` made.
    let prepare: @Sendable (_ folder: URL, _ runs: URL) throws -> Void
    /// Which of the files are changed.
    var isChanged: @Sendable (_ path: String) -> Bool = { _ in true }
    /// Writes an input of its own making, where no file is to be changed.
    var draw: (@Sendable (_ folder: URL, _ random: inout Mutation) throws -> Void)?
    /// What is done with the files. A `Finding` is a defect, any other error an answer; a trap, a hang or an endless
    /// allocation is none. `random` draws what an input does not say, such as the moment of a kill.
    let run: @Sendable (_ folder: URL, _ random: Mutation) async throws -> Void

    static let all =
        tables + settings + encoders + runs + models + classes + [server, options, kills, disks, growth]
}

/// What must not be, whatever the input.
struct Finding: Error {
    let kind: Tally.Kind
    let words: String

    init(_ kind: Tally.Kind, _ words: String) {
        self.kind = kind
        self.words = words
    }
}

/// The program refused what it was given, and said so.
struct Refused: Error {}

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

/// The plain files below a folder, by their paths from it.
func files(below folder: URL) -> [String] {
    let all = FileManager.default.enumerator(atPath: folder.path)?.allObjects ?? []
    return all.compactMap { $0 as? String }.filter { path in
        var isFolder: ObjCBool = false
        let isThere = FileManager.default.fileExists(
            atPath: folder.appendingPathComponent(path).path, isDirectory: &isFolder)
        return isThere && !isFolder.boolValue
    }.sorted()
}
