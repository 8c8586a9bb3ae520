import Foundation

/// The names in a folder that this program made, kept in a file beside them: only these may be replaced or removed.
public struct MadeFiles: Sendable {
    private let folder: URL
    private var names: Set<String>

    /// The file that holds the names, one a line.
    public static let fileName = ".bakeoff"
    private static let heading = "# What bakeoff made in this folder, and may replace or remove:"

    /// Reads what is noted of a folder; nothing where there is no note.
    public init(in folder: URL) throws(FileError) {
        self.folder = folder
        names = []
        do throws(FileError) {
            let text = String(
                decoding: try InputFile(folder.appendingPathComponent(MadeFiles.fileName)).readToEnd(),
                as: UTF8.self)
            names = Set(text.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") })
        } catch .notFound {}
    }

    /// Checks that these names are free or this program's own.
    ///
    /// - Parameter isOwn: Whether what has no note, such as what an earlier version made, is known to be the program's.
    /// - Throws: `FileError.notOwn` for the first that somebody else made; `.link` as `checkLinks` does.
    public func check(_ wanted: [String], isOwn: (String) -> Bool = { _ in false }) throws(FileError) {
        for name in wanted where !names.contains(name) && exists(name) && !isOwn(name) {
            throw .notOwn(path: folder.appendingPathComponent(name).path)
        }
        try checkLinks(wanted)
    }

    /// Checks that nothing under these names, or below them, is a link: the program makes none, and what it writes
    /// through one would be written elsewhere.
    public func checkLinks(_ wanted: [String]) throws(FileError) {
        for name in wanted {
            if let link = firstLink(at: folder.appendingPathComponent(name)) { throw .link(path: link.path) }
        }
    }

    /// Notes that these names, which were checked, are about to be made.
    public mutating func note(_ wanted: [String]) throws(FileError) {
        names.formUnion(wanted)
        try write()
    }

    /// Forgets the names under which there is nothing: what stands there later is not this program's.
    public mutating func forgetMissing() throws(FileError) {
        names = names.filter(exists)
        try write()
    }

    private func write() throws(FileError) {
        if names.isEmpty {
            unlink(folder.appendingPathComponent(MadeFiles.fileName).path)
            return
        }
        let text = ([MadeFiles.heading] + names.sorted()).map { $0 + "\n" }.joined()
        let file = folder.appendingPathComponent(MadeFiles.fileName)
        if isLink(file) { throw .link(path: file.path) }
        if let old = try? InputFile(file).readToEnd(), old == Array(text.utf8) { return }
        try OutputFile.write(text, to: file)
    }

    /// Whether something stands there, but for an empty folder, in which nothing can be lost.
    private func exists(_ name: String) -> Bool {
        let path = folder.appendingPathComponent(name).path
        var status = stat()
        guard lstat(path, &status) == 0 else { return false }
        guard status.st_mode & S_IFMT == S_IFDIR else { return true }
        return (try? FileManager.default.contentsOfDirectory(atPath: path))?.isEmpty != true
    }
}
