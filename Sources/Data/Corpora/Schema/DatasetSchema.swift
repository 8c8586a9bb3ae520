import Foundation
import Tables

/// How the files of a dataset are to be read: the keys of `dataset:` in an experiment, and of a recipe.
public struct DatasetSchema: Equatable, Sendable {
    public var files: DataFiles
    /// The form of the first file, and of all others but those in `otherFormats`.
    public var format: DataFormat
    /// The forms of files that end otherwise.
    var otherFormats: [DataFile: DataFormat] = [:]
    /// Whether nothing was said of quotes.
    var hasDefaultQuoting = true
    /// How a file of text stands for characters; Parquet tells that itself.
    public var encoding: TextEncoding
    /// The columns of the texts: names, or 0-based numbers.
    public var text: TextColumns
    /// The column of the ids; without one a row's id is its 0-based number (in its file for a union of files,
    /// in the whole dataset otherwise).
    public var idColumn: String?
    /// The column that tells what belongs together in a split, such as an author.
    public var groupColumn: String?
    /// Columns whose values a report tells scores by. Their names are those of the report.
    public var sliceColumns: [String] = []
    /// Nil where only texts are wanted.
    public var labels: LabelSchema?

    public init(
        files: DataFiles, format: DataFormat, encoding: TextEncoding = .utf8, text: TextColumns,
        idColumn: String? = nil, groupColumn: String? = nil, labels: LabelSchema? = nil
    ) {
        self.files = files
        self.format = format
        self.encoding = encoding
        self.text = text
        self.idColumn = idColumn
        self.groupColumn = groupColumn
        self.labels = labels
    }

    /// The form of one of the files.
    func format(of file: DataFile) -> DataFormat { otherFormats[file] ?? format }

    /// A reader of one of the files from its start.
    package func reader(of file: DataFile, source: ByteSource) throws(TableError) -> RecordReader {
        try RecordReader(source, format(of: file), encoding: encoding)
    }
}
