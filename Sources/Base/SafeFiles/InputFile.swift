import Foundation

/// A file open for reading from start to end; closed when released. `-` as a path is standard input.
public final class InputFile {
    private let descriptor: Int32
    private let path: String

    /// - Throws: `FileError.notFound` or `.unreadable`; a directory is unreadable.
    public init(_ file: URL) throws(FileError) {
        path = file.path
        descriptor = open(file.path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0 {
            throw errno == ENOENT
                ? .notFound(path: path) : .unreadable(path: path, reason: systemReason())
        }
    }

    /// Standard input.
    public init(standardInput: Void) {
        path = "<stdin>"
        descriptor = dup(STDIN_FILENO)
    }

    deinit {
        close(descriptor)
    }

    /// The next bytes, at most `count`; empty at the end of the file.
    public func read(upTo count: Int) throws(FileError) -> [UInt8] {
        var got = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            repeat {
                #if canImport(Glibc)
                    got = Glibc.read(descriptor, buffer.baseAddress, count)
                #else
                    got = Darwin.read(descriptor, buffer.baseAddress, count)
                #endif
            } while got < 0 && errno == EINTR
            filled = max(0, got)
        }
        if got < 0 { throw .unreadable(path: path, reason: systemReason()) }
        return bytes
    }

    /// Whether a read would wait: what is read is a pipe or a terminal, and whoever writes to it pauses.
    public var wouldWait: Bool {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&waiting, 1, 0) == 0
    }

    /// Everything from here to the end.
    public func readToEnd() throws(FileError) -> [UInt8] {
        var all: [UInt8] = []
        while true {
            let piece = try read(upTo: 1 << 20)
            if piece.isEmpty { return all }
            all += piece
        }
    }
}

extension InputFile {
    /// The whole of a small file of text that a person writes, without the byte order mark that some editors put first.
    /// - Throws: `FileError.unreadable` besides where it is not UTF-8.
    public static func text(of file: URL) throws(FileError) -> String {
        let bytes = try InputFile(file).readToEnd()
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...]
        guard let text = String(validating: text, as: UTF8.self) else {
            throw .unreadable(path: file.path, reason: "it is not UTF-8 text")
        }
        return text
    }
}

/// The system's words for the last error of this thread.
func systemReason() -> String {
    String(cString: strerror(errno))
}
