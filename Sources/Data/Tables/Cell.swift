/// What stands in one column of one row.
public enum Cell: Hashable, Sendable {
    /// Nothing: JSON's null, or a key that the row lacks.
    case missing
    /// Text; numbers and truth values of JSON as they are spelled.
    case text(String)
    /// A JSON array of texts, numbers or truth values.
    case list([String])
}

extension Cell {
    /// As one text, lists joined by `|`; empty for nothing.
    package var text: String {
        switch self {
        case .missing: ""
        case .text(let text): text
        case .list(let items): items.joined(separator: "|")
        }
    }
}
