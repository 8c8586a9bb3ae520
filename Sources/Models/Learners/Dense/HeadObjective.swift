import LinearAlgebra

/// What an exact head minimises: one or more problems over the same rows, none depending on another. Each is the weighted
/// mean of its rows' losses plus the penalty of `LinearObjective`.
package protocol HeadObjective: Sendable {
    var problemCount: Int { get }
    /// P.
    var parameterCount: Int { get }
    /// ‖w‖² counts half of this: 1 / (C Σ weights).
    func strength(of problem: Int) -> Double
    /// The optimum of the intercepts while all coefficients are 0. Shape: [P].
    func start(of problem: Int) -> [Double]
    /// What the Hessian at the start would be if all rows weighed the same.
    /// - Parameter gram: The mean a aᵀ of the rows a of [X 1]. Shape: [H + 1, H + 1].
    func startHessian(of problem: Int, gram: Matrix<Double>) -> Matrix<Double>
    /// Value and gradient of some of the problems, each at its own point of shape [P].
    func evaluate(_ problems: [Int], at points: [[Double]]) -> [(value: Double, gradient: [Double])]
    /// Shape: [P, P].
    func hessian(of problem: Int, at point: [Double]) -> Matrix<Double>
}

extension Matrix<Double> {
    /// Adds the Hessian of the penalty to the diagonal of a block that begins at (start, start) and is that of one model.
    /// Where there is no intercept, it becomes a parameter that stays where it is.
    mutating func addPenalty(_ strength: Double, from start: Int, width: Int, hasIntercept: Bool) {
        for i in start..<start + width - 1 { self[i, i] += strength }
        if !hasIntercept { self[start + width - 1, start + width - 1] = 1 }
    }
}
