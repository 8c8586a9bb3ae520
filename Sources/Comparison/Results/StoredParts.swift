import Corpora
import Foundation
import SafeFiles
import Tables

extension ExperimentResults {
    /// The part of each row of the only task; of folds, all are test rows. Shape: [N].
    func parts(in folder: RunLayout) throws -> [Part] {
        try folds == nil ? readParts(folder.split) : Array(repeating: .test, count: dataset.rowCount)
    }
}

/// The part of each row of a `split.csv`.
package func readParts(_ file: URL) throws -> [Part] {
    var reader = try PackableFile(file).tableReader()
    var parts: [Part] = []
    guard reader.columns == ["row", "split"] else {
        throw ResultsError.badPredictions(
            DataPlace(file: file.path, line: 1),
            found: "columns \(reader.columns.joined(separator: ",").prefix(100))",
            expected: "row,split")
    }
    while let row = try reader.next() {
        guard row[0] == "\(parts.count)", let part = Part(rawValue: row[1]) else {
            throw ResultsError.badPredictions(
                DataPlace(file: file.path, line: row.line),
                found: "'\(row.fields.joined(separator: ",").prefix(100))'",
                expected: "row \(parts.count) and its part")
        }
        parts.append(part)
    }
    return parts
}
