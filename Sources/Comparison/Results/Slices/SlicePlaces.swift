import Foundation
import SafeFiles

/// Which slice each test row is in.
extension SliceScores {
    /// A score on fewer rows than these says little.
    package static let fewRows = 30

    /// For each dimension, the place among its slices of the one that each row is in: of every dimension a row is in one slice.
    /// Shape: [dimensions][N].
    ///
    /// - Parameters:
    ///   - table: The one that these scores were computed from.
    ///   - ids: The test rows, in the order of the predictions.
    ///   - file: Where the table is stored, for errors.
    /// - Throws: `ResultsError.badResults` for another table, for other rows, and for a slice that has no scores here.
    package func places(in table: SliceTable, ids: [String], file: URL) throws(ResultsError) -> [[Int]] {
        try requireRows(table.ids, of: ids, in: file)
        let found = Fingerprint.sha256(of: Array(table.csv.utf8))
        if found != sha256 {
            throw .badResults(
                file: file.path, reason: "its SHA-256 is \(found), that of results.json \(sha256)")
        }
        if table.names != dimensions.map(\.name) {
            throw .badResults(
                file: file.path,
                reason:
                    "columns \(table.names.joined(separator: ", ")), "
                    + "not \(dimensions.map(\.name).joined(separator: ", ")) of results.json")
        }
        var places: [[Int]] = []
        for (place, dimension) in dimensions.enumerated() {
            let slices = try table.slices(by: place, options: options, file: file)
            var own = Array(repeating: 0, count: ids.count)
            for (number, slice) in slices.enumerated() {
                let scored = dimension.slices.indices.contains(number) ? dimension.slices[number] : nil
                guard scored?.name == slice.name, scored?.rowCount == slice.rows.count else {
                    throw .badResults(
                        file: file.path,
                        reason: "results.json has no scores of slice '\(slice.name)' by \(dimension.name), "
                            + "rows: \(slice.rows.count)")
                }
                for row in slice.rows { own[row] = number }
            }
            if let more = dimension.slices.dropFirst(slices.count).first {
                throw .badResults(
                    file: file.path,
                    reason:
                        "no row is in slice '\(more.name)' by \(dimension.name), of which results.json has scores"
                )
            }
            places.append(own)
        }
        return places
    }
}
