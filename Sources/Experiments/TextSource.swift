import Corpora
import Foundation

/// Where the texts to label come from; files are streamed.
public enum TextSource: Sendable {
    case texts([String])
    /// The texts of a dataset's files, of lines blank ones included.
    case files(DatasetSchema)

    /// A file as a command line names it (`-`: standard input): a table if its ending or an option says so, else lines.
    public static func file(_ path: String, options: DatasetOptions = DatasetOptions()) throws -> TextSource {
        let folder = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
        return .files(try options.texts(in: path, folder: folder))
    }

    /// Calls `body` with up to 8,192 texts at a time, in order. An empty file of lines has no texts.
    public func forEachBatch(_ body: ([String]) throws -> Void) throws {
        switch self {
        case .texts(let texts):
            try body(texts)
        case .files(let schema):
            for file in schema.files.all { try TextSource.stream(file, schema, body) }
        }
    }

    private static let batchSize = 8192

    /// Nil for an empty file of lines.
    private static func recordReader(_ file: DataFile, _ schema: DatasetSchema) throws -> RecordReader? {
        do {
            return try RecordReader(file.source(), schema.format, encoding: schema.encoding)
        } catch CorpusError.emptyFile where schema.format == .table(.lines) {
            return nil
        }
    }

    private static func stream(
        _ file: DataFile, _ schema: DatasetSchema, _ body: ([String]) throws -> Void
    ) throws {
        guard var reader = try recordReader(file, schema) else { return }
        let wanted = try schema.text.indices(in: reader)
        var cells: [Cell] = []
        var batch: [String] = []
        while let place = try reader.read(wanted, into: &cells) {
            if cells.allSatisfy({ $0 == .missing }) { throw reader.explained(.emptyText(place)) }
            batch.append(try schema.text.text(of: cells[...], at: place))
            if batch.count == batchSize {
                try body(batch)
                batch.removeAll(keepingCapacity: true)
            }
        }
        if !batch.isEmpty { try body(batch) }
    }
}
