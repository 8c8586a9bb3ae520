import Corpora
import Foundation
import SafeFiles
import SettingKeys

/// Who made each test row, where rows are ratings, and which text it is a rating of.
///
/// It is stored as `raters.csv` beside `split.csv`: `id`, `group` and `rater`. What each rater said is the row's gold labels,
/// which stand with the predictions.
public struct RowRaterTable: Equatable, Sendable {
    /// Shape: [N].
    public let ids: [String]
    /// Shape: [N].
    public let texts: [String]
    /// Shape: [N].
    public let raters: [String]

    private static let header = ["id", "group", "rater"]

    package init(ids: [String], texts: [String], raters: [String]) {
        precondition(ids.count == texts.count && ids.count == raters.count)
        (self.ids, self.texts, self.raters) = (ids, texts, raters)
    }

    /// Some rows of a corpus; nil where its rows are no ratings.
    public init?(_ corpus: Corpus, rows: [Int]) {
        guard let all = corpus.rowRaters else { return nil }
        self.init(
            ids: rows.map { corpus.ids[$0] }, texts: rows.map { all.texts[$0] },
            raters: rows.map { all.raters[$0] })
    }

    /// The text of `raters.csv`.
    package var csv: String {
        csvLine(Self.header)
            + ids.indices.map { csvLine([ids[$0], texts[$0], raters[$0]]) }.joined()
    }

    /// Reads `raters.csv`.
    /// - Throws: `CorpusError` or `TableError` for its form, `ResultsError` for other columns, a row of another length, or one
    ///   without text or rater.
    package init(_ bytes: [UInt8], file: URL) throws {
        var reader = try StoredTableReader(bytes, file: file)
        guard reader.columns == Self.header else {
            throw reader.badHeader(
                found: "the columns '\(shown(reader.columns.joined(separator: ",")))'",
                expected: "'\(Self.header.joined(separator: ","))'")
        }
        var (ids, texts, raters): ([String], [String], [String]) = ([], [], [])
        while let (row, place) = try reader.next() {
            if row[1].isEmpty || row[2].isEmpty {
                throw ResultsError.badPredictions(
                    place, found: "no \(Self.header[row[1].isEmpty ? 1 : 2])",
                    expected: "the text and the rater of each rating")
            }
            ids.append(row[0])
            texts.append(row[1])
            raters.append(row[2])
        }
        self.init(ids: ids, texts: texts, raters: raters)
    }

    /// The rows of each text, texts in the order of their first rows, without what a rater said of a text a second time.
    /// Shape: [texts][ratings].
    var rowsOfTexts: [[Int]] {
        var places: [String: Int] = [:]
        var rows: [[Int]] = []
        var known: Set<[String]> = []
        for row in ids.indices where known.insert([texts[row], raters[row]]).inserted {
            if let place = places[texts[row]] {
                rows[place].append(row)
            } else {
                places[texts[row]] = rows.count
                rows.append([row])
            }
        }
        return rows
    }
}
