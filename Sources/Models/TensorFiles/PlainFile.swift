import Foundation

/// A file that is open to be read from any place.
///
/// It is read and not mapped: who shortens it meanwhile makes an error, and no crash.
final class PlainFile: Sendable {
    /// In bytes, when it was opened.
    let size: Int
    private let descriptor: Int32

    init(_ file: URL) throws(SafetensorsError) {
        descriptor = open(file.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            size = 0
            throw .unreadable(reason: String(cString: strerror(errno)))
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            size = 0
            throw .unreadable(reason: "not a file")
        }
        size = Int(status.st_size)
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
            if count == 0 { throw .truncated(found: start + done, expected: size) }
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
