import Corpora
import Foundation
import SafeFiles
import SettingKeys

/// The ratings of the test rows: what each rater said of each.
///
/// It is stored as `raters.csv` beside `split.csv`: `id`, `rater_1`, `rater_2` and so on, so that all that follows from the
/// ratings can be computed again without the dataset. The first ratings of a row stand in the first columns; the columns beyond
/// them are empty.
public struct RaterTable: Equatable, Sendable {
    /// Shape: [N].
    public let ids: [String]
    /// Nil where a row has no further rating. Shape: [N][raters].
    public let ratings: [[Double?]]

    package init(ids: [String], ratings: [[Double?]]) {
        precondition(ratings.count == ids.count && Set(ratings.map(\.count)).count <= 1)
        self.ids = ids
        self.ratings = ratings
    }

    /// Some rows of a corpus; nil where it has no ratings.
    public init?(_ corpus: Corpus, rows: [Int]) {
        guard let all = corpus.ratings?.values else { return nil }
        let raters = rows.map { all[$0].count }.max() ?? 0
        self.init(
            ids: rows.map { corpus.ids[$0] },
            ratings: rows.map { row in (0..<raters).map { $0 < all[row].count ? all[row][$0] : nil } })
    }

    /// The text of `raters.csv`.
    package var csv: String {
        let names = (ratings.first ?? []).indices.map { "rater_\($0 + 1)" }
        return csvLine(["id"] + names)
            + zip(ids, ratings).map { id, ratings in
                csvLine([id] + ratings.map { $0.map(RaterTable.spelling) ?? "" })
            }.joined()
    }

    /// The shortest decimal number that is read as the same one.
    private static func spelling(_ rating: Double) -> String {
        Int(exactly: rating).map(String.init) ?? "\(rating)"
    }

    /// Reads `raters.csv`.
    /// - Throws: `CorpusError` or `TableError` for its form, `ResultsError` for a row of another length or a rating that is no
    ///   number.
    package init(_ bytes: [UInt8], file: URL) throws {
        var reader = try StoredTableReader(bytes, file: file)
        try reader.requireIDs("id and the raters")
        var ids: [String] = []
        var ratings: [[Double?]] = []
        while let (row, place) = try reader.next() {
            ids.append(row[0])
            var own: [Double?] = []
            for column in 1..<row.count {
                if row[column].isEmpty {
                    own.append(nil)
                } else if let rating = Double(row[column]), rating.isFinite {
                    own.append(rating)
                } else {
                    throw ResultsError.badPredictions(
                        place, found: "'\(shown(row[column]))'", expected: "a rating, or nothing")
                }
            }
            ratings.append(own)
        }
        self.init(ids: ids, ratings: ratings)
    }
}
