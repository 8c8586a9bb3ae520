import Corpora
import Foundation

/// Where the texts to label come from; files are streamed.
public enum TextSource: Sendable {
    case texts([String])
    /// One text a line, blank lines included; `-` is standard input.
    case lines(path: String)
    /// A column of a table by its name or 0-based number, or a key of JSON Lines.
    case column(String, path: String)

    /// A table by the file's ending (`.csv`, `.tsv`, `.jsonl`) or because a column is named, else lines.
    public static func file(_ path: String, column: String?) -> TextSource {
        if column == nil && DataFormat(endingOf: path) == nil { return .lines(path: path) }
        return .column(column ?? "text", path: path)
    }

    /// Calls `body` with up to 8,192 texts at a time, in order. An empty file of lines has no texts.
    public func forEachBatch(_ body: ([String]) throws -> Void) throws {
        switch self {
        case .texts(let texts):
            try body(texts)
        case .lines(let path):
            try TextSource.stream(path, .table(.lines), column: "0", body)
        case .column(let column, let path):
            try TextSource.stream(path, DataFormat(endingOf: path) ?? .table(.csv), column: column, body)
        }
    }

    private static let batchSize = 8192

    /// Nil for an empty file of lines.
    private static func recordReader(_ source: ByteSource, _ format: DataFormat) throws -> RecordReader? {
        do {
            return try RecordReader(source, format)
        } catch CorpusError.emptyFile where format == .table(.lines) {
            return nil
        }
    }

    private static func stream(
        _ path: String, _ format: DataFormat, column: String, _ body: ([String]) throws -> Void
    ) throws {
        let folder = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
        let source = try DataFile(path: path, folder: folder).source()
        guard var reader = try recordReader(source, format) else { return }
        let wanted = [try reader.column(column)]
        var cells: [Cell] = []
        var batch: [String] = []
        while let place = try reader.read(wanted, into: &cells) {
            guard case .text(let text) = cells[0] else { throw CorpusError.emptyText(place) }
            batch.append(text)
            if batch.count == batchSize {
                try body(batch)
                batch.removeAll(keepingCapacity: true)
            }
        }
        if !batch.isEmpty { try body(batch) }
    }
}
