import Foundation

/// A file that is open to be read from any place.
///
/// It is read and not mapped: who shortens it meanwhile makes an error, and no crash.
final class PlainFile: Sendable {
    /// In bytes, when it was opened.
    let size: Int
    private let descriptor: Int32
    /// When it was last written to, as of its opening.
    private let modified: timespec

    init(_ file: URL) throws(SafetensorsError) {
        descriptor = open(file.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            (size, modified) = (0, timespec())
            throw .unreadable(reason: String(cString: strerror(errno)))
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            (size, modified) = (0, timespec())
            throw .unreadable(reason: "not a file")
        }
        size = Int(status.st_size)
        modified = PlainFile.modified(status)
    }

    private static func modified(_ status: stat) -> timespec {
        #if os(Linux)
            status.st_mtim
        #else
            status.st_mtimespec
        #endif
    }

    private static func status(of descriptor: Int32) throws(SafetensorsError) -> stat {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw .unreadable(reason: String(cString: strerror(errno)))
        }
        return status
    }

    /// Throws `.changed` if somebody has written to the file since it was opened. What was read before this call is then of
    /// two files.
    func requireUnchanged() throws(SafetensorsError) {
        let status = try PlainFile.status(of: descriptor)
        let now = PlainFile.modified(status)
        guard Int(status.st_size) == size, now.tv_sec == modified.tv_sec, now.tv_nsec == modified.tv_nsec
        else { throw .changed }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Fills `buffer` with the bytes from `start` on.
    func read(from start: Int, into buffer: UnsafeMutableRawBufferPointer) throws(SafetensorsError) {
        var done = 0
        while done < buffer.count, let base = buffer.baseAddress {
            let count = pread(descriptor, base + done, buffer.count - done, off_t(start + done))
            if count < 0 && errno == EINTR { continue }
            if count < 0 { throw .unreadable(reason: String(cString: strerror(errno))) }
            if count == 0 {
                let found = try Int(PlainFile.status(of: descriptor).st_size)
                throw .truncated(found: min(found, start + done), expected: size)
            }
            done += count
        }
    }

    /// The bytes of a range.
    func bytes(_ range: Range<Int>) throws(SafetensorsError) -> [UInt8] {
        var failure: SafetensorsError?
        let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, filled in
            do throws(SafetensorsError) {
                try read(from: range.lowerBound, into: UnsafeMutableRawBufferPointer(buffer))
                filled = range.count
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }
}
