/// The names of a file's columns, and where each stands.
struct ColumnNames: Sendable {
    /// Some may be repeated or empty.
    let all: [String]
    /// Where each name stands first.
    private let places: [String: Int]
    /// Names that several columns have.
    private let repeated: Set<String>

    init(_ names: [String]) {
        all = names
        let places = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
        self.places = places
        repeated =
            places.count == names.count
            ? [] : Set(names.enumerated().filter { places[$0.element] != $0.offset }.map(\.element))
    }

    /// Where a name stands first.
    func place(of name: String) -> Int? { places[name] }

    func isRepeated(_ name: String) -> Bool { repeated.contains(name) }

    /// What a column can be asked for by: its name, or its number where others have that name or it has none.
    func name(of column: Int) -> String {
        let name = all[column]
        return name.isEmpty || repeated.contains(name) ? String(column) : name
    }
}
