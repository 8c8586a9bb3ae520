import Corpora
import Foundation
import SettingKeys
import Tables

/// Reads a table that a run keeps beside its split, such as `slices.csv`, row by row, each as long as the header.
struct StoredTableReader {
    private var reader: TableReader
    private let file: URL

    init(_ bytes: [UInt8], file: URL) throws(TableError) {
        reader = try TableReader(ByteSource(bytes, name: file.path), dialect: .csv)
        self.file = file
    }

    var columns: [String] { reader.columns }

    /// Throws unless the first column is that of the rows' ids.
    /// - Parameter expected: The columns in words.
    func requireIDs(_ expected: String) throws(ResultsError) {
        if columns.first == "id" { return }
        throw badHeader(found: columns.first.map { "'\($0)'" } ?? "no columns", expected: expected)
    }

    func badHeader(found: String, expected: String) -> ResultsError {
        .badPredictions(DataPlace(file: file.path, line: 1), found: found, expected: expected)
    }

    /// Nil at the end.
    /// - Throws: `TableError`; `ResultsError` for a row of another length.
    mutating func next() throws -> (fields: TableRow, place: DataPlace)? {
        guard let row = try reader.next() else { return nil }
        let place = DataPlace(file: file.path, line: row.line)
        if row.count != columns.count {
            throw ResultsError.badPredictions(
                place, found: "\(row.count) fields", expected: "\(columns.count)")
        }
        return (row, place)
    }
}
