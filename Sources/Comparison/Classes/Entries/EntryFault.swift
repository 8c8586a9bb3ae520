import SettingKeys

/// Something that keeps an entry from being scored, as a person would explain it.
public struct EntryFault: Codable, Equatable, Sendable {
    public enum Kind: String, Codable, CaseIterable, Sendable {
        /// There is no such file.
        case notFound = "not-found"
        /// A name that does not tell how the file is written.
        case fileName = "file-name"
        /// No table, not UTF-8, empty, or with rows that have other fields than the header.
        case unreadable
        /// No column `id`.
        case idColumn = "id-column"
        /// Neither `predicted` nor probabilities, or a column twice.
        case predictionColumn = "prediction-column"
        /// Probabilities of some labels only, or of labels that there are not.
        case probabilityColumns = "probability-columns"
        case missingIDs = "missing-ids"
        case repeatedIDs = "repeated-ids"
        case unknownIDs = "unknown-ids"
        /// A row without an id.
        case emptyIDs = "empty-ids"
        case unknownLabels = "unknown-labels"
        /// A row with no label, or with several, where each has one.
        case labelCount = "label-count"
        /// What is no number from 0 to 1.
        case probabilities
        /// Probabilities of a row's classes that do not sum to 1.
        case sums
        /// A label that is not what the probabilities of its row say.
        case disagreement
        /// A folder that holds no model, or one of other labels.
        case model
        /// A link in the folder of a model.
        case link
        /// What the entry claims of itself cannot be read.
        case claim
    }

    public let kind: Kind
    /// How many rows, ids or columns have it.
    public let count: Int
    /// A sentence or two: what was found, where, and what was expected.
    public let explanation: String

    package init(_ kind: Kind, count: Int = 1, _ explanation: String) {
        self.kind = kind
        self.count = count
        self.explanation = explanation
    }
}

extension EntryFault {
    /// A few names in quotes, and how many more there are.
    static func names(_ names: [String]) -> String {
        let few = names.prefix(5).map { "'\(shown($0))'" }.joined(separator: ", ")
        return names.count > 5 ? "\(few) and \(names.count - 5) more" : few
    }
}
