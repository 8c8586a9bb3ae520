import Labels
import Tables

/// Labels that have a column each, which says whether the row carries it.
struct IndicatorLabels: LabelCollector {
    /// Columns and ranges of columns, as asked for.
    let wanted: [String]
    /// Columns among these that are not.
    let dropped: [String]
    let givenNames: [String]?
    let reading: LabelReading
    /// The columns that these are in the first file; other files must have them too.
    private var columnNames: [String]?
    /// Shape: [N, K], row-major.
    private var values: [Bool] = []
    /// How many values were spelled as floating-point numbers.
    private var floatCount = 0

    /// What stands for a label that is not told, as in the tests of SemEval-2018.
    private static let unlabeled = "NONE"

    init(
        wanted: [String], dropped: [String] = [], givenNames: [String]?,
        reading: LabelReading = LabelReading()
    ) {
        self.wanted = wanted
        self.dropped = dropped
        self.givenNames = givenNames
        self.reading = reading
    }

    mutating func columns(in reader: RecordReader) throws(CorpusError) -> [Int] {
        var names = columnNames ?? []
        if columnNames == nil {
            for item in wanted { names += try IndicatorLabels.expand(item, in: reader) }
            let known = Set(names)
            for column in dropped where !known.contains(column) {
                throw .unknownDroppedColumn(column, found: names)
            }
            names.removeAll { dropped.contains($0) }
            columnNames = names
        }
        var columns: [Int] = []
        for name in names { columns.append(try fromTable(reader.column(name))) }
        return columns
    }

    mutating func add(_ cells: ArraySlice<Cell>, at place: DataPlace) throws(CorpusError) {
        var row: [Bool] = []
        var floats = 0
        for (cell, column) in zip(cells, columnNames ?? []) {
            switch cell {
            case .missing: throw .emptyLabel(place, column: column)
            case .list: throw .table(.unexpectedList(place, column: column))
            case .text(let text):
                let text = LabelSpelling.trimmed(text)
                if reading.isMissing(text) || text == IndicatorLabels.unlabeled {
                    throw .emptyLabel(place, column: column)
                }
                if text.utf8.count == 3, text.hasSuffix(".0") { floats += 1 }
                guard let value = IndicatorLabels.truth(text) else {
                    throw .badIndicator(place, column: column, value: text)
                }
                row.append(value)
            }
        }
        values += row
        floatCount += floats
    }

    func record(in log: inout CleaningLog) {
        if floatCount > 0 { log.change(floatCount, "labels written 0.0 or 1.0, read as 0 or 1") }
        if !dropped.isEmpty {
            log.change(
                dropped.count,
                "columns of labels left out: \(dropped.joined(separator: ", ")) (clean.drop-columns)")
        }
    }

    func finish(file: String) throws(CorpusError) -> CollectedLabels {
        let columnNames = columnNames ?? []
        let names = givenNames ?? columnNames
        if names.count != columnNames.count {
            throw .wrongNameCount(file: file, found: names.count, expected: columnNames.count)
        }
        let space = try labelSpace(.multilabel, names, file: file)
        return CollectedLabels(
            targets: .sets(IndicatorMatrix(labelCount: space.count, values: values)), labelSpace: space)
    }

    /// 0 or 1 in any spelling of the number, such as 0.0, or false or true.
    static func truth(_ text: String) -> Bool? {
        switch LabelSpelling.numericValue(text) {
        case "0": false
        case "1": true
        default: nil
        }
    }

    /// The columns that an item means: itself, or all of a range `first..last`.
    private static func expand(_ item: String, in reader: RecordReader) throws(CorpusError) -> [String] {
        guard !reader.hasColumn(item), let dots = item.firstRange(of: "..") else {
            // A column that is asked for by its number has the label of its name.
            return [reader.name(ofColumn: try fromTable(reader.column(item)))]
        }
        let first = try fromTable(reader.column(trimmed(String(item[..<dots.lowerBound]))))
        let last = try fromTable(reader.column(trimmed(String(item[dots.upperBound...]))))
        if last < first { throw .backwardRange(file: reader.name, range: item) }
        return Array(reader.columns[first...last])
    }
}
