import Tables

/// Where the ratings of several people stand: a file of its own with a list of numbers for each row's id.
///
/// A row's label is the bin of its ratings' mean, by the bins of the dataset's labels.
public struct RaterSchema: Equatable, Sendable {
    public var file: DataFile
    public var format: DataFormat
    public var encoding: TextEncoding
    /// The columns of the id and of the ratings: names, or 0-based numbers.
    public var idColumn: String
    public var ratingsColumn: String
    /// How many ratings each row has; nil: any number, one at least.
    public var count: Int?
    /// Of the dataset's labels.
    public var bins: Bins
}
