import CArchive
import Foundation

/// A tar, tar.gz or zip (so also wheel) file, unpacked by libarchive into plain files and folders only.
///
/// Every entry is checked, wanted or not: one that is absolute, holds `..`, is a link or a device, or
/// occurs twice makes the whole archive unsafe, and nothing of it is left behind.
public struct Archive: Sendable {
    /// What an archive may come to at most, so that a few kilobytes cannot fill a disk.
    public struct Limits: Sendable {
        /// Bytes of all entries together, unpacked. The largest encoder we know of takes 1.4 GB.
        public var bytes = 4 << 30
        /// Files and folders together.
        public var entries = 100_000

        public init() {}
    }

    public let file: URL
    public let limits: Limits

    public init(_ file: URL, limits: Limits = Limits()) {
        self.file = file
        self.limits = limits
    }

    /// The paths of the plain files, in archive order.
    /// - Throws: `FileError`, also for an archive that `unpack` would refuse.
    public func members() throws(FileError) -> [String] {
        var paths: [String] = []
        try forEachFile { (path, _) throws(FileError) in paths.append(path) }
        return paths
    }

    /// Unpacks into `folder`, which must not exist yet and appears only when everything is in it.
    /// - Parameter chosen: the paths of the files to unpack; nil for all.
    /// - Throws: `FileError`; `.missingArchiveMember` for a chosen path that the archive does not hold.
    public func unpack(to folder: URL, only chosen: Set<String>? = nil) throws(FileError) {
        if FileManager.default.fileExists(atPath: folder.path) {
            throw .unwritable(path: folder.path, reason: "it exists already")
        }
        let output = try OutputFolder(folder)
        var missing = chosen ?? []
        try forEachFile { (path, contents) throws(FileError) in
            if let chosen, !chosen.contains(path) { return }
            missing.remove(path)
            let out = try OutputFile(output.url.appendingPathComponent(path))
            try contents.copy(to: out)
            try out.commit()
        }
        if let member = missing.min() { throw .missingArchiveMember(path: file.path, member: member) }
        try output.commit()
    }

    /// Calls `body` with the path and the unread contents of each plain file.
    private func forEachFile(_ body: (String, borrowing Contents) throws(FileError) -> Void) throws(FileError)
    {
        if !FileManager.default.fileExists(atPath: file.path) { throw .notFound(path: file.path) }
        guard let handle = archive_read_new() else {
            throw .badArchive(path: file.path, reason: "out of memory")
        }
        defer { archive_read_free(handle) }
        archive_read_support_filter_gzip(handle)
        archive_read_support_format_tar(handle)
        archive_read_support_format_zip(handle)
        guard archive_read_open_filename(handle, file.path, Self.blockSize) == ARCHIVE_OK else {
            throw bad(handle)
        }

        var seen: Set<String> = []
        let budget = Budget(limit: limits.bytes)
        var entry: OpaquePointer?
        while true {
            let status = archive_read_next_header(handle, &entry)
            if status == ARCHIVE_EOF { return }
            // A warning is about what we do not use: owners, times, a path that the locale cannot spell.
            guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry else { throw bad(handle) }

            let spelled = (archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry)).map(
                String.init(cString:))
            guard let spelled, let path = Self.safePath(spelled), Self.isPlain(entry) else {
                throw .unsafeArchiveEntry(path: file.path, entry: spelled ?? "(unnamed)")
            }
            if path.isEmpty { continue }  // "./", the folder itself
            // Two names that differ in case alone are one file on some systems.
            guard seen.insert(path.lowercased()).inserted else {
                throw .unsafeArchiveEntry(path: file.path, entry: spelled)
            }
            if seen.count > limits.entries {
                throw .archiveTooLarge(path: file.path, limit: "\(limits.entries) entries")
            }
            if archive_entry_filetype(entry) == S_IFREG {
                let contents = Contents(handle: handle, file: file, budget: budget)
                try body(path, contents)
            }
        }
    }

    /// The path without `.` and doubled slashes; nil where it leads out of the folder.
    private static func safePath(_ path: String) -> String? {
        if path.hasPrefix("/") { return nil }
        let parts = path.split(separator: "/").filter { $0 != "." }
        return parts.contains("..") ? nil : parts.joined(separator: "/")
    }

    private static func isPlain(_ entry: OpaquePointer) -> Bool {
        let type = archive_entry_filetype(entry)
        return (type == S_IFREG || type == S_IFDIR)
            && archive_entry_hardlink(entry) == nil && archive_entry_symlink(entry) == nil
    }

    private func bad(_ handle: OpaquePointer) -> FileError {
        .badArchive(path: file.path, reason: Self.reason(handle))
    }

    private static func reason(_ handle: OpaquePointer) -> String {
        archive_error_string(handle).map(String.init(cString:)) ?? "unknown error"
    }

    /// Bytes read at a time.
    private static let blockSize = 1 << 16
}

extension Archive {
    /// How many bytes the archive may still come to.
    private final class Budget {
        let limit: Int
        var used = 0

        init(limit: Int) { self.limit = limit }
    }

    /// The bytes of the entry that the archive's handle stands at.
    private struct Contents: ~Copyable {
        let handle: OpaquePointer
        let file: URL
        let budget: Budget

        func copy(to out: OutputFile) throws(FileError) {
            var block = [UInt8](repeating: 0, count: Archive.blockSize)
            while true {
                let count = block.withUnsafeMutableBytes {
                    archive_read_data(handle, $0.baseAddress, $0.count)
                }
                if count < 0 { throw .badArchive(path: file.path, reason: Archive.reason(handle)) }
                if count == 0 { return }
                budget.used += count
                if budget.used > budget.limit {
                    throw .archiveTooLarge(path: file.path, limit: "\(budget.limit) bytes")
                }
                try out.write(block[..<count])
            }
        }
    }
}
