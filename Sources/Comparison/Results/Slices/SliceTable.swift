import Corpora
import Foundation
import SafeFiles
import SettingKeys
import Tables

/// What the slices of a report are made of: the words of each test row's text, and its values of some columns.
///
/// It is stored as `slices.csv` beside `split.csv`: `id`, `length` and the columns, so that scores by slice can be computed
/// again without the dataset.
public struct SliceTable: Equatable, Sendable {
    /// Shape: [N].
    public let ids: [String]
    /// `length` where there are lengths, and the names of the columns.
    public let names: [String]
    /// Lengths in words as decimal numbers; an empty text where a row has no value. Shape: [names][N].
    public let values: [[String]]

    package init(ids: [String], names: [String], values: [[String]]) {
        precondition(values.count == names.count && values.allSatisfy { $0.count == ids.count })
        self.ids = ids
        self.names = names
        self.values = values
    }

    /// Some rows of a corpus.
    /// - Precondition: The corpus has the columns.
    public init(_ corpus: Corpus, rows: [Int], options: SliceOptions) {
        var (names, values) = (options.columns, [[String]]())
        for column in options.columns {
            guard let all = corpus.sliceValues[column] else {
                preconditionFailure("the corpus was read without column '\(column)'")
            }
            values.append(rows.map { all[$0] })
        }
        if !options.lengths.isEmpty {
            names.insert(SliceOptions.lengthName, at: 0)
            values.insert(rows.map { "\(SliceTable.wordCount(of: corpus.texts[$0]))" }, at: 0)
        }
        self.init(ids: rows.map { corpus.ids[$0] }, names: names, values: values)
    }

    /// Words are what white space parts.
    package static func wordCount(of text: String) -> Int {
        text.unicodeScalars.split { $0.properties.isWhitespace }.count
    }

    /// The text of `slices.csv`.
    package var csv: String {
        csvLine(["id"] + names)
            + ids.indices.map { row in csvLine([ids[row]] + values.map { $0[row] }) }.joined()
    }

    /// Reads `slices.csv`.
    /// - Throws: `CorpusError` or `TableError` for its form, `ResultsError` for a row of another length.
    package init(_ bytes: [UInt8], file: URL) throws {
        var reader = try StoredTableReader(bytes, file: file)
        try reader.requireIDs("id and the names of slices")
        let names = Array(reader.columns.dropFirst())
        var ids: [String] = []
        var values: [[String]] = names.map { _ in [] }
        while let (row, _) = try reader.next() {
            ids.append(row[0])
            for place in names.indices { values[place].append(row[place + 1]) }
        }
        self.init(ids: ids, names: names, values: values)
    }
}

extension SliceTable {
    /// Rows that a report scores by themselves.
    struct Slice: Equatable {
        let name: String
        /// Ascending. Never empty.
        let rows: [Int]
    }

    /// The slices by one of the names: by length in ascending order, by values from the most frequent to the least.
    /// - Throws: `ResultsError.badResults` for a length that is no number.
    func slices(by place: Int, options: SliceOptions, file: URL) throws(ResultsError) -> [Slice] {
        if names[place] == SliceOptions.lengthName && !options.lengths.isEmpty && place == 0 {
            var lengths: [Int] = []
            for value in values[place] {
                guard let length = Int(value), length >= 0 else {
                    throw .badResults(file: file.path, reason: "'\(value)' is no number of words")
                }
                lengths.append(length)
            }
            return byLength(lengths, limits: options.lengths)
        }
        return byValue(values[place])
    }

    private func byLength(_ lengths: [Int], limits: [Int]) -> [Slice] {
        var slices: [Slice] = []
        for place in 0...limits.count {
            let low = place == 0 ? 0 : limits[place - 1] + 1
            let high = place == limits.count ? nil : limits[place]
            let name =
                switch high {
                case nil: "over \(low - 1) words"
                case let high? where place == 0: "up to \(counted(high, "word"))"
                case let high? where high == low: counted(high, "word")
                case let high?: "\(low) to \(high) words"
                }
            let rows = lengths.indices.filter { lengths[$0] >= low && lengths[$0] <= high ?? .max }
            if !rows.isEmpty { slices.append(Slice(name: name, rows: rows)) }
        }
        return slices
    }

    private func byValue(_ values: [String]) -> [Slice] {
        var rows: [String: [Int]] = [:]
        for (row, value) in values.enumerated() { rows[value, default: []].append(row) }
        let sorted = rows.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
        var slices = sorted.prefix(SliceOptions.mostValues).map { value, rows in
            Slice(name: value.isEmpty ? "(no value)" : value, rows: rows)
        }
        let rest = sorted.dropFirst(SliceOptions.mostValues)
        if !rest.isEmpty {
            slices.append(
                Slice(name: "\(rest.count) other values", rows: rest.flatMap(\.value).sorted()))
        }
        return slices
    }
}
