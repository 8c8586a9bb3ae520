import Foundation

/// What a program says on one of its streams: a file that it appends to, and whose end is kept, however much it says.
final class StreamFile: Sendable {
    let descriptor: CInt

    private static let keptBytes = 1 << 20
    private static let maxBytes = 16 << 20

    /// - Throws: `CommandError.notStarted` where the file cannot be written.
    init(_ url: URL, of program: String) throws(CommandError) {
        descriptor = open(url.path, O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0o666)
        if descriptor < 0 {
            throw .notStarted(program, reason: "\(url.path) cannot be written")
        }
    }

    deinit { close(descriptor) }

    /// The last megabyte.
    var end: [UInt8] {
        let start = max(0, size - StreamFile.keptBytes)
        return [UInt8](unsafeUninitializedCapacity: size - start) { buffer, count in
            count = max(0, pread(descriptor, buffer.baseAddress, buffer.count, off_t(start)))
        }
    }

    /// Removes all but the end once the file is large. What the program says at this moment may be lost.
    func trim() {
        guard size > StreamFile.maxBytes else { return }
        let end = end
        guard ftruncate(descriptor, 0) == 0 else { return }
        _ = end.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    }

    private var size: Int {
        var information = stat()
        return fstat(descriptor, &information) == 0 ? Int(information.st_size) : 0
    }
}
