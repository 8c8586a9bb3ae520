/// What stands in one column of one row.
public enum Cell: Hashable, Sendable {
    /// Nothing: JSON's null, or a key that the row lacks.
    case missing
    /// Text; numbers and truth values of JSON as they are spelled.
    case text(String)
    /// A JSON array of texts, numbers or truth values.
    case list([String])
}
