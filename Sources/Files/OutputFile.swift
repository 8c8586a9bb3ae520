import Foundation

/// A file that appears whole or not at all: written under a temporary name beside its place, synced, then renamed.
///
/// Without `commit()` nothing appears, and the temporary file is removed when the value is released.
public final class OutputFile {
    private let path: String
    private let temporary: String
    private var descriptor: Int32
    private var buffer: [UInt8] = []

    /// Opens a temporary file beside `file`; missing folders are created.
    public init(_ file: URL) throws(FileError) {
        path = file.path
        let folder = file.deletingLastPathComponent()
        try makeFolder(folder)
        let prefix = ".\(file.lastPathComponent)."
        OutputFile.removeLeftovers(prefix: prefix, in: folder)
        let writer = ProcessInfo.processInfo.processIdentifier
        temporary = folder.appendingPathComponent("\(prefix)\(writer).partial").path
        descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        if descriptor < 0 { throw .unwritable(path: path, reason: systemReason()) }
    }

    deinit {
        if descriptor >= 0 {
            close(descriptor)
            unlink(temporary)
        }
    }

    /// Removes what processes that were killed left behind under their names for this file.
    private static func removeLeftovers(prefix: String, in folder: URL) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        for name in names where name.hasPrefix(prefix) && name.hasSuffix(".partial") {
            guard let writer = pid_t(name.dropFirst(prefix.count).dropLast(".partial".count)) else {
                continue
            }
            if kill(writer, 0) != 0 && errno == ESRCH {
                try? FileManager.default.removeItem(at: folder.appendingPathComponent(name))
            }
        }
    }

    /// Appends bytes.
    public func write(_ bytes: some Sequence<UInt8>) throws(FileError) {
        buffer.append(contentsOf: bytes)
        if buffer.count >= 1 << 16 { try flush() }
    }

    /// Appends text as UTF-8.
    public func write(_ text: String) throws(FileError) {
        try write(text.utf8)
    }

    /// Syncs the file and moves it to its place, replacing what was there.
    public func commit() throws(FileError) {
        try flush()
        let synced = fsync(descriptor)
        let closed = close(descriptor)
        descriptor = -1
        if synced != 0 || closed != 0 || rename(temporary, path) != 0 {
            let reason = systemReason()
            unlink(temporary)
            throw .unwritable(path: path, reason: reason)
        }
    }

    private func flush() throws(FileError) {
        if !buffer.withUnsafeBytes({ writeAll($0, to: descriptor) }) {
            throw .unwritable(path: path, reason: systemReason())
        }
        buffer.removeAll(keepingCapacity: true)
    }
}

extension OutputFile {
    /// Writes a whole file at once.
    public static func write(_ bytes: some Sequence<UInt8>, to file: URL) throws(FileError) {
        let out = try OutputFile(file)
        try out.write(bytes)
        try out.commit()
    }

    /// Writes a whole text file at once, as UTF-8.
    public static func write(_ text: String, to file: URL) throws(FileError) {
        try write(text.utf8, to: file)
    }
}

/// - Returns: False, with `errno`, if not all was written.
func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
        let written = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if written < 0 && errno != EINTR { return false }
        rest = rest.dropFirst(max(written, 0))
    }
    return true
}
