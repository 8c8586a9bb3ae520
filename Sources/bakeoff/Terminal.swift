import Foundation

/// Where words go: results to standard output, everything else to standard error.
enum Terminal {
    /// A line of a result.
    static func print(_ line: String) {
        write(line + "\n", to: STDOUT_FILENO)
    }

    /// A part of a result, as it is.
    static func write(_ text: String) {
        write(text, to: STDOUT_FILENO)
    }

    /// The same, as UTF-8.
    static func write(_ bytes: [UInt8]) {
        write(bytes, to: STDOUT_FILENO)
    }

    /// A line that is no result: progress, a notice, an error.
    static func notice(_ line: String) {
        write(line + "\n", to: STDERR_FILENO)
    }

    /// What relative paths on the command line start from.
    static var workingFolder: URL { URL(fileURLWithPath: FileManager.default.currentDirectoryPath) }

    private static func write(_ text: String, to descriptor: Int32) {
        write(Array(text.utf8), to: descriptor)
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var bytes = bytes[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 {
                if errno == EINTR { continue }
                return
            }
            bytes = bytes.dropFirst(written)
        }
    }
}
