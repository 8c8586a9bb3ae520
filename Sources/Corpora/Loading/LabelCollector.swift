import Files
import Foundation
import Labels

/// Gathers the labels of rows, then makes targets and a label space of them.
protocol LabelCollector {
    /// The columns that hold labels, found in the file that `reader` reads.
    mutating func columns(in reader: RecordReader) throws(CorpusError) -> [Int]

    /// Takes the cells of one row, in the order of the columns; nothing of it where one is wrong.
    /// - Throws: `CorpusError.emptyLabel` where a label is missing.
    mutating func add(_ cells: ArraySlice<Cell>, at place: DataPlace) throws(CorpusError)

    /// Everything that was taken.
    /// - Parameter file: The first data file, for messages about the labels as a whole.
    func finish(file: String) throws(CorpusError) -> (targets: Targets, labelSpace: LabelSpace)
}

extension LabelSchema {
    /// Nil for silver labels, which are not in the files. A file of names is read here.
    func collector() throws(CorpusError) -> (any LabelCollector)? {
        let names = try self.names?.read()
        switch source {
        case .column(let column, let separator):
            return ValueLabels(column: column, separator: separator, kind: kind, names: names)
        case .indicators(let columns):
            return IndicatorLabels(wanted: columns, givenNames: names)
        case .bins(let column, let bins):
            return BinLabels(column: column, bins: bins, kind: kind)
        case .silver:
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
            var lines = try TableReader(DataFile.file(url).source(), dialect: .lines)
            while let line = try lines.next() { names.append(trimmed(line[0])) }
            return names
        }
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
