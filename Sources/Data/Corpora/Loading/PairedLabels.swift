import Tables

/// Labels that stand in a file of their own, line n that of row n, as TweetEval has them.
struct PairedLabels {
    private let name: String
    private var lines: RecordReader
    private var cells: [Cell] = []
    private var count = 0

    init(_ source: ByteSource) throws(CorpusError) {
        name = source.name
        lines = try fromTable(RecordReader(source, .table(.lines)))
    }

    /// The next row's label; missing where the file has ended.
    mutating func next() throws(CorpusError) -> Cell {
        guard try fromTable(lines.read([0], into: &cells)) != nil else { return .missing }
        count += 1
        return cells[0]
    }

    /// - Throws: `CorpusError.unpairedRows` unless there were as many labels as rows.
    mutating func requireEnd(after rows: Int, rowsOf file: String) throws(CorpusError) {
        while try fromTable(lines.read([0], into: &cells)) != nil { count += 1 }
        if count != rows {
            throw .unpairedRows(file: file, rows: rows, labels: name, labelRows: count)
        }
    }
}
