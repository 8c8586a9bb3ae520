import Labels
import Tables

/// What can be wrong with the files of a dataset, with the place.
public enum CorpusError: Error, Equatable, Sendable {
    /// A file that is no table of the form that it should have.
    case table(TableError)

    /// A header alone, or nothing left after dropping rows.
    case noRows(file: String, missing: MissingValues = MissingValues())

    // Columns.
    /// A range `first..last` of columns whose last comes before its first.
    case backwardRange(file: String, range: String)

    // Cells.
    case emptyText(DataPlace)
    case emptyID(DataPlace)
    case duplicateID(String, first: DataPlace, second: DataPlace)
    /// `mayBeList`: whether the cell may be one that holds no label of several that it could.
    case emptyLabel(DataPlace, column: String, mayBeList: Bool = false)
    /// `readsNumbers`: whether the numbers of names would do too.
    case unknownLabel(DataPlace, value: String, expected: [String], readsNumbers: Bool)
    /// Two spellings that may be the same label or not, such as `1` and `01`.
    case undecidedLabels(DataPlace, String, first: String, at: DataPlace)
    /// A cell that is a list as Python or JSON writes it, in a column where another is none.
    case mixedLists(DataPlace, other: DataPlace, column: String)
    /// Labels of `kind: ordinal` that are no numbers and whose order nobody told.
    case unorderedLabels(file: String, column: String, label: String)
    /// Rare classes cannot become `other` among labels in an order.
    case unorderedOther
    /// Nearly as many labels as rows.
    case tooManyLabels(file: String, column: String, labels: Int, rows: Int)
    case badNumber(DataPlace, column: String, value: String)
    /// Neither 0 nor 1, nor false nor true.
    case badIndicator(DataPlace, column: String, value: String)

    // Ratings.
    /// A rating that is no number.
    case badRating(DataPlace, column: String, value: String)
    /// No ratings, or not as many as the dataset says.
    case wrongRatingCount(DataPlace, column: String, found: Int, expected: Int?)
    /// Ratings of a row that the dataset does not have.
    case unknownRatedID(String, DataPlace)
    /// A row of one rater that does not say whose it is, or of which text.
    case emptyRater(DataPlace, column: String)
    /// A row without ratings.
    case noRatings(id: String, file: String)

    // Labels as a whole.
    case badLabels(file: String, LabelError)
    /// Not as many names as columns of labels.
    case wrongNameCount(file: String, found: Int, expected: Int)
    /// Two files that tell other names of classes, or in another order.
    case differentNames(file: String, column: String, names: [String], before: [String])
    case unknownLabeler(String, known: [String])
    /// A labeler that could not do its work.
    case labelerFailed(String, reason: String)
    /// A gold label that the labeler of the silver ones does not give, or several where it gives one.
    case foreignGold(id: String, labels: [String], known: [String])
    /// The dataset says nothing about labels.
    case noLabels
    /// Files of texts and of labels that go together line by line have different numbers of lines.
    case unpairedRows(file: String, rows: Int, labels: String, labelRows: Int)

    // Cleaning.
    /// Cleaning left no row.
    case nothingLeft(steps: [String])
    /// `per-class` of rows that have any number of labels.
    case capOfLabelSets
    /// A sample of parts that the dataset does not have.
    case sampleOfMissingParts
    /// A column of labels that is to be dropped and is not among them.
    case unknownDroppedColumn(String, found: [String])
}
