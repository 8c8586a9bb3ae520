/// What a user should know about a fit that succeeded all the same.
public enum FitNotice: Codable, Equatable, Sendable {
    /// The solver stopped at its limit, or where no step lowered the objective, before the tolerance was met.
    /// No label: all were fitted as one problem.
    case notConverged(label: String?, iterations: Int)
    /// Texts of the training data whose vectors are 0.
    case textsWithoutTerms(count: Int, of: Int)
    /// No row, or every row, of the training data carries the label: it is predicted never, or always.
    case constantLabel(String, isAlwaysPresent: Bool)
}

extension FitNotice: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notConverged(let label, let iterations):
            "the solver did not converge \(label.map { "for '\($0)' " } ?? "")in \(iterations) iterations; "
                + "raise max-iter or tol"
        case .textsWithoutTerms(let count, let textCount):
            "\(count) of \(textCount) training texts hold no term of the vocabulary; all such texts are "
                + "predicted alike"
        case .constantLabel(let label, isAlwaysPresent: true):
            "every training row carries '\(label)': it is always predicted"
        case .constantLabel(let label, isAlwaysPresent: false):
            "no training row carries '\(label)': it is never predicted"
        }
    }
}
