import Foundation

/// Bytes that are read from any place: of a file, or in memory.
///
/// A file is read and not mapped: what another program does to it meanwhile is an error and no crash, and what was
/// read does not count as memory of this process.
public final class RandomAccessFile: Sendable {
    /// The path of the file.
    public let name: String
    /// In bytes.
    public let size: Int
    private let content: Content

    private enum Content: Sendable {
        case descriptor(Int32)
        case memory([UInt8])
    }

    /// - Throws: `FileError.notFound` or `.unreadable`; a folder or a pipe is unreadable.
    public init(_ file: URL) throws(FileError) {
        name = file.path
        let descriptor = open(file.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw errno == ENOENT ? .notFound(path: name) : .unreadable(path: name, reason: systemReason())
        }
        content = .descriptor(descriptor)
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            size = 0
            throw .unreadable(path: name, reason: "not a plain file")
        }
        size = Int(status.st_size)
    }

    /// Bytes in memory.
    public init(_ bytes: [UInt8], name: String) {
        self.name = name
        size = bytes.count
        content = .memory(bytes)
    }

    deinit {
        if case .descriptor(let descriptor) = content { close(descriptor) }
    }

    /// The bytes of a range.
    /// - Throws: `FileError.unreadable` where the range, or the file by now, ends beyond the file.
    public func read(_ range: Range<Int>) throws(FileError) -> [UInt8] {
        guard range.lowerBound >= 0, range.upperBound <= size else {
            throw .unreadable(path: name, reason: "bytes \(range) are beyond its end at \(size)")
        }
        switch content {
        case .memory(let bytes): return Array(bytes[range])
        case .descriptor(let descriptor): return try read(range, from: descriptor)
        }
    }

    private func read(_ range: Range<Int>, from descriptor: Int32) throws(FileError) -> [UInt8] {
        var reason: String?
        let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, filled in
            filled = 0
            while filled < range.count {
                let got = pread(
                    descriptor, buffer.baseAddress.map { $0 + filled }, range.count - filled,
                    off_t(range.lowerBound + filled))
                if got < 0 && errno == EINTR { continue }
                if got <= 0 {
                    reason = got < 0 ? systemReason() : "it became shorter while it was read"
                    return
                }
                filled += got
            }
        }
        if let reason { throw .unreadable(path: name, reason: reason) }
        return bytes
    }
}
