/// How rows are weighted by their class.
public enum ClassWeight: String, Sendable, CaseIterable {
    /// All rows count 1.
    case none
    /// A row counts n / (classes that occur x rows of its class), as in scikit-learn.
    case balanced

    /// What a row of each class counts; 1 for a class without rows, which never asks. Shape: [K].
    /// - Parameter counts: Rows of each class. Shape: [K].
    public func weights(ofCounts counts: [Int]) -> [Double] {
        let rowCount = counts.reduce(0, +)
        let present = counts.count { $0 > 0 }
        return counts.map { count in
            self == .balanced && count > 0 ? Double(rowCount) / Double(present * count) : 1
        }
    }
}

/// What a row that carries a label counts in binary cross-entropy; one that does not carry it counts 1.
public enum PosWeight: Equatable, Sendable {
    case none
    /// Rows without the label / rows with it; 1 for a label without rows.
    case balanced
    /// The same for every label.
    case number(Double)

    /// Shape: [K].
    /// - Parameter counts: Rows that carry each label. Shape: [K].
    public func weights(ofCounts counts: [Int], rowCount: Int) -> [Double] {
        counts.map { count in
            switch self {
            case .none: 1
            case .balanced: count > 0 ? Double(rowCount - count) / Double(count) : 1
            case .number(let weight): weight
            }
        }
    }
}
