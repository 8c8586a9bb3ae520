import Tables

/// The columns that make up a row's text, in their order.
///
/// Of several, those that hold something are joined; a row has no text where none does. So a message without a subject
/// is its body, and begins with no separator.
public struct TextColumns: Equatable, Sendable {
    /// Names or 0-based numbers, at least one.
    public var names: [String]
    /// What stands between the texts of two columns.
    public var separator: String

    public static let defaultSeparator = " "

    /// - Precondition: At least one name.
    public init(_ names: [String], separator: String = TextColumns.defaultSeparator) {
        precondition(!names.isEmpty)
        self.names = names
        self.separator = separator
    }

    public init(_ name: String) { self.init([name]) }

    /// Where the columns stand in a file.
    public func indices(in reader: RecordReader) throws(TableError) -> [Int] {
        var indices: [Int] = []
        for name in names { indices.append(try reader.column(name)) }
        return indices
    }

    /// The text of a row; empty where it has none.
    /// - Parameter cells: Those of the columns, in their order.
    public func text(of cells: ArraySlice<Cell>, at place: DataPlace) throws(TableError) -> String {
        var parts: [String] = []
        for (cell, name) in zip(cells, names) {
            switch cell {
            case .text(let text):
                if names.count == 1 { return text }
                if !text.unicodeScalars.allSatisfy(isWhiteSpace) { parts.append(text) }
            case .missing: break
            case .list: throw .unexpectedList(place, column: name)
            }
        }
        return parts.joined(separator: separator)
    }
}
