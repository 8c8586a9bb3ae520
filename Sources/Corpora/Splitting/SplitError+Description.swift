extension SplitError: CustomStringConvertible {
    public var description: String {
        let anew = "make a new split with --force, or by deleting the file"
        switch self {
        case .badShares(let train, let validation, let test):
            return "split shares train \(train), validation \(validation), test \(test): "
                + "expected none below 0 and a sum of 1"
        case .badFolds(let folds, let rows):
            return "\(folds) folds of \(rows) rows: expected at least 2 folds and a row for each"
        case .tooFewRows(let label, let rows, let needed):
            return
                "class '\(label)' has \(rows == 1 ? "1 row" : "\(rows) rows"), too few to be in every part "
                + "of the split (\(needed) are enough); merge or drop the class, or use 'stratify: none'"
        case .emptyPart(let part, let rows):
            return "the \(part.rawValue) part gets none of the \(rows) rows; "
                + "expected more rows or a greater share"
        case .noOfficialParts:
            return "the dataset has no official parts; expected 'files:' with train, validation and test, "
                + "or shares in 'split:'"
        case .noGroupColumn:
            return "split.group-by: the dataset names no column to group by; expected 'columns: {group: ...}'"
        case .officialPartExists(let part):
            return "the dataset has an official \(part.rawValue) part; "
                + "expected no '\(part.rawValue):' beside 'official: true'"
        case .file(let error):
            return error.description
        case .badRecord(let file, let reason):
            return "\(file): not the record of a split: \(reason); \(anew)"
        case .datasetChanged(let file, let stored, let found):
            return "\(file): the split was made for a dataset with SHA-256 \(stored), found \(found); \(anew)"
        case .rowCountChanged(let file, let stored, let found):
            return "\(file): the split was made for \(stored) rows, found \(found); \(anew)"
        case .planChanged(let file, let differences):
            return
                "\(file): the split was made by another plan (\(differences.joined(separator: "; "))); \(anew)"
        case .badLine(let file, let line, let found, let expected):
            return "\(file):\(line): found '\(found)', expected \(expected)"
        case .repeatedRow(let file, let line, let row):
            return "\(file):\(line): row \(row) occurs twice"
        case .rowOutOfRange(let file, let line, let row, let rows):
            return "\(file):\(line): found row \(row), expected a row from 0 to \(rows - 1)"
        case .unknownPart(let file, let line, let found):
            return "\(file):\(line): found part '\(found)', expected train, validation or test"
        case .missingRow(let file, let row):
            return "\(file): row \(row) is missing"
        case .edited(let file, let stored, let found):
            return "\(file): SHA-256 is \(found), stored as \(stored): it was edited; restore it, or \(anew)"
        }
    }
}
