import Corpora
import Foundation
import Tables

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
    ///
    /// Texts that come through a pipe are handed over before more are waited for, so that whoever sends one and waits for
    /// what comes of it is answered.
    public func forEachBatch(_ body: ([String]) throws -> Void) throws {
        try forEachBatch(keeping: .none, columns: { _ in }) { try body($0.texts) }
    }

    /// The same with what of each row is kept.
    /// - Parameter columns: Called once, before any batch, with the names of the kept columns.
    public func forEachBatch(
        keeping kept: KeptColumns, columns: ([String]) throws -> Void, _ body: (TextBatch) throws -> Void
    ) throws {
        switch self {
        case .texts(let texts):
            try columns([])
            try body(TextBatch(texts: texts))
        case .files(let schema):
            var isFirst = true
            for file in schema.files.all {
                try TextSource.stream(
                    file, schema, keeping: kept,
                    columns: { names in
                        if isFirst { try columns(names) }
                        isFirst = false
                    }, body)
            }
        }
    }

    private static let batchSize = 8192

    /// Nil for an empty file of lines.
    private static func recordReader(_ file: DataFile, _ schema: DatasetSchema) throws -> RecordReader? {
        do {
            return try RecordReader(file.source(), schema.format, encoding: schema.encoding)
        } catch TableError.emptyFile where schema.format == .table(.lines) {
            return nil
        }
    }

    private static func stream(
        _ file: DataFile, _ schema: DatasetSchema, keeping kept: KeptColumns,
        columns: ([String]) throws -> Void, _ body: (TextBatch) throws -> Void
    ) throws {
        guard var reader = try recordReader(file, schema) else {
            // Of lines, of which there are none.
            switch kept {
            case .none: return try columns([])
            case .all: return try columns(["text"])
            case .named(let names): return try columns(names.map { _ in "text" })
            }
        }
        let texts = try schema.text.indices(in: reader)
        let keepsObjects = kept == .all && schema.format == .jsonLines
        var others: [Int] = []
        switch kept {
        case .none: break
        case .all: if !keepsObjects { others = Array(reader.columns.indices) }
        case .named(let names): others = try names.map { try reader.column($0) }
        }
        try columns(
            schema.format == .table(.lines) ? others.map { _ in "text" } : others.map { reader.columns[$0] })
        let wanted = texts + others
        var cells: [Cell] = []
        var batch = TextBatch()
        while let place = try reader.read(wanted, into: &cells) {
            let own = cells[..<texts.count]
            if own.allSatisfy({ $0 == .missing }) {
                throw reader.unseenColumn() as (any Error)? ?? ExperimentError.missingText(place: "\(place)")
            }
            batch.texts.append(try schema.text.text(of: own, at: place))
            if keepsObjects {
                if let key = PredictionWriter.ownKeys.first(where: reader.objectHolds) {
                    throw ExperimentError.unsuitableTable(
                        path: "\(place)",
                        expected: "no key '\(key)' yet beside which a prediction could stand")
                }
                batch.kept.append(.object(reader.objectText))
            } else if kept != .none {
                batch.kept.append(.cells(Array(cells[texts.count...])))
            }
            if batch.texts.count == batchSize || reader.wouldWait {
                try body(batch)
                batch = TextBatch()
            }
        }
        if !batch.texts.isEmpty { try body(batch) }
    }
}
