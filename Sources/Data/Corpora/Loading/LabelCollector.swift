import Foundation
import Labels
import Tables

/// Gathers the labels of rows, then makes targets and a label space of them.
protocol LabelCollector {
    /// The columns that hold labels, found in the file that `reader` reads.
    mutating func columns(in reader: RecordReader) throws(CorpusError) -> [Int]

    /// Takes the cells of one row, in the order of the columns; nothing of it where one is wrong.
    /// - Throws: `CorpusError.emptyLabel` where a label is missing.
    mutating func add(_ cells: ArraySlice<Cell>, at place: DataPlace) throws(CorpusError)

    /// Adds what was done to labels on the way.
    func record(in log: inout CleaningLog)

    /// Everything that was taken.
    /// - Parameter file: The first data file, for messages about the labels as a whole.
    func finish(file: String) throws(CorpusError) -> CollectedLabels
}

extension LabelCollector {
    func record(in log: inout CleaningLog) {}
}

extension LabelSchema {
    /// Nil for silver labels, which are not in the files. A file of names is read here.
    /// - Parameter dropped: Columns of labels that are left out.
    func collector(without dropped: [String] = []) throws(CorpusError) -> (any LabelCollector)? {
        let names = try self.names?.read()
        if case .indicators(let columns) = source {
            return IndicatorLabels(
                wanted: columns, dropped: dropped, givenNames: names, reading: reading)
        }
        if let column = dropped.first { throw .unknownDroppedColumn(column, found: []) }
        switch source {
        case .column(let column, let separator):
            return ValueLabels(
                column: column, separator: separator, kind: kind, isOrdinal: isOrdinal, names: names,
                reading: reading)
        case .files:
            return ValueLabels(
                column: "0", separator: nil, kind: kind, isOrdinal: isOrdinal, names: names,
                reading: reading)
        case .bins(let column, let bins):
            return BinLabels(
                column: column, bins: bins, kind: kind, isOrdinal: isOrdinal, reading: reading)
        case .silver, .indicators:
            return nil
        }
    }
}

extension LabelSchema.Names {
    /// The names, in their order.
    func read() throws(CorpusError) -> [String] {
        switch self {
        case .list(let names):
            return names
        case .file(let url):
            var names: [String] = []
            var lines = try fromTable(TableReader(DataFile.file(url).source(), dialect: .lines))
            while let line = try fromTable(lines.next()) { names.append(trimmed(line[0])) }
            return LabelSchema.Names.withoutNumbers(names)
        }
    }
}

extension LabelSchema.Names {
    /// The names of a file whose line n reads `n<TAB>name`, as TweetEval's mappings do; any other lines as they are.
    fileprivate static func withoutNumbers(_ lines: [String]) -> [String] {
        let parts = lines.map { $0.split(separator: "\t", maxSplits: 1) }
        guard parts.enumerated().allSatisfy({ $1.count == 2 && Int($1[0]) == $0 }) else { return lines }
        return parts.map { trimmed(String($0[1])) }
    }
}

/// A label space, its errors with the file that they concern.
func labelSpace(_ kind: LabelKind, _ names: [String], file: String) throws(CorpusError) -> LabelSpace {
    do throws(LabelError) {
        return try LabelSpace(kind: kind, names: names)
    } catch {
        throw .badLabels(file: file, error)
    }
}
