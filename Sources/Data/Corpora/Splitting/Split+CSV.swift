/// The text of `split.csv`: a header, then `row,part` for each row, counted from 0; lines end in LF.
extension Split {
    private static let header = "row,split"

    package var csv: [UInt8] {
        var text = Array((Self.header + "\n").utf8)
        for (row, part) in parts.enumerated() {
            text += String(row).utf8
            text.append(UInt8(ascii: ","))
            text += part.rawValue.utf8
            text.append(UInt8(ascii: "\n"))
        }
        return text
    }

    /// Reads such a text.
    ///
    /// - Parameters:
    ///   - file: Named in errors.
    ///   - rows: How many rows there must be.
    /// - Throws: `SplitError.badLine`, `.repeatedRow`, `.rowOutOfRange`, `.unknownPart` or `.missingRow`.
    package init(csv: String, file: String, rows: Int) throws(SplitError) {
        var lines = csv.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last == "" { lines.removeLast() }
        guard lines.first ?? "" == Self.header else {
            throw .badLine(
                file: file, line: 1, found: String(lines.first ?? ""), expected: "'\(Self.header)'")
        }
        var parts = [Part?](repeating: nil, count: rows)
        for (index, text) in lines.enumerated().dropFirst() {
            let line = index + 1
            let cells = text.split(separator: ",", omittingEmptySubsequences: false)
            guard cells.count == 2, let row = Int(cells[0]) else {
                throw .badLine(
                    file: file, line: line, found: String(text), expected: "a row number and a part")
            }
            guard let part = Part(rawValue: String(cells[1])) else {
                throw .unknownPart(file: file, line: line, found: String(cells[1]))
            }
            guard parts.indices.contains(row) else {
                throw .rowOutOfRange(file: file, line: line, row: row, rows: rows)
            }
            guard parts[row] == nil else { throw .repeatedRow(file: file, line: line, row: row) }
            parts[row] = part
        }
        if let row = parts.firstIndex(of: nil) { throw .missingRow(file: file, row: row) }
        self.init(parts: parts.compactMap(\.self))
    }
}
