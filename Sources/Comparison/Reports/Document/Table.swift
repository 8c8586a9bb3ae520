/// Rows of cells below a header.
package struct Table: Equatable, Sendable {
    package enum Alignment { case left, right }

    /// A column's name and where its cells stand in it.
    package struct Column: Equatable, Sendable, ExpressibleByStringLiteral {
        package let name: String
        package let alignment: Alignment

        package init(stringLiteral name: String) { self = .words(name) }

        private init(_ name: String, _ alignment: Alignment) {
            (self.name, self.alignment) = (name, alignment)
        }

        package static func words(_ name: String) -> Column { Column(name, .left) }
        package static func numbers(_ name: String) -> Column { Column(name, .right) }
    }

    package let columns: [Column]
    package private(set) var rows: [[Inline]] = []
    /// Sums below the rows, which stay there when these are sorted.
    private(set) var totals: [[Inline]] = []
    /// Cells that are the best of their column, as places of rows and columns.
    private(set) var best: Set<[Int]> = []

    /// What stands where there is nothing to say.
    static let none = "n/a"

    package init(_ columns: [Column]) {
        self.columns = columns
    }

    /// Adds a row of texts.
    package mutating func add(_ row: [String]) {
        add(row.map(Inline.text))
    }

    package mutating func add(_ row: [Inline]) {
        precondition(row.count == columns.count)
        rows.append(row)
    }

    package mutating func addTotal(_ row: [Inline]) {
        precondition(row.count == columns.count)
        totals.append(row)
    }

    /// Marks cells of a column as the best.
    package mutating func markBest(_ places: [Int], column: Int) {
        for row in places { best.insert([row, column]) }
    }

    /// Without the columns that say nothing in any row.
    package var withoutEmptyColumns: Table {
        let kept = columns.indices.filter { column in
            rows.isEmpty || rows.contains { !["", Table.none].contains($0[column].plain) }
        }
        var table = Table(kept.map { columns[$0] })
        table.rows = rows.map { row in kept.map { row[$0] } }
        table.totals = totals.map { row in kept.map { row[$0] } }
        for (new, old) in kept.enumerated() {
            for place in best where place[1] == old { table.best.insert([place[0], new]) }
        }
        return table
    }

    /// The header and the rows, sums last, as texts without markup.
    var texts: [[String]] {
        [columns.map { oneLine($0.name) }] + (rows + totals).map { $0.map(\.plain) }
    }

    /// The cells of each line below one another, filled up with spaces to the width of their column.
    ///
    /// - Parameter minWidth: Of every column, in characters.
    func padded(_ lines: [[String]], minWidth: Int = 0) -> [[String]] {
        let widths = columns.indices.map { column in
            max(minWidth, lines.map { $0[column].count }.max() ?? 0)
        }
        return lines.map { line in
            columns.indices.map { column in
                let space = String(repeating: " ", count: widths[column] - line[column].count)
                return columns[column].alignment == .right ? space + line[column] : line[column] + space
            }
        }
    }
}
