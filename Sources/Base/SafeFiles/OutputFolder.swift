import Foundation

/// A folder that appears whole or not at all: filled under a temporary name beside its place, synced, then renamed.
///
/// Without `commit()` nothing appears, and the temporary folder is removed by `discard()` or, at the latest, when
/// the value is released.
public final class OutputFolder {
    /// The temporary folder, to be filled with `OutputFile`s.
    public let url: URL
    private let final: URL
    private var isDone = false

    /// Makes an empty temporary folder beside `folder`; missing parents are created.
    public init(_ folder: URL) throws(FileError) {
        final = folder
        let name = ".\(folder.lastPathComponent).\(UUID().uuidString).partial"
        let above = folder.deletingLastPathComponent()
        url = above.appendingPathComponent(name, isDirectory: true)
        try makeFolder(above)
        if mkdir(url.path, 0o777) != 0 { throw .unwritable(path: folder.path, reason: systemReason()) }
    }

    deinit {
        discard()
    }

    /// Removes the temporary folder, unless it has been committed. Who reads from the folder without committing
    /// it defers this call, since a value may be released right after its last use.
    public func discard() {
        if !isDone { try? FileManager.default.removeItem(at: url) }
        isDone = true
    }

    /// Syncs the folder and moves it to its place.
    ///
    /// What was there is moved aside first and removed last, so no moment leaves a mixture of the two.
    public func commit() throws(FileError) {
        try sync(url)
        let aside = url.appendingPathExtension("old")
        let hadOld = rename(final.path, aside.path) == 0
        if rename(url.path, final.path) != 0 {
            let reason = systemReason()
            if hadOld { rename(aside.path, final.path) }
            throw .unwritable(path: final.path, reason: reason)
        }
        isDone = true
        try sync(final.deletingLastPathComponent())
        if hadOld { try? FileManager.default.removeItem(at: aside) }
    }

    /// Flushes a folder's list of entries to the disk.
    private func sync(_ folder: URL) throws(FileError) {
        let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { if descriptor >= 0 { close(descriptor) } }
        if descriptor < 0 || fsync(descriptor) != 0 {
            throw .unwritable(path: folder.path, reason: systemReason())
        }
    }
}

/// Makes a folder, and those above it, where it is missing.
public func makeFolder(_ folder: URL) throws(FileError) {
    if isFolder(folder) { return }
    let above = folder.deletingLastPathComponent()
    if above.path != folder.path { try makeFolder(above) }
    if mkdir(folder.path, 0o777) == 0 { return }
    let stood = errno == EEXIST
    let reason = stood ? "it is no folder" : systemReason()
    // Other processes may have been quicker: to make it, and perhaps to remove it again.
    if isFolder(folder) { return }
    guard stood, !isFile(folder), !isLink(folder) else {
        throw .unwritable(path: folder.path, reason: reason)
    }
    try makeFolder(folder)
}
