import Labels
import SettingKeys
import Tables

extension CorpusError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .table(let error):
            if case .missingColumn(_, "label", _) = error, error.listsColumns {
                return error.description + nameTheLabel
            }
            return error.description
        case .noRows(let file, let missing):
            if missing.rows > 0 { return "\(file): no row has both a text and a label (\(missing))" }
            return "\(file): there are no rows"
        case .backwardRange(let file, let range):
            return "\(file): the range of columns '\(shown(range))' ends before it begins"
        case .emptyText(let place):
            return "\(place): the text is empty\(leaveOut)"
        case .emptyID(let place):
            return "\(place): the id is empty"
        case .duplicateID(let id, let first, let second):
            return "\(second): id '\(shown(id))' stands already at \(first)"
        case .emptyLabel(let place, let column, let mayBeList):
            return
                "\(place): column '\(shown(column))': the label is empty\(leaveOut)"
                + (mayBeList
                    ? ", or, if a row may have no label or several, say what joins them: 'labels: {separator: \";\"}'"
                    : "")
        case .unknownLabel(let place, let value, let expected, let readsNumbers):
            return
                "\(place): found label '\(shown(value))'\(nearestHint(value, expected)); expected one of \(listed(expected))"
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
        case .badRating(let place, let column, let value):
            return "\(place): column '\(shown(column))': found rating '\(shown(value))', expected a number"
        case .wrongRatingCount(let place, let column, let found, let expected):
            return
                "\(place): column '\(shown(column))': found \(counted(found, "rating")), expected "
                + (expected.map { "\($0)" } ?? "at least one")
        case .unknownRatedID(let id, let place):
            return "\(place): no row of the dataset has the id '\(shown(id))', which has ratings here"
        case .emptyRater(let place, let column):
            return
                "\(place): column '\(shown(column))' is empty; every rating needs its rater and the group that is its text"
        case .noRatings(let id, let file):
            return "\(file): row '\(shown(id))' of the dataset has no ratings here"
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
            return
                "there is no labeler '\(name)'\(nearestHint(name, known)); known labelers: \(listed(known))"
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
            return
                "clean.drop-columns: there is no label column '\(shown(name))'\(nearestHint(name, found)); "
                + "label columns: \(listed(found))"
        }
    }
}

/// The remedy where no column has the name that labels have by default.
private let nameTheLabel =
    "; name the one with the labels: 'labels: {column: ...}' (--label), or, where each label has a column of 0 and 1, "
    + "'labels: {columns: [...]}' (--label-columns)"

/// The remedy where a row lacks something.
private let leaveOut = "; leave such rows out with 'clean: {drop-missing: true}' (--drop-missing)"
