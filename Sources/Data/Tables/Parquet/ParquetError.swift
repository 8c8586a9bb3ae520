/// What can be wrong with a Parquet file, with the place.
public struct ParquetError: Error, Equatable, Sendable {
    public let file: String
    /// Nil for what concerns the file as a whole.
    public let column: String?
    /// Of the column, from 1, its dictionaries counted; nil for what concerns the column as a whole.
    public let page: Int?
    public let problem: ParquetProblem

    public init(file: String, column: String? = nil, page: Int? = nil, _ problem: ParquetProblem) {
        self.file = file
        self.column = column
        self.page = page
        self.problem = problem
    }
}

/// What can be wrong with Parquet bytes.
public enum ParquetProblem: Error, Equatable, Sendable {
    /// Neither begins nor ends as Parquet does.
    case notParquet
    case encrypted
    /// The bytes end in the middle of something.
    case truncated(String)
    /// Something is there that no writer makes.
    case damaged(String)
    /// A page that its codec cannot unpack, or not to the size that is told.
    case cannotUnpack(codec: String)
    /// A codec, encoding or type that is not read here.
    case unsupported(String)
    /// A text that is not UTF-8.
    case invalidText
    /// A list that holds a null.
    case nullInList
}
