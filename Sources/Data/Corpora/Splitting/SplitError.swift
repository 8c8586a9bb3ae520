import SafeFiles
import Tables

/// What can go wrong when a split is made, stored or read back.
public enum SplitError: Error, Equatable, Sendable {
    // Plans.
    case badShares(train: Double, validation: Double, test: Double)
    case badFolds(folds: Int, rows: Int)

    // Corpora that a plan does not fit.
    /// The class got no row in some part. With `needed` rows it would be in every part for certain.
    case tooFewRows(label: String, rows: Int, needed: Int)
    /// One of these, of the rows that were to be divided alone: those outside a fold, or the official train part where there is
    /// none.
    indirect case inTrain(of: Fold?, SplitError)
    /// A part has a share but gets no row.
    case emptyPart(Part, rows: Int)
    /// Groups go to parts whole, and there are too few for that: of all rows, or of those of a class.
    case tooFewGroups(label: String?, rows: Int, groups: Int)
    case noOfficialParts
    /// The plan groups by a column that the dataset does not name.
    case noGroupColumn
    /// The plan would carve a part that the corpus came with.
    case officialPartExists(Part)

    /// A label that the description of the dataset does not list stands in an official part and not in train.
    case unseenLabel(DataPlace?, label: String, rows: Int, part: Part, train: [String])
    /// No row of the part has a label that a train row has.
    case nothingLearnable(Part, labels: [String], train: [String])
    /// The plan would pool the parts that the dataset's own files are.
    case partsPooled([Part], division: String)

    // Stored splits.
    case file(FileError)
    case badRecord(file: String, reason: String)
    case datasetChanged(file: String, stored: String, found: String)
    case rowCountChanged(file: String, stored: Int, found: Int)
    case planChanged(file: String, differences: [String])
    case badLine(file: String, line: Int, found: String, expected: String)
    case repeatedRow(file: String, line: Int, row: Int)
    case rowOutOfRange(file: String, line: Int, row: Int, rows: Int)
    case unknownPart(file: String, line: Int, found: String)
    case missingRow(file: String, row: Int)
    /// The bytes are not those that were stored.
    case edited(file: String, stored: String, found: String)
}
