import Corpora
import Files
import Foundation
import LexiconModels

/// Adds a column of VADER's labels to a table: silver labels, to be marked as such wherever they are used.
public struct SilverLabeling: Sendable {
    private let vader: Vader
    private let thresholds: PolarityThresholds
    private let textColumn: String
    private let labelColumn: String

    /// Rows that are labelled together.
    private static let batchSize = 4096

    /// - Parameters:
    ///   - textColumn: By name.
    ///   - labelColumn: The name of the new column, which no other may have.
    public init(
        vader: Vader, thresholds: PolarityThresholds = .init(), textColumn: String = "text",
        labelColumn: String = "sentiment"
    ) {
        self.vader = vader
        self.thresholds = thresholds
        self.textColumn = textColumn
        self.labelColumn = labelColumn
    }

    /// Streams a CSV or TSV file (`-`: CSV from standard input) and writes it as CSV, row by row in order, every
    /// field as it was and the label last.
    /// - Throws: `CorpusError` for a file that is no such table, `ExperimentError.columnExists`.
    public func run(path: String, write: ([UInt8]) throws -> Void) throws {
        let format = DataFormat(endingOf: path) ?? .table(.csv)
        guard case .table(let dialect) = format else {
            throw ExperimentError.unsuitableTable(path: path, expected: "a CSV or TSV file")
        }
        let folder = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
        var reader = try TableReader(try DataFile(path: path, folder: folder).source(), dialect: dialect)
        guard let text = reader.columns.firstIndex(of: textColumn) else {
            throw CorpusError.missingColumn(file: path, column: textColumn, found: reader.columns)
        }
        if reader.columns.contains(labelColumn) {
            throw ExperimentError.unsuitableTable(path: path, expected: "no column '\(labelColumn)' yet")
        }
        try write(Array(csvLine(reader.columns + [labelColumn]).utf8))
        var rows: [[String]] = []
        while let row = try reader.next() {
            rows.append(row.fields)
            if rows.count == SilverLabeling.batchSize { try label(&rows, text, write) }
        }
        try label(&rows, text, write)
    }

    private func label(_ rows: inout [[String]], _ text: Int, _ write: ([UInt8]) throws -> Void) throws {
        let polarities = vader.polarities(of: rows.map { $0[text] })
        var lines: [UInt8] = []
        for (row, polarity) in zip(rows, polarities) {
            appendCSVLine(row + [PolarityThresholds.labels[thresholds.label(of: polarity)]], to: &lines)
        }
        try write(lines)
        rows.removeAll(keepingCapacity: true)
    }
}
