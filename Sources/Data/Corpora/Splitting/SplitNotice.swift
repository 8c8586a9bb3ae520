import SettingKeys

/// What is worth knowing about a split but no error.
public enum SplitNotice: Equatable, Sendable {
    /// No row carries the label.
    case unusedLabel(String)
    /// Some parts have no row with the label.
    case absentLabel(String, rows: Int, parts: [Part])
    /// Some parts have no row with this number of labels.
    case absentLabelCount(Int, rows: Int, parts: [Part])
    /// Rows whose cell in the column to group by is empty.
    case ungroupedRows(Int)
    /// Texts that were not compared with all that could be near them, where near texts are to stay in one part.
    case cutNearSearch(texts: Int)
}

extension SplitNotice: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unusedLabel(let label):
            "no row has label '\(label)'"
        case .absentLabel(let label, let rows, let parts):
            "label '\(label)' (\(counted(rows, "row"))) is not in \(list(parts))"
        case .absentLabelCount(let count, let rows, let parts):
            "\(rows == 1 ? "the 1 row" : "none of the \(rows) rows") with "
                + "\(counted(count, "label")) is \(rows == 1 ? "not " : "")in \(list(parts))"
        case .cutNearSearch(let texts):
            nearSearchNotice(cutTexts: texts, consequence: "some near texts may stand in different parts")
        case .ungroupedRows(let rows):
            "\(counted(rows, "row")) \(rows == 1 ? "has" : "have") no group: each is dealt by itself"
        }
    }

    private func list(_ parts: [Part]) -> String {
        parts.map(\.rawValue).joined(separator: " or ")
    }
}
