import Labels
import SettingKeys

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
                "class '\(shortened(label))' has \(counted(rows, "row")), too few to be in every part "
                + "of the split (\(needed) are enough); leave such classes out with 'clean: {min-rows-per-class: \(needed), rare-classes: drop}', merge them "
                + "into one with 'rare-classes: other', or use 'stratify: none'"
        case .inTrain(let fold, let error):
            return "of the \(fold.map { "rows outside \($0)" } ?? "official train part"): \(error)"
        case .emptyPart(let part, let rows):
            return "the \(part.rawValue) part gets none of the \(rows) rows; "
                + "expected more rows or a greater share"
        case .tooFewGroups(let label, let rows, let groups):
            return
                (label.map { "class '\(shortened($0))' has" } ?? "there \(rows == 1 ? "is" : "are")")
                + " \(counted(rows, "row")) in \(counted(groups, "group")), too few for "
                + "every part of the split to get one, since groups are not divided; expected more groups, fewer parts, or no "
                + "'group-by:'"
                + (label == nil ? "" : "; 'stratify: none' does not ask for every class in every part")
        case .noOfficialParts:
            return "the dataset has no official parts; expected 'files:' with train, validation and test, "
                + "or shares in 'split:'"
        case .noGroupColumn:
            return "split.group-by: the dataset names no column to group by; expected 'columns: {group: ...}'"
        case .officialPartExists(let part):
            return "the dataset has an official \(part.rawValue) part; "
                + "expected no '\(part.rawValue):' beside 'official: true'"
        case .unseenLabel(let place, let label, let rows, let part, let train):
            let hint =
                decimalNumber(label) == nil && label.count > 2
                ? nearest(to: label, in: train).map { "; did you mean '\($0)'?" } ?? "" : ""
            return (place.map { "\($0): " } ?? "")
                + "label '\(shortened(label))' (\(counted(rows, "row")) of \(part.rawValue)) is not in train, which has "
                + "\(shortList(train))\(hint); if it means that the label is not told, set 'labels: {missing: [\(shortened(label))]}' and "
                + "'clean: {drop-missing: true}'; if it is a label, 'labels: {unseen: allow}'"
        case .nothingLearnable(let part, let labels, let train):
            return
                "no \(part.rawValue) row has a label that train has: \(part.rawValue) has \(shortList(labels)), train has "
                + "\(shortList(train)); nothing that was learnt could be right"
        case .partsPooled(let parts, let division):
            let names = parts.map(\.rawValue).joined(separator: ", ")
            return
                "the dataset has files for \(names), which 'split:' with \(division) would pool and deal anew; keep them with "
                + "'split: official', take validation alone out of train with 'split: {official: true, validation: 0.1}', or say that "
                + "they are to be pooled with 'official: false' beside the shares"
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

/// A few label names; beyond that nobody reads on.
private func shortList(_ names: [String]) -> String {
    names.prefix(6).map(shortened).joined(separator: ", ") + (names.count > 6 ? ", ..." : "")
}

/// At most 40 characters of a label.
private func shortened(_ label: String) -> String {
    label.count > 40 ? label.prefix(37) + "..." : label
}
