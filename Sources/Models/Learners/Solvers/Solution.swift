/// Where a solver ended, and how.
struct Solution: Sendable {
    let parameters: [Double]
    let value: Double
    let gradientNorm: Double
    let iterations: Int
    let isConverged: Bool

    func record(label: String?) -> SolverRecord {
        SolverRecord(
            label: label, iterations: iterations, objective: value, gradientNorm: gradientNorm,
            isConverged: isConverged)
    }
}

extension Solution {
    init(_ search: LBFGS) {
        self.init(
            parameters: search.point, value: search.value, gradientNorm: search.gradientNorm,
            iterations: search.iterations, isConverged: search.status.isConverged)
    }

    init(_ search: TruncatedNewton) {
        self.init(
            parameters: search.point, value: search.value, gradientNorm: search.gradientNorm,
            iterations: search.iterations, isConverged: search.status.isConverged)
    }

    init(_ search: NewtonSearch) {
        self.init(
            parameters: search.point, value: search.value, gradientNorm: search.gradientNorm,
            iterations: search.iterations, isConverged: search.status == .converged)
    }

    /// The same with each column's parameter where the column stood.
    func withColumns(_ order: [Int]) -> Solution {
        var parameters = self.parameters
        for (place, column) in order.enumerated() { parameters[column] = self.parameters[place] }
        return Solution(
            parameters: parameters, value: value, gradientNorm: gradientNorm, iterations: iterations,
            isConverged: isConverged)
    }

    /// The same with iterations of another solver counted in.
    func after(_ others: Int) -> Solution {
        Solution(
            parameters: parameters, value: value, gradientNorm: gradientNorm,
            iterations: others + iterations, isConverged: isConverged)
    }
}
