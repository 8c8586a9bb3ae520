/// How a solver ended.
public struct SolverRecord: Codable, Equatable, Sendable {
    /// The label whose problem it was; nil if all were fitted as one.
    public let label: String?
    public let iterations: Int
    /// The weighted mean loss and the penalty divided alike, at the end.
    public let objective: Double
    /// The largest component of the objective's gradient (with an L1 penalty, of the subgradient of least length).
    public let gradientNorm: Double
    public let isConverged: Bool

    public init(
        label: String?, iterations: Int, objective: Double, gradientNorm: Double, isConverged: Bool
    ) {
        self.label = label
        self.iterations = iterations
        self.objective = objective
        self.gradientNorm = gradientNorm
        self.isConverged = isConverged
    }

    private enum CodingKeys: String, CodingKey {
        case label, iterations, objective
        case gradientNorm = "grad_norm"
        case isConverged = "converged"
    }
}

extension [SolverRecord] {
    /// A notice for each problem that was not solved to the tolerance.
    var notices: [FitNotice] {
        filter { !$0.isConverged }.map { .notConverged(label: $0.label, iterations: $0.iterations) }
    }
}
