/// What a user should know about a fit that succeeded all the same.
public enum FitNotice: Codable, Equatable, Sendable {
    /// The solver stopped at its limit, or where no step lowered the objective, before the tolerance was met.
    /// No label: all were fitted as one problem.
    case notConverged(label: String?, iterations: Int)
    /// No row, or every row, of the training data carries the label: it is predicted never, or always.
    case constantLabel(String, isAlwaysPresent: Bool)
}

extension FitNotice: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notConverged(let label, let iterations):
            "logistic regression \(label.map { "for '\($0)' " } ?? "")did not converge in "
                + "\(iterations) iterations; raise max-iter"
        case .constantLabel(let label, isAlwaysPresent: true):
            "every training row carries '\(label)': it is always predicted"
        case .constantLabel(let label, isAlwaysPresent: false):
            "no training row carries '\(label)': it is never predicted"
        }
    }
}
