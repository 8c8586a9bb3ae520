import Foundation

/// A file's bytes, mapped to memory and unmapped with the last reference. Who writes gets pages of its own; the file
/// stays as it is.
///
/// Who shortens the file meanwhile takes the pages from under the reader; files here are replaced by renaming.
final class MappedFile: @unchecked Sendable {
    let bytes: UnsafeRawBufferPointer

    init(_ file: URL) throws(SafetensorsError) {
        let descriptor = open(file.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(reason: String(cString: strerror(errno))) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw .unreadable(reason: String(cString: strerror(errno)))
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .unreadable(reason: "not a file") }
        let count = Int(status.st_size)
        if count == 0 {
            bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        guard let start = mmap(nil, count, PROT_READ | PROT_WRITE, MAP_PRIVATE, descriptor, 0),
            start != MAP_FAILED
        else {
            throw .unreadable(reason: String(cString: strerror(errno)))
        }
        bytes = UnsafeRawBufferPointer(start: start, count: count)
    }

    /// Lets the system drop the whole pages of a part that nobody wrote to; who reads them again has them loaded again.
    func drop(_ part: Range<Int>) {
        guard let start = bytes.baseAddress else { return }
        let page = Int(sysconf(Int32(_SC_PAGESIZE)))
        let first = (part.lowerBound + page - 1) / page * page
        let end = part.upperBound / page * page
        if first < end {
            madvise(UnsafeMutableRawPointer(mutating: start + first), end - first, MADV_DONTNEED)
        }
    }

    deinit {
        guard let start = bytes.baseAddress else { return }
        munmap(UnsafeMutableRawPointer(mutating: start), bytes.count)
    }
}
