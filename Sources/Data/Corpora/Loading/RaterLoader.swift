import Labels
import Tables

extension RaterSchema {
    /// Reads the ratings of the rows of a table, found by their ids.
    ///
    /// - Throws: `CorpusError` for a cell that is no list of numbers, a list of another length, an id that stands twice, that no
    ///   row of the dataset has, or that has no ratings. Ids of rows that were left out while reading may have ratings.
    func ratings(of table: TextTable) throws(CorpusError) -> Ratings {
        var rows: [String: (place: DataPlace, ratings: [Double])] = [:]
        var order: [String] = []
        var reader = try fromTable(RecordReader(file.source(), format, encoding: encoding))
        let columns = [
            try fromTable(reader.column(idColumn)), try fromTable(reader.column(ratingsColumn)),
        ]
        var cells: [Cell] = []
        while let place = try fromTable(reader.read(columns, into: &cells)) {
            guard case .text(let id) = cells[0], !id.isEmpty else { throw .emptyID(place) }
            if let first = rows[id]?.place { throw .duplicateID(id, first: first, second: place) }
            rows[id] = (place, try numbers(cells[1], at: place))
            order.append(id)
        }
        let known = Set(table.ids)
        let leftOut = table.cleaning.dropped.reduce(0) { $0 + $1.count }
        let others = order.filter { !known.contains($0) }
        if others.count > leftOut, let id = others.first, let place = rows[id]?.place {
            throw .unknownRatedID(id, place)
        }
        var values: [[Double]] = []
        for id in table.ids {
            guard let ratings = rows[id]?.ratings else { throw .noRatings(id: id, file: file.path) }
            values.append(ratings)
        }
        return Ratings(bins: bins, values: values)
    }

    /// The numbers of a cell: a JSON array, or a text such as `[0, -1, 2]`, with or without its brackets.
    private func numbers(_ cell: Cell, at place: DataPlace) throws(CorpusError) -> [Double] {
        let items: [String]
        switch cell {
        case .missing: items = []
        case .list(let list): items = list
        case .text(let text):
            var list = trimmed(text)[...]
            if list.hasPrefix("["), list.hasSuffix("]"), list.count > 1 { list = list.dropFirst().dropLast() }
            let isBlank = trimmed(String(list)).isEmpty
            items =
                isBlank ? [] : list.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        var numbers: [Double] = []
        for item in items {
            guard let number = decimalNumber(trimmed(item)) else {
                throw .badRating(place, column: ratingsColumn, value: trimmed(item))
            }
            numbers.append(number)
        }
        if numbers.isEmpty || count.map({ numbers.count != $0 }) == true {
            throw .wrongRatingCount(place, column: ratingsColumn, found: numbers.count, expected: count)
        }
        return numbers
    }
}
