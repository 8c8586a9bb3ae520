import Labels
import Tables

/// Labels by people beside silver ones: gathered where they are, and no error where they are not.
struct GoldLabels: LabelCollector {
    private var labels: any LabelCollector
    /// Whether each row has a label.
    private var isLabelled: [Bool] = []

    init(_ labels: any LabelCollector) {
        self.labels = labels
    }

    mutating func columns(in reader: RecordReader) throws(CorpusError) -> [Int] {
        try labels.columns(in: reader)
    }

    mutating func add(_ cells: ArraySlice<Cell>, at place: DataPlace) throws(CorpusError) {
        do throws(CorpusError) {
            try labels.add(cells, at: place)
            isLabelled.append(true)
        } catch .emptyLabel {
            isLabelled.append(false)
        }
    }

    func record(in log: inout CleaningLog) { labels.record(in: &log) }

    func finish(file: String) throws(CorpusError) -> CollectedLabels {
        try labels.finish(file: file)
    }

    /// The labels of each row as those of another label space, ascending; nil where nobody gave any. Shape: [N].
    /// - Throws: `CorpusError.foreignGold` for labels that the other space cannot have.
    func labels(in space: LabelSpace, ids: [String], file: String) throws(CorpusError) -> [[Int]?] {
        guard isLabelled.contains(true) else { return isLabelled.map { _ in nil } }
        let own = try finish(file: file)
        let known = LabelReader(space.names)
        var next = 0
        var rows: [[Int]?] = []
        for (row, isLabelled) in isLabelled.enumerated() {
            guard isLabelled else {
                rows.append(nil)
                continue
            }
            let names = own.targets.labels(ofRow: next).map { own.labelSpace.names[$0] }
            next += 1
            let labels = names.compactMap(known.index)
            guard labels.count == names.count, space.kind == .multilabel || labels.count == 1 else {
                throw .foreignGold(id: ids[row], labels: names, known: space.names)
            }
            rows.append(labels.sorted())
        }
        return rows
    }
}
