import Foundation

/// A stream that the program was started with. Every write is checked: what does not arrive is an error.
public struct StandardStream: Sendable {
    public static let output = StandardStream(descriptor: STDOUT_FILENO, name: "standard output")
    public static let error = StandardStream(descriptor: STDERR_FILENO, name: "standard error")

    /// As errors call it.
    public let name: String
    private let descriptor: Int32

    package init(descriptor: Int32, name: String) {
        self.descriptor = descriptor
        self.name = name
    }

    /// Makes the streams fit to be written to; called once, before any file is opened.
    ///
    /// A write to a pipe that nobody reads fails then, instead of ending the program. A stream that was closed by whoever
    /// started the program gets a descriptor that can only fail, so that no file is opened in its place and gets its bytes.
    public static func prepare() {
        signal(SIGPIPE, SIG_IGN)
        // So does a write beyond the longest file that is allowed.
        signal(SIGXFSZ, SIG_IGN)
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
        where fcntl(descriptor, F_GETFD) == -1 {
            // The lowest free descriptor is this one, since those below are open.
            _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }

    /// Writes all bytes, however long a slow reader takes.
    /// - Throws: `FileError.closedByReader` where nobody reads on; `.unwritable`.
    public func write(_ bytes: some ContiguousBytes) throws(FileError) {
        if !bytes.withUnsafeBytes({ writeAll($0, to: descriptor) }) { throw lastError }
    }

    /// Closes the stream, since some file systems tell only then that a disk is full.
    public func close() throws(FileError) {
        // A stream that was never open is none that lost something.
        if Foundation.close(descriptor) != 0 && errno != EBADF { throw lastError }
    }

    private var lastError: FileError {
        errno == EPIPE ? .closedByReader(path: name) : .unwritable(path: name, reason: systemReason())
    }
}

/// - Returns: False, with `errno`, if not all was written. Where a pipe is full it waits, also if the descriptor is one
///   that does not block.
func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
        let written = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if written >= 0 {
            rest = rest.dropFirst(written)
        } else if errno == EAGAIN || errno == EWOULDBLOCK {
            var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            _ = poll(&waiting, 1, -1)
        } else if errno != EINTR {
            return false
        }
    }
    return true
}
