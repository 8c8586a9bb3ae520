import Labels
import SettingKeys

extension CorpusError: CustomStringConvertible {
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
        case .noRows(let file, let missing):
            if missing.rows > 0 { return "\(file): no row has both a text and a label (\(missing))" }
            return "\(file): there are no rows"
        case .invalidUTF8(let place, let byteOffset):
            return "\(place): not UTF-8 text at byte \(byteOffset); "
                + (byteOffset == 0
                    ? "if it is UTF-16, set 'encoding: utf-16' (--encoding utf-16), or convert it: "
                        + "iconv -f UTF-16 -t UTF-8 OLD > NEW"
                    : "if it is Latin-1 or Windows-1252, set 'encoding: windows-1252' (--encoding windows-1252), or "
                        + "convert it: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW")
        case .unbalancedQuote(let place):
            return "\(place): a quote that opens here is never closed; "
                + "if quotes stand for themselves in this file, set 'quoting: none'"
        case .raggedRow(let place, let found, let expected):
            return "\(place): found \(counted(found, "field")), expected \(expected); "
                + (found > expected
                    ? "if a text holds the delimiter or a tab, put it in quotes (and set 'quoting: rfc4180' for tsv)"
                    : "if a text holds a line ending, put it in quotes (and set 'quoting: rfc4180' for tsv)")
        case .runawayRow(let place, let lines, let found, let expected):
            return
                "\(place): found \(counted(found, "field")), expected \(expected), in a row that goes on over "
                + "\(lines) lines; probably a quote opens here that is never closed or stands for itself: double "
                + "it, or set 'quoting: none'"
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
            return "\(file): there is no column '\(shown(column))'\(hint(column, found)); "
                + "columns found: \(listed(found))" + (column == "label" ? nameTheLabel : "")
        case .backwardRange(let file, let range):
            return "\(file): the range of columns '\(shown(range))' ends before it begins"
        case .emptyText(let place):
            return "\(place): the text is empty\(leaveOut)"
        case .emptyID(let place):
            return "\(place): the id is empty"
        case .duplicateID(let id, let first, let second):
            return "\(second): id '\(shown(id))' stands already at \(first)"
        case .unexpectedList(let place, let column):
            return "\(place): column '\(shown(column))': found a list, expected one value"
        case .emptyLabel(let place, let column, let mayBeList):
            return
                "\(place): column '\(shown(column))': the label is empty\(leaveOut)"
                + (mayBeList
                    ? ", or, if a row may have no label or several, say what joins them: 'labels: {separator: \";\"}'"
                    : "")
        case .unknownLabel(let place, let value, let expected, let readsNumbers):
            return
                "\(place): found label '\(shown(value))'\(hint(value, expected)); expected one of \(listed(expected))"
                + (readsNumbers ? ", or its number, 0 to \(expected.count - 1)" : "")
                + (LabelSpelling.soundsMissing(value)
                    ? "; if it means that the label is not told, set 'labels: {missing: [\(shown(value))]}'"
                    : "")
        case .undecidedLabels(let place, let value, let first, let other):
            return
                "\(place): found label '\(shown(value))', and '\(shown(first))' at \(other): they may be one label or two; "
                + "list the labels with 'labels: {names: [...]}', or make them one with "
                + "'labels: {rename: {\"\(shown(value))\": \"\(shown(first))\"}}'"
        case .mixedLists(let place, let other, let column):
            return
                "\(place): column '\(shown(column))': the cell is a list as Python or JSON writes it, and the cell at \(other) is not; "
                + "expected lists in all rows or in none"
        case .unorderedLabels(let file, let column, let label):
            return
                "\(file): column '\(shown(column))': label '\(shown(label))' is no number, so the order of ordinal labels is not known; "
                + "list them from least to most with 'labels: {names: [...]}'"
        case .unorderedOther:
            return "clean.rare-classes: 'other' has no place in the order of ordinal labels; expected drop"
        case .tooManyLabels(let file, let column, let labels, let rows):
            return
                "\(file): column '\(shown(column))' has \(labels) different values in \(rows) rows, so it is hardly the label; name "
                + "another with 'labels: {column: ...}' (--label), or list its names with 'labels: {names: FILE}'"
        case .badNumber(let place, let column, let value):
            return "\(place): column '\(shown(column))': found '\(shown(value))', expected a number"
        case .badIndicator(let place, let column, let value):
            return
                "\(place): column '\(shown(column))': found '\(shown(value))', expected 0 or 1, or false or true"
        case .badLabels(let file, let error):
            return "\(file): \(error)"
        case .wrongNameCount(let file, let found, let expected):
            return
                "\(file): found \(counted(found, "label name")), expected \(expected), one for each label column"
        case .differentNames(let file, let column, let names, let before):
            return
                "\(file): column '\(shown(column))' has the classes \(listed(names)), but a file before has "
                + "\(listed(before)); give 'labels.names'"
        case .unknownLabeler(let name, let known):
            return "there is no labeler '\(name)'\(hint(name, known)); known labelers: \(listed(known))"
        case .labelerFailed(let name, let reason):
            return "labels.from: \(name): \(reason)"
        case .foreignGold(let id, let labels, let known):
            return
                "labels.gold: row '\(shown(id))' has \(labels.isEmpty ? "no label" : listed(labels)); expected what the "
                + "labeler gives too: \(listed(known))"
        case .noLabels:
            return "the dataset has no 'labels'"
        case .unpairedRows(let file, let rows, let labels, let labelRows):
            return "\(file): \(counted(rows, "row")), but \(counted(labelRows, "label")) in \(labels); "
                + "expected one label for each row, in the same order"
        case .nothingLeft(let steps):
            return "cleaning left no row: \(steps.joined(separator: "; "))"
        case .capOfLabelSets:
            return
                "clean.per-class: the dataset is multilabel, expected one class a row; use 'rows:' for a sample"
        case .sampleOfMissingParts:
            return "clean.rows: the dataset has no official parts; expected one number of rows"
        case .unknownDroppedColumn(let name, let found):
            return "clean.drop-columns: there is no label column '\(shown(name))'\(hint(name, found)); "
                + "label columns: \(listed(found))"
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

/// The name that was probably meant, if any is near. A number is not a misspelling of another.
private func hint(_ word: String, _ names: [String]) -> String {
    if decimalNumber(word) != nil { return "" }
    return nearest(to: word, in: names).map { "; did you mean '\(shown($0))'?" } ?? ""
}

/// `1 field`, `2 fields`.
private func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
}

/// The remedy where no column has the name that labels have by default.
private let nameTheLabel =
    "; name the one with the labels: 'labels: {column: ...}' (--label), or, where each label has a column of 0 and 1, "
    + "'labels: {columns: [...]}' (--label-columns)"

/// The remedy where a row lacks something.
private let leaveOut = "; leave such rows out with 'clean: {drop-missing: true}' (--drop-missing)"
