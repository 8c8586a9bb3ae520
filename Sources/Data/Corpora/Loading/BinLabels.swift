import Labels
import Tables

/// Labels that are ranges of a number.
struct BinLabels: LabelCollector {
    let column: String
    let bins: Bins
    let kind: LabelKind?
    /// Whether the bins are ranks.
    let isOrdinal: Bool
    let reading: LabelReading
    private var classes: [Int] = []

    init(
        column: String, bins: Bins, kind: LabelKind?, isOrdinal: Bool = false,
        reading: LabelReading = LabelReading()
    ) {
        self.column = column
        self.bins = bins
        self.kind = kind
        self.isOrdinal = isOrdinal
        self.reading = reading
    }

    func columns(in reader: RecordReader) throws(CorpusError) -> [Int] {
        [try fromTable(reader.column(column))]
    }

    mutating func add(_ cells: ArraySlice<Cell>, at place: DataPlace) throws(CorpusError) {
        switch cells.first {
        case nil, .missing: throw .emptyLabel(place, column: column)
        case .list: throw .table(.unexpectedList(place, column: column))
        case .text(let text):
            let text = LabelSpelling.trimmed(text)
            if reading.isMissing(text) { throw .emptyLabel(place, column: column) }
            guard let number = decimalNumber(text) else {
                throw .badNumber(place, column: column, value: text)
            }
            classes.append(bins.bin(of: number))
        }
    }

    func finish(file: String) throws(CorpusError) -> CollectedLabels {
        let inferred: LabelKind = bins.names.count == 2 ? .binary : .multiclass
        var space = try labelSpace(kind ?? inferred, bins.names, file: file)
        space.isOrdinal = isOrdinal
        return CollectedLabels(targets: .classes(classes), labelSpace: space)
    }
}
