import Labels
import Tables

/// Labels that stand as names or numbers in one column, one or a list in each row.
///
/// Spellings are labels by the rule of `LabelSpelling`. Whether texts such as `['joy', 'love']` are lists is decided when
/// all cells are known.
struct ValueLabels: LabelCollector {
    let column: String
    let separator: String?
    let kind: LabelKind?
    /// Whether the labels stand in an order that means something.
    let isOrdinal: Bool
    /// Given by the schema, or told by the first file that tells them.
    private(set) var names: [String]?
    private let hasGivenNames: Bool
    let reading: LabelReading

    /// A distinct cell in its two readings.
    private struct DistinctCell {
        let place: DataPlace
        /// As one text, or as a list of texts joined by the separator.
        let values: [String]
        /// As a list that the text spells out.
        let list: LabelList?
        /// How many rows have it.
        var rows = 0
    }

    /// Most rows have the labels of an earlier one.
    private var numbers: [Cell: Int] = [:]
    private var cells: [DistinctCell] = []
    /// The cell of each row. Shape: [N].
    private var rowCells: [Int] = []
    private var hasLists = false

    init(
        column: String, separator: String?, kind: LabelKind?, isOrdinal: Bool = false, names: [String]?,
        reading: LabelReading = LabelReading()
    ) {
        self.column = column
        self.separator = separator
        self.kind = kind
        self.isOrdinal = isOrdinal
        self.names = names
        self.reading = reading
        hasGivenNames = names != nil
    }

    /// Whether a row is known to have one label.
    private var isSingle: Bool { kind == .binary || kind == .multiclass || isOrdinal }

    mutating func columns(in reader: RecordReader) throws(CorpusError) -> [Int] {
        let index = try fromTable(reader.column(column))
        if !hasGivenNames, let told = reader.classNames(ofColumn: index) {
            if let names, names != told {
                throw .differentNames(file: reader.name, column: column, names: told, before: names)
            }
            names = told
        }
        return [index]
    }

    mutating func add(_ row: ArraySlice<Cell>, at place: DataPlace) throws(CorpusError) {
        let cell = row.first ?? .missing
        var number = numbers[cell]
        if number == nil {
            let new = try distinctCell(cell, at: place)
            number = cells.count
            numbers[cell] = number
            cells.append(new)
        }
        guard let number else { return }
        cells[number].rows += 1
        rowCells.append(number)
    }

    private mutating func distinctCell(_ cell: Cell, at place: DataPlace) throws(CorpusError) -> DistinctCell
    {
        var values: [String]
        var list: LabelList?
        switch cell {
        case .missing:
            throw emptyLabel(place)
        case .list(let items):
            if isSingle { throw .table(.unexpectedList(place, column: column)) }
            hasLists = true
            values = items.map(LabelSpelling.trimmed)
        case .text(let text):
            let text = LabelSpelling.trimmed(text)
            list = LabelList(text)
            values = kind != .multilabel ? [text] : text.isEmpty ? [] : split(text)
        }
        if values.contains(where: isMissing) && list == nil { throw emptyLabel(place) }
        if let list, list.items.contains(where: reading.isMissing) { throw emptyLabel(place) }
        return DistinctCell(place: place, values: values, list: list)
    }

    private func isMissing(_ value: String) -> Bool {
        // Where the file names its classes, this number is that of none.
        reading.isMissing(value) || !hasGivenNames && names != nil && value == LabelSchema.missingClass
    }

    private func emptyLabel(_ place: DataPlace) -> CorpusError {
        .emptyLabel(place, column: column, mayBeList: separator == nil && names == nil && kind == nil)
    }

    func finish(file: String) throws(CorpusError) -> CollectedLabels {
        let readsLists = try spellsLists()
        let isMultilabel = readsLists || hasLists || kind == .multilabel
        try requireFewLabels(isMultilabel: isMultilabel, file: file)

        var vocabulary = LabelVocabulary(ignoresCase: reading.ignoresCase == true)
        var places: [DataPlace] = []
        var codesOfCells: [[Int]] = []
        for cell in cells {
            var codes: [Int] = []
            for value in readsLists ? items(of: cell) : cell.values {
                let code = vocabulary.code(of: reading.label(value))
                if code == places.count { places.append(cell.place) }
                codes.append(code)
            }
            codesOfCells.append(codes)
        }
        let found: [String]
        if let names { found = names } else { found = try foundNames(vocabulary, places) }
        let inferred: LabelKind = isMultilabel ? .multilabel : found.count == 2 ? .binary : .multiclass
        var space = try labelSpace(kind ?? inferred, found, file: file)
        if isOrdinal, names == nil, let label = found.first(where: { decimalNumber($0) == nil }) {
            throw .unorderedLabels(file: file, column: column, label: label)
        }
        space.isOrdinal = isOrdinal
        let labels = try labelsOfCodes(vocabulary, places, space)

        var notices = names == nil && reading.ignoresCase == nil ? vocabulary.notices : []
        if !readsLists, separator == nil, let notice = separatorNotice(isMultilabel: isMultilabel) {
            notices.append(notice)
        }
        var origins = LabelOrigins()
        origins.isKindInferred = kind == nil
        origins.allowsUnseen = reading.allowsUnseen
        if names == nil {
            origins.areListed = false
            origins.firstPlaces = places
            for (code, label) in labels.enumerated() { origins.firstPlaces[label] = places[code] }
        }
        return CollectedLabels(
            targets: targets(codesOfCells.map { $0.map { labels[$0] } }, space), labelSpace: space,
            origins: origins, notices: notices)
    }

    private func targets(_ labelsOfCells: [[Int]], _ space: LabelSpace) -> Targets {
        if space.kind != .multilabel { return .classes(rowCells.map { labelsOfCells[$0][0] }) }
        var matrix = IndicatorMatrix(rowCount: rowCells.count, labelCount: space.count)
        for (row, cell) in rowCells.enumerated() {
            for label in labelsOfCells[cell] { matrix[row, label] = true }
        }
        return .sets(matrix)
    }

    private func split(_ text: String) -> [String] {
        let separator = separator ?? LabelSchema.defaultSeparator
        var items: [String] = []
        var rest = text[...]
        while let range = rest.firstRange(of: separator) {
            items.append(LabelSpelling.trimmed(String(rest[..<range.lowerBound])))
            rest = rest[range.upperBound...]
        }
        // A separator at the end closes the list.
        let last = LabelSpelling.trimmed(String(rest))
        return last.isEmpty && !items.isEmpty ? items : items + [last]
    }

    // MARK: What the column as a whole says

    /// Whether the texts are lists as Python, NumPy or JSON writes them.
    /// - Throws: `CorpusError.mixedLists` where some are and some are not.
    private func spellsLists() throws(CorpusError) -> Bool {
        let texts = cells.filter { !$0.values.isEmpty || $0.list != nil }
        switch LabelList.reading(of: texts.map(\.list)) {
        case .plain:
            return false
        case .lists(let first):
            if isSingle {
                throw .table(.unexpectedList(texts[first].place, column: column))
            }
            return true
        case .mixed(let list, let other):
            // Where JSON's own arrays are the lists, a text is a label whatever it looks like.
            if hasLists { return false }
            throw .mixedLists(texts[list].place, other: texts[other].place, column: column)
        }
    }

    /// The items of a cell whose text is a list; bare words may be joined by the separator.
    private func items(of cell: DistinctCell) -> [String] {
        guard let list = cell.list else { return cell.values }
        guard let separator, !list.isCertain else { return list.items }
        return list.items.flatMap { item in
            item.split(separator: separator).map { LabelSpelling.trimmed(String($0)) }
        }
    }

    /// - Throws: `CorpusError.tooManyLabels` for a column that is hardly one of labels, such as texts or ids.
    private func requireFewLabels(isMultilabel: Bool, file: String) throws(CorpusError) {
        // A thousand classes are possible; more of them than rows for two each are not learnt by anything.
        let most = 1000
        guard names == nil, !isMultilabel, cells.count > most, cells.count * 2 > rowCells.count else {
            return
        }
        throw .tooManyLabels(file: file, column: column, labels: cells.count, rows: rowCells.count)
    }

    /// The names where none are given.
    /// - Throws: `CorpusError.undecidedLabels`.
    private func foundNames(
        _ vocabulary: LabelVocabulary, _ places: [DataPlace]
    ) throws(CorpusError) -> [String] {
        if let (first, second) = vocabulary.undecided {
            throw .undecidedLabels(
                places[second], vocabulary.spelling(ofCode: second),
                first: vocabulary.spelling(ofCode: first),
                at: places[first])
        }
        return LabelSpelling.sorted(vocabulary.names)
    }

    /// The label of each code.
    private func labelsOfCodes(
        _ vocabulary: LabelVocabulary, _ places: [DataPlace], _ space: LabelSpace
    ) throws(CorpusError) -> [Int] {
        if names == nil {
            let indices = space.indices
            // Every code has a name of its own.
            return vocabulary.names.map { indices[$0] ?? 0 }
        }
        let reader = LabelReader(
            space.names, countsNames: reading.countsNames, ignoresCase: reading.ignoresCase == true)
        var labels: [Int] = []
        for code in 0..<vocabulary.count {
            let value = vocabulary.spelling(ofCode: code)
            // Where the file itself names its classes, a number is a place among them, even if names are numbers too.
            if !hasGivenNames, let number = decimalNumber(value) {
                guard let label = Int(exactly: number), space.names.indices.contains(label) else {
                    throw .unknownLabel(
                        places[code], value: value, expected: space.names, readsNumbers: true)
                }
                labels.append(label)
                continue
            }
            guard let label = reader.index(of: value) else {
                throw .unknownLabel(
                    places[code], value: value, expected: space.names, readsNumbers: reader.readsNumbers)
            }
            labels.append(label)
        }
        return labels
    }

    /// What to say where cells seem to hold several labels that something else joins.
    private func separatorNotice(isMultilabel: Bool) -> String? {
        for mark in [";", ",", "|", "/", "+", "\t"]
        where !(isMultilabel && mark == LabelSchema.defaultSeparator) {
            let joined = cells.filter { $0.values.count == 1 && $0.values[0].contains(mark) }
            guard joined.count >= 2 else { continue }
            var occurrences: [String: Int] = [:]
            for cell in cells {
                for value in cell.values {
                    let pieces = Set(value.split(separator: mark).map { LabelSpelling.trimmed(String($0)) })
                    for piece in pieces { occurrences[piece, default: 0] += 1 }
                }
            }
            let pieces = joined.flatMap { $0.values[0].split(separator: mark) }
            let shared = pieces.count { occurrences[LabelSpelling.trimmed(String($0)), default: 0] > 1 }
            // Pieces of names meet by chance; pieces of lists meet again and again.
            guard shared * 2 > pieces.count else { continue }
            let isEvery = joined.count == cells.count
            return "column '\(column)': \(isEvery ? "every" : "\(joined.count) of \(cells.count)") different "
                + "\(isEvery ? "cell holds" : "cells hold") '\(mark == "\t" ? "a tab" : mark)', and each is read as one label; if it "
                + "joins several, set 'labels: {separator: \"\(mark == "\t" ? "\\t" : mark)\"}' (--separator)"
        }
        return nil
    }
}
