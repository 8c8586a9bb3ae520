import Foundation
import Labels

/// Where the labels of a dataset come from.
public struct LabelSchema: Equatable, Sendable {
    /// Nil where it is to be inferred: binary for two labels, multiclass for more; a column that holds JSON arrays
    /// is multilabel. A separator or several columns mean multilabel, and the schema says so.
    public var kind: LabelKind?
    public var source: Source
    /// Whether the labels stand in an order that means something: that of `names`, or by number.
    public var isOrdinal = false
    /// The names in their order. Without them the labels are the distinct values, in the order of scikit-learn's
    /// `LabelEncoder`: by number if all are numbers, by code point otherwise.
    public var names: Names?
    /// What is said of single values.
    public var reading = LabelReading()
    /// Where the ratings stand of which the labels are the mean's bin, where each row has several.
    public var raters: RaterSchema?
    /// Where each row is the rating of one person instead.
    public var raterColumn: RaterColumn?

    public enum Source: Equatable, Sendable {
        /// One column with the label, or with a list of labels joined by `separator`. A value is a name,
        /// or the number of one if no name is a number; `LabelSpelling` says which spellings are the same label. Texts
        /// that are lists as Python or JSON writes them are lists, whatever the separator.
        case column(String, separator: String?)
        /// One column a label, each 0 or 1, 0.0 or 1.0, false or true. An item `first..last` means all columns
        /// between these, unless a column has that very name.
        case indicators([String])
        /// A column of numbers, made classes.
        case bins(column: String, Bins)
        /// Files of labels alone, line n that of row n of the data file in the same place.
        case files(DataFiles)
        /// Silver labels, made from the texts by the labeler of that name, or by the saved model in that folder.
        /// - Parameter gold: Labels by people, of some rows or of all, by which silver ones are judged.
        indirect case silver(labeler: String, isModel: Bool = false, gold: LabelSchema? = nil)
    }

    public enum Names: Equatable, Sendable {
        case list([String])
        /// Label n on line n + 1.
        case file(URL)
    }

    /// The files of labels that go with the data files, where there are such.
    var pairedFiles: DataFiles? {
        if case .files(let files) = source { files } else { nil }
    }

    /// What joins labels in a cell unless something else is said, as in all files of this project.
    public static let defaultSeparator = "|"

    /// The number of a class label that stands for none (`ClassLabel` of `datasets`).
    package static let missingClass = "-1"

    public init(kind: LabelKind? = nil, source: Source, names: Names? = nil) {
        self.kind = kind
        self.source = source
        self.names = names
    }
}

/// Consecutive ranges of numbers with a class name each.
///
/// An edge belongs to the bin that is farther from the middle: the lower half of the edges to the bins below them, the
/// others to the bins above. So [-0.5, 0.5] makes negative of -0.5, positive of 0.5 and neutral of what lies between,
/// as VADER's authors do with their thresholds, and a single edge means "at least".
public struct Bins: Equatable, Sendable {
    /// Ascending, at least one.
    public let edges: [Double]
    /// One more than edges.
    public let names: [String]

    /// - Precondition: Ascending edges, and one more name than edges.
    public init(edges: [Double], names: [String]) {
        precondition(!edges.isEmpty && names.count == edges.count + 1)
        precondition(zip(edges, edges.dropFirst()).allSatisfy(<))
        self.edges = edges
        self.names = names
    }

    /// The bin that a number falls in.
    public func bin(of value: Double) -> Int {
        edges.indices.count { edge in
            edge < edges.count / 2 ? edges[edge] < value : edges[edge] <= value
        }
    }
}
