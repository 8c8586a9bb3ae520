import Foundation

/// A file of one JSON object a line, which a resumed training goes on with where its checkpoint was.
final class TrainingLog {
    private let file: URL
    private let handle: FileHandle

    /// - Parameter length: The bytes to keep of what is there.
    init(_ file: URL, keeping length: UInt64) throws {
        self.file = file
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        if !FileManager.default.fileExists(atPath: file.path) {
            try Data().write(to: file)
        }
        handle = try FileHandle(forWritingTo: file)
        try handle.truncate(atOffset: min(length, try handle.seekToEnd()))
        try handle.seekToEnd()
    }

    deinit { try? handle.close() }

    /// The file's length so far.
    var length: UInt64 {
        get throws { try handle.offset() }
    }

    /// Appends a line; numbers that JSON does not have become null.
    func write(_ entries: [(key: String, value: LogValue)]) throws {
        let line = "{" + entries.map { "\"\($0.key)\": \($0.value.json)" }.joined(separator: ", ") + "}\n"
        try handle.write(contentsOf: Data(line.utf8))
    }
}

/// A value of a log's line.
enum LogValue {
    case integer(Int)
    case number(Double)
    /// Without characters that JSON escapes.
    case name(String)

    fileprivate var json: String {
        switch self {
        case .integer(let value): "\(value)"
        case .number(let value): value.isFinite ? "\(value)" : "null"
        case .name(let value): "\"\(value)\""
        }
    }
}
