/// The rows of JSON Lines, or of an array of objects. The keys of the first object are the columns; later ones may have more.
struct ObjectRows: RowReader {
    let columns: ColumnNames
    private let name: String
    private var json: JSONLinesReader
    /// The columns that were asked for though the first object lacks them.
    private let late = LateColumns()
    /// Whether values that are no cells count as missing: for who looks at all columns.
    private let passesOverOddValues: Bool
    /// The columns that are being read, and where each is among the keys that are looked for.
    private var wanted: [Int]?
    private var keys = JSONKeys([])
    private var places: [Int] = []

    init(
        _ source: ByteSource, encoding: TextEncoding, passesOverOddValues: Bool
    ) throws(TableError) {
        name = source.name
        self.passesOverOddValues = passesOverOddValues
        json = try JSONLinesReader(source.unpacked().decoded(from: encoding).requiringText())
        guard let keys = try json.nextKeys() else { throw .emptyFile(file: source.name) }
        columns = ColumnNames(keys)
    }

    var object: [UInt8] { json.bytes }
    var wouldWait: Bool { json.wouldWait }

    func columnToCome(_ name: String) -> Int? {
        if columns.all.contains(where: { $0.hasPrefix("\(name).") }) { return nil }
        return columns.all.count + late.index(of: name)
    }

    func name(ofColumn column: Int) -> String {
        let known = columns.all.count
        return column < known ? columns.name(of: column) : late.names[column - known]
    }

    mutating func read(_ wanted: [Int], into cells: inout [Cell]) throws(TableError) -> DataPlace? {
        if wanted != self.wanted { lookFor(wanted) }
        guard let (place, found) = try json.next(keys) else {
            if let column = late.unseen {
                throw .missingColumn(file: name, column: column, found: columns.all)
            }
            return nil
        }
        for (column, place) in zip(wanted, places) {
            if column >= columns.all.count, found[place] != nil { late.see(column - columns.all.count) }
            cells.append(found[place] ?? .missing)
        }
        return place
    }

    private mutating func lookFor(_ wanted: [Int]) {
        self.wanted = wanted
        var names: [String] = []
        var placesOfColumns: [Int: Int] = [:]
        places = wanted.map { column in
            if let place = placesOfColumns[column] { return place }
            placesOfColumns[column] = names.count
            names.append(name(ofColumn: column))
            return names.count - 1
        }
        keys = JSONKeys(names)
        keys.passesOverOddValues = passesOverOddValues
    }

    /// What is left of the file may be read to find that out.
    mutating func unseenColumn() -> TableError? {
        guard late.unseen != nil, let wanted else { return nil }
        var cells: [Cell] = []
        do throws(TableError) {
            while late.unseen != nil, try read(wanted, into: &cells) != nil {
                cells.removeAll(keepingCapacity: true)
            }
        } catch {
            if case .missingColumn = error { return error }
        }
        return nil
    }
}

/// Columns that were asked for before a row had them; a class, because to ask for a column changes no reader.
private final class LateColumns {
    private(set) var names: [String] = []
    private var indices: [String: Int] = [:]
    private var isSeen: [Bool] = []
    /// How many have been seen.
    private var seenCount = 0

    /// The index of a name, which is new or known.
    func index(of name: String) -> Int {
        if let index = indices[name] { return index }
        indices[name] = names.count
        names.append(name)
        isSeen.append(false)
        return names.count - 1
    }

    func see(_ index: Int) {
        if !isSeen[index] { seenCount += 1 }
        isSeen[index] = true
    }

    /// A column that no row had so far.
    var unseen: String? {
        seenCount == names.count ? nil : isSeen.firstIndex(of: false).map { names[$0] }
    }
}
