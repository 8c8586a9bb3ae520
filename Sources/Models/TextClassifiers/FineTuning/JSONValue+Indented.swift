import TextTokenizers

extension JSONValue {
    /// As JSON, a line for each value, with the keys of objects sorted. A number that was read with a decimal point is
    /// written with one: some classes of `transformers` refuse a whole number in its place.
    package var indentedText: String { indented(by: 0) }

    private static let step = 2

    private func indented(by depth: Int) -> String {
        switch self {
        case .null, .bool, .integer, .number, .string: text
        case .array(let values):
            JSONValue.lines(values.map { $0.indented(by: depth + 1) }, depth, "[", "]")
        case .object(let members):
            JSONValue.lines(
                members.sorted { $0.key < $1.key }.map {
                    "\(JSONValue.string($0.key).text) : \($0.value.indented(by: depth + 1))"
                }, depth, "{", "}")
        }
    }

    private static func lines(_ items: [String], _ depth: Int, _ open: String, _ close: String) -> String {
        if items.isEmpty { return open + close }
        let inner = String(repeating: " ", count: step * (depth + 1))
        let outer = String(repeating: " ", count: step * depth)
        return "\(open)\n\(inner)\(items.joined(separator: ",\n\(inner)"))\n\(outer)\(close)"
    }
}
