import SettingKeys

extension TableError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .file(let error):
            return error.description
        case .parquet(let error):
            return error.description
        case .emptyFile(let file):
            return "\(file): the file is empty"
        case .notAText(let file, let kind):
            return "\(file): this is \(kind)"
        case .invalidUTF8(let place, let byteOffset):
            return "\(place): not UTF-8 text at byte \(byteOffset); "
                + (byteOffset == 0
                    ? "if it is UTF-16, set 'encoding: utf-16' (--encoding utf-16), or convert it: "
                        + "iconv -f UTF-16 -t UTF-8 OLD > NEW"
                    : "if it is Latin-1 or Windows-1252, set 'encoding: windows-1252' (--encoding windows-1252), or "
                        + "convert it: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW")
        case .unbalancedQuote(let place):
            return "\(place): a quote that opens here is never closed; "
                + "if quotes stand for themselves in this file, set 'quoting: none' (--quoting none)"
        case .raggedRow(let place, let found, let expected):
            return "\(place): found \(counted(found, "field")), expected \(expected); "
                + (found > expected
                    ? "if a text holds the delimiter or a tab, put it in quotes (and set 'quoting: rfc4180' for tsv)"
                    : "if a text holds a line ending, put it in quotes (and set 'quoting: rfc4180' for tsv)")
        case .runawayRow(let place, let lines, let found, let expected):
            return
                "\(place): found \(counted(found, "field")), expected \(expected), in a row that goes on over "
                + "\(lines) lines; probably a quote opens here that is never closed or stands for itself: double "
                + "it, or set 'quoting: none' (--quoting none)"
        case .trailingDelimiter(let place, let inHeader):
            return inHeader
                ? "\(place): the header ends with a delimiter and this row does not; delete it from the header"
                : "\(place): the row ends with a delimiter and the header does not; add one to the header, or "
                    + "delete those of the rows"
        case .badJSON(let place, let column, let problem):
            return "\(place): not valid JSON Lines at byte \(column) of the line: \(problem)"
        case .duplicateHeader(let place, let name, let numbers):
            let times = numbers.count == 2 ? "twice" : "\(numbers.count) times"
            return
                "\(place): the header names column '\(shown(name))' \(times); rename one, or give the number of "
                + "the one that is meant: \(listed(numbers.map(String.init)))"
        case .missingColumn(let file, let column, let found):
            if let advice = otherForm(found) {
                return "\(file): there is no column '\(shown(column))': \(advice)"
            }
            if let inner = found.first(where: { $0.hasPrefix("\(column).") }) {
                return
                    "\(file): column '\(shown(column))' is an object in row 1; name what is inside it, such as '\(shown(inner))', or, if "
                    + "the file was written column by column, write it with one object a row (pandas: orient='records')"
            }
            if let delimiter = otherDelimiter(found) {
                return
                    "\(file): there is no column '\(shown(column))': the header is one column, '\(shown(found[0]))', "
                    + "which seems to be separated by \(delimiter.name); set '\(delimiter.remedy)' "
                    + "(\(delimiter.option))"
            }
            return "\(file): there is no column '\(shown(column))'\(nearestHint(column, found)); "
                + "columns found: \(listed(found))\(defaultHint(column))"
        case .unexpectedList(let place, let column):
            return "\(place): column '\(shown(column))': found a list, expected one value"
        }
    }
}

extension TableError {
    /// How to name the column that is looked for where none is named.
    private func defaultHint(_ column: String) -> String {
        switch column {
        case "text": "; name the text column with --text, in a file with 'columns: {text: ...}'"
        case "label": "; name the label column with --label, in a file with 'labels: {column: ...}'"
        default: ""
        }
    }
}

extension JSONProblem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unexpected(let found, let expected): "found \(found), expected \(expected)"
        case .nested:
            "found an object or array inside another value; only plain values and arrays of them are read"
        case .nullInList: "found null in an array"
        case .badNumber: "found a number without digits where they belong"
        case .badEscape: "found an escape that JSON does not have"
        case .loneSurrogate: "found half of a surrogate pair, which is no character"
        case .controlCharacter: "found a control character that must be escaped"
        case .repeatedKey(let key): "key '\(shown(key))' occurs twice"
        }
    }
}

extension TableError {
    /// Whether a column is missing among others, so that naming another may help.
    package var listsColumns: Bool {
        guard case .missingColumn(_, let column, let found) = self else { return false }
        return otherForm(found) == nil && otherDelimiter(found) == nil
            && !found.contains { $0.hasPrefix("\(column).") }
    }
}

/// What seems to separate the names of a header that was read as a single column.
private func otherDelimiter(_ found: [String]) -> (name: String, remedy: String, option: String)? {
    guard found.count == 1, let header = found.first else { return nil }
    let candidates = [
        (";", "semicolons", "delimiter: \";\"", "--delimiter ';'"),
        ("\t", "tabs", "format: tsv", "--input-format tsv"),
        ("|", "bars", "delimiter: \"|\"", "--delimiter '|'"),
        (",", "commas", "format: csv", "--input-format csv"),
    ]
    return candidates.first { header.contains($0.0) }.map { ($0.1, $0.2, $0.3) }
}

/// What a header is that is none, and what to try.
private func otherForm(_ found: [String]) -> String? {
    guard let first = found.first else { return nil }
    if first.lowercased().hasPrefix("sep=") {
        let delimiter = first.count > 4 ? String(first.dropFirst(4)) : ","
        return "line 1 is Excel's '\(first.count > 4 ? first : "sep=,")' and no header; delete it"
            + (delimiter == "," ? "" : ", and set 'delimiter: \"\(delimiter)\"'")
    }
    if first.hasPrefix("{") || first.hasPrefix("[{") {
        return "the file begins as JSON does; set 'format: jsonl' (--input-format jsonl)"
    }
    if found == ["0"] {
        return "every line is one field; set 'delimiter' (--delimiter) to what separates the fields"
    }
    return nil
}
