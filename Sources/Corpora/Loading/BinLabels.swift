import Labels

/// Labels that are ranges of a number.
struct BinLabels: LabelCollector {
    let column: String
    let bins: Bins
    let kind: LabelKind?
    private var classes: [Int] = []

    init(column: String, bins: Bins, kind: LabelKind?) {
        self.column = column
        self.bins = bins
        self.kind = kind
    }

    func columns(in reader: RecordReader) throws(CorpusError) -> [Int] {
        [try reader.column(column)]
    }

    mutating func add(_ cells: ArraySlice<Cell>, at place: DataPlace) throws(CorpusError) {
        switch cells.first {
        case nil, .missing: throw .emptyLabel(place, column: column)
        case .list: throw .unexpectedList(place, column: column)
        case .text(let text):
            let text = trimmed(text)
            if text.isEmpty { throw .emptyLabel(place, column: column) }
            guard let number = decimalNumber(text) else {
                throw .badNumber(place, column: column, value: text)
            }
            classes.append(bins.bin(of: number))
        }
    }

    func finish(file: String) throws(CorpusError) -> (targets: Targets, labelSpace: LabelSpace) {
        let inferred: LabelKind = bins.names.count == 2 ? .binary : .multiclass
        return (.classes(classes), try labelSpace(kind ?? inferred, bins.names, file: file))
    }
}
