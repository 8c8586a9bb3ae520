import Labels

/// Labels that stand as names or numbers in one column, one or a list in each row.
struct ValueLabels: LabelCollector {
    let column: String
    let separator: String?
    let kind: LabelKind?
    let names: [String]?

    /// The number of each distinct value, in order of occurrence, and where it occurred first.
    private var codes: [String: Int] = [:]
    /// The codes of each distinct cell: most rows have the labels of an earlier one.
    private var codesOfCells: [Cell: [Int]] = [:]
    private var firstPlaces: [DataPlace] = []
    /// The codes of all rows, one row after another, and where each row ends.
    private var rowCodes: [Int] = []
    private var rowEnds: [Int] = []
    private var hasLists = false

    init(column: String, separator: String?, kind: LabelKind?, names: [String]?) {
        self.column = column
        self.separator = separator
        self.kind = kind
        self.names = names
    }

    func columns(in reader: RecordReader) throws(CorpusError) -> [Int] {
        [try reader.column(column)]
    }

    mutating func add(_ cells: ArraySlice<Cell>, at place: DataPlace) throws(CorpusError) {
        let cell = cells.first ?? .missing
        if let known = codesOfCells[cell] {
            rowCodes += known
        } else {
            let codes = try values(of: cell, at: place).map { code(of: $0, at: place) }
            codesOfCells[cell] = codes
            rowCodes += codes
        }
        rowEnds.append(rowCodes.count)
    }

    private mutating func values(of cell: Cell, at place: DataPlace) throws(CorpusError) -> [String] {
        let values: [String]
        switch cell {
        case .missing:
            throw .emptyLabel(place, column: column)
        case .text(let text) where kind == .multilabel:
            values = trimmed(text).isEmpty ? [] : split(text)
        case .text(let text):
            values = [trimmed(text)]
        case .list(let items):
            if kind == .binary || kind == .multiclass { throw .unexpectedList(place, column: column) }
            hasLists = true
            values = items.map(trimmed)
        }
        if values.contains("") { throw .emptyLabel(place, column: column) }
        return values
    }

    func finish(file: String) throws(CorpusError) -> (targets: Targets, labelSpace: LabelSpace) {
        let names = self.names ?? ValueLabels.sorted(Array(codes.keys))
        let inferred: LabelKind = hasLists ? .multilabel : names.count == 2 ? .binary : .multiclass
        let space = try labelSpace(kind ?? inferred, names, file: file)
        let labels = try labelsOfCodes(space)
        if space.kind != .multilabel { return (.classes(rowCodes.map { labels[$0] }), space) }

        var matrix = IndicatorMatrix(rowCount: rowEnds.count, labelCount: space.count)
        var start = 0
        for (row, end) in rowEnds.enumerated() {
            for code in rowCodes[start..<end] { matrix[row, labels[code]] = true }
            start = end
        }
        return (.sets(matrix), space)
    }

    private func split(_ text: String) -> [String] {
        let separator = Array((separator ?? LabelSchema.defaultSeparator).utf8)
        let bytes = Array(text.utf8)
        var items: [String] = []
        var start = 0
        var i = 0
        while i < bytes.count {
            if bytes[i...].starts(with: separator) {
                items.append(trimmed(String(decoding: bytes[start..<i], as: UTF8.self)))
                i += separator.count
                start = i
            } else {
                i += 1
            }
        }
        return items + [trimmed(String(decoding: bytes[start...], as: UTF8.self))]
    }

    private mutating func code(of value: String, at place: DataPlace) -> Int {
        if let code = codes[value] { return code }
        let code = codes.count
        codes[value] = code
        firstPlaces.append(place)
        return code
    }

    /// The label of each code. A value is a name, or else the number of one.
    private func labelsOfCodes(_ space: LabelSpace) throws(CorpusError) -> [Int] {
        let indices = space.indices
        var labels = Array(repeating: 0, count: codes.count)
        // In order of occurrence, so that the first bad value is the one reported.
        for (value, code) in codes.sorted(by: { $0.value < $1.value }) {
            if let label = indices[value] {
                labels[code] = label
            } else if let number = decimalNumber(value), let label = Int(exactly: number),
                space.names.indices.contains(label)
            {
                labels[code] = label
            } else {
                throw .unknownLabel(firstPlaces[code], value: value, expected: space.names)
            }
        }
        return labels
    }

    /// By number if all values are numbers, by code point otherwise.
    private static func sorted(_ values: [String]) -> [String] {
        // UTF-8 sorts as code points do; `String` itself sorts by normal form.
        let byCodePoint = values.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let numbers = byCodePoint.compactMap(decimalNumber)
        guard numbers.count == values.count else { return byCodePoint }
        return zip(numbers, byCodePoint).sorted { $0.0 < $1.0 }.map(\.1)
    }
}
