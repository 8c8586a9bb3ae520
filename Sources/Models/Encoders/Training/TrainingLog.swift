import Foundation
import SafeFiles

/// A file of one JSON object a line, which a resumed training goes on with where its checkpoint was.
struct TrainingLog {
    private let file: AppendedFile

    /// - Parameter length: The bytes to keep of what is there.
    init(_ url: URL, keeping length: Int) throws(FileError) {
        file = try AppendedFile(url)
        try file.truncate(to: length)
    }

    /// The file's length so far, in bytes.
    var length: Int { file.length }

    /// Appends a line; numbers that JSON does not have become null.
    func write(_ entries: [(key: String, value: LogValue)]) throws(FileError) {
        let line = "{" + entries.map { "\"\($0.key)\": \($0.value.json)" }.joined(separator: ", ") + "}\n"
        try file.append(Data(line.utf8))
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
