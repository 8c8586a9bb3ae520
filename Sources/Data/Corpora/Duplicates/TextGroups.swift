import Labels

/// Which rows have the same text, or nearly the same.
public struct TextGroups: Equatable, Sendable {
    /// The group of each row: the number of the first row that belongs to it. Shape: [N].
    public let first: [Int]
    /// Of near texts: those that were not compared with all that could be near them, which may then be in groups of their
    /// own.
    public let cutTexts: Int

    /// Groups of equal normalised texts: lower case, white space collapsed.
    public init(equal texts: [String]) {
        self.init(names: texts.map { NormalizedText($0).text })
    }

    /// Groups of near texts, as `TextComparison` finds them.
    public init(near texts: [String]) {
        self = TextComparison(texts).near
    }

    /// Groups of equal values of a column, where 1 and 1.0 are equal as labels are; a row without a value is alone.
    init(columnValues values: [String]) {
        self.init(
            names: values.enumerated().map { row, value in
                let value = LabelSpelling.canonical(value)
                // No canonical spelling begins with a space.
                return value.isEmpty ? " \(row)" : value
            })
    }

    /// Groups of equal names, such as those of a column.
    init(names: [String]) {
        var rows = [String: Int](minimumCapacity: names.count)
        cutTexts = 0
        first = names.enumerated().map { row, name in
            if let first = rows[name] { return first }
            rows[name] = row
            return row
        }
    }

    init(first: [Int], cutTexts: Int = 0) {
        self.first = first
        self.cutTexts = cutTexts
    }

    /// Rows that are not the first of their group.
    public var repeats: [Int] { first.indices.filter { first[$0] != $0 } }

    /// The first rows of the groups, ascending, and the place there of each row's group.
    var numbered: (firstRows: [Int], numberOfRow: [Int]) {
        var firstRows: [Int] = []
        var numberOfRow: [Int] = []
        for (row, first) in first.enumerated() {
            if first == row {
                numberOfRow.append(firstRows.count)
                firstRows.append(row)
            } else {
                numberOfRow.append(numberOfRow[first])
            }
        }
        return (firstRows, numberOfRow)
    }
}
