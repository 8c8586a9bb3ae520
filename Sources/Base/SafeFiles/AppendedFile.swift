import Foundation

/// A file written in place, so that what was written before an interruption is still there: a log, a download.
public final class AppendedFile {
    private let path: String
    private let descriptor: Int32
    /// Bytes so far.
    public private(set) var length: Int

    /// Opens the file, or makes it with its folders.
    public init(_ file: URL) throws(FileError) {
        path = file.path
        try makeFolder(file.deletingLastPathComponent())
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        length = descriptor < 0 ? -1 : Int(lseek(descriptor, 0, SEEK_END))
        if length < 0 { throw .unwritable(path: path, reason: systemReason()) }
    }

    deinit { close(descriptor) }

    /// Holds the file against other processes until released.
    /// - Returns: False if another process holds it.
    public func lock() -> Bool {
        flock(descriptor, LOCK_EX | LOCK_NB) == 0
    }

    /// Throws away what is beyond so many bytes.
    public func truncate(to count: Int) throws(FileError) {
        guard count < length else { return }
        try check(ftruncate(descriptor, off_t(count)) == 0 && lseek(descriptor, 0, SEEK_END) == count)
        length = count
    }

    /// Adds bytes; where that fails, a part of them may be there.
    public func append(_ bytes: some ContiguousBytes & Collection) throws(FileError) {
        try check(bytes.withUnsafeBytes { writeAll($0, to: descriptor) })
        length += bytes.count
    }

    public func sync() throws(FileError) {
        try check(fsync(descriptor) == 0)
    }

    private func check(_ isDone: Bool) throws(FileError) {
        if !isDone { throw .unwritable(path: path, reason: systemReason()) }
    }
}
