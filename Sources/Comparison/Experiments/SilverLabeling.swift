import Corpora
import Foundation
import Lexicons
import SafeFiles
import Tables

/// Adds a column of VADER's labels to a table: silver labels, to be marked as such wherever they are used.
public struct SilverLabeling: Sendable {
    private let vader: Vader
    private let thresholds: PolarityThresholds
    private let labelColumn: String

    /// Rows that are labelled together.
    private static let batchSize = 4096

    /// - Parameter labelColumn: The name of the new column, which no other may have.
    public init(
        vader: Vader, thresholds: PolarityThresholds = .init(), labelColumn: String = "sentiment"
    ) {
        self.vader = vader
        self.thresholds = thresholds
        self.labelColumn = labelColumn
    }

    /// Streams a table (`-`: from standard input, CSV unless an option says otherwise) and writes it as CSV, row by row
    /// in order, every field as it was and the label last.
    /// - Throws: `CorpusError` for a file that is no such table, `ExperimentError.unsuitableTable`.
    public func run(
        path: String, options: DatasetOptions = DatasetOptions(), write: ([UInt8]) throws -> Void
    ) throws {
        var options = options
        if options.format == nil, DataFormat(endingOf: path) == nil, options.delimiter == nil {
            options.format = "csv"
        }
        let folder = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
        let schema = try options.texts(in: path, folder: folder)
        guard case .table(let dialect) = schema.format, case .one(let file) = schema.files else {
            throw ExperimentError.unsuitableTable(path: path, expected: "one CSV or TSV file")
        }
        var reader = try RecordReader(file.source(), schema.format, encoding: schema.encoding)
        let text = try schema.text.indices(in: reader)
        if dialect.hasHeader {
            if reader.columns.contains(labelColumn) {
                throw ExperimentError.unsuitableTable(path: path, expected: "no column '\(labelColumn)' yet")
            }
            try write(Array(csvLine(reader.columns + [labelColumn]).utf8))
        }
        let wanted = Array(reader.columns.indices)
        var cells: [Cell] = []
        var rows: [(fields: [String], text: String)] = []
        while let place = try reader.read(wanted, into: &cells) {
            let fields = cells.map { if case .text(let field) = $0 { field } else { "" } }
            rows.append((fields, try schema.text.text(of: text.map { cells[$0] }[...], at: place)))
            if rows.count == SilverLabeling.batchSize { try label(&rows, write) }
        }
        try label(&rows, write)
    }

    private func label(
        _ rows: inout [(fields: [String], text: String)], _ write: ([UInt8]) throws -> Void
    ) throws {
        let polarities = vader.polarities(of: rows.map(\.text))
        var lines: [UInt8] = []
        for (row, polarity) in zip(rows, polarities) {
            let label = PolarityThresholds.labels[thresholds.label(of: polarity)]
            appendCSVLine(row.fields + [label], to: &lines)
        }
        try write(lines)
        rows.removeAll(keepingCapacity: true)
    }
}
