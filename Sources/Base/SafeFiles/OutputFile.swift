import Foundation
import Synchronization

/// A file that appears whole or not at all: written under a temporary name beside its place, synced, then renamed.
///
/// Without `commit()` nothing appears, and the temporary file is removed when the value is released. A link stays, and the
/// file that it leads to is replaced; a device, pipe or other thing that is no plain file is written into as it is.
public final class OutputFile {
    private let path: String
    /// Where the bytes go meanwhile; nil where they go into what is there.
    private let temporary: String?
    /// What the temporary file becomes: `path` without links.
    private let place: String
    private var descriptor: Int32
    private var buffer: [UInt8] = []

    /// Tells the temporary files of this process apart.
    private static let count = Atomic<Int>(0)
    /// Names in a folder are of 255 bytes at most on all systems that we know.
    private static let maxNameInTemporary = 200

    /// Opens a temporary file beside `file`; missing folders are created.
    public init(_ file: URL) throws(FileError) {
        path = file.path
        switch try OutputTarget(path) {
        case .special:
            temporary = nil
            place = path
            descriptor = open(path, O_WRONLY | O_CLOEXEC)
        case .plain(let target, let mode):
            place = target
            let url = URL(fileURLWithPath: target)
            let folder = url.deletingLastPathComponent()
            try makeFolder(folder)
            let prefix = OutputFile.prefix(of: url)
            OutputFile.removeLeftovers(prefix: prefix, in: folder)
            let writer = ProcessInfo.processInfo.processIdentifier
            let number = OutputFile.count.wrappingAdd(1, ordering: .relaxed).newValue
            let name = "\(prefix)\(ProcessMark.hostTag)-\(writer)-\(number)\(OutputFile.partialSuffix)"
            let temporary = folder.appendingPathComponent(name).path
            self.temporary = temporary
            unlink(temporary)
            // Nothing that somebody else put there is opened in its place.
            descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
            if descriptor >= 0, let mode { fchmod(descriptor, mode) }
        }
        if descriptor < 0 { throw .unwritable(path: path, reason: systemReason()) }
    }

    deinit {
        if descriptor >= 0 {
            close(descriptor)
            if let temporary { unlink(temporary) }
        }
    }

    /// Removes what processes of this host that were killed left behind under their names for this file. Nobody here knows
    /// whether another host's process still writes.
    private static func removeLeftovers(prefix: String, in folder: URL) {
        for name in fileNames(in: folder) {
            guard let writer = Writer(name, after: prefix), writer.host == ProcessMark.hostTag else {
                continue
            }
            if ProcessMark.isGone(writer.process) { unlink(folder.appendingPathComponent(name).path) }
        }
    }

    /// Removes the temporary files of one file, whoever writes or wrote them: for who knows that nobody else does.
    public static func removePartials(of file: URL) {
        let folder = file.deletingLastPathComponent()
        for name in fileNames(in: folder) where Writer(name, after: prefix(of: file)) != nil {
            unlink(folder.appendingPathComponent(name).path)
        }
    }

    /// Removes all temporary files and folders in a folder, whoever writes or wrote them: for who knows that nobody else does.
    public static func removePartials(in folder: URL) {
        for name in fileNames(in: folder) where name.hasPrefix(".") && name.hasSuffix(partialSuffix) {
            try? FileManager.default.removeItem(at: folder.appendingPathComponent(name))
        }
    }

    /// What the names of a file's temporary files begin with.
    private static func prefix(of file: URL) -> String {
        ".\(String(decoding: file.lastPathComponent.utf8.prefix(maxNameInTemporary), as: UTF8.self))."
    }

    private static let partialSuffix = ".partial"

    /// Who writes a temporary file, as its name tells.
    private struct Writer {
        let host: String
        let process: pid_t

        /// Nil for other names.
        init?(_ name: String, after prefix: String) {
            guard name.hasPrefix(prefix), name.hasSuffix(partialSuffix) else { return nil }
            let words = name.dropFirst(prefix.count).dropLast(partialSuffix.count).split(separator: "-")
            guard words.count == 3, !words[0].contains("."), let process = pid_t(words[1]), process > 0 else {
                return nil
            }
            (host, self.process) = (String(words[0]), process)
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
        // Pipes and some devices cannot be synced.
        let synced = temporary == nil ? 0 : fsync(descriptor)
        let reasonOfSync = systemReason()
        let closed = close(descriptor)
        descriptor = -1
        guard let temporary else {
            if closed != 0 { throw .unwritable(path: path, reason: systemReason()) }
            return
        }
        if synced != 0 || closed != 0 || rename(temporary, place) != 0 {
            let reason = synced != 0 ? reasonOfSync : systemReason()
            unlink(temporary)
            throw .unwritable(path: path, reason: reason)
        }
    }

    private func flush() throws(FileError) {
        if !buffer.withUnsafeBytes({ writeAll($0, to: descriptor) }) {
            throw errno == EPIPE
                ? .closedByReader(path: path) : .unwritable(path: path, reason: systemReason())
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
