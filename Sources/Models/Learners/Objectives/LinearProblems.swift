import LinearAlgebra
import Synchronization

/// What linear models minimise: one or more problems over the same rows, none depending on another. Each is the weighted
/// mean of its rows' losses plus the penalty of `LinearObjective`.
package protocol LinearProblems: Sendable {
    var problemCount: Int { get }
    /// P.
    var parameterCount: Int { get }

    /// Value and gradient of some of the problems, each at its own point of shape [P].
    ///
    /// - Parameter receive: Called once for each of `active`, by its place there, possibly for several at once.
    func evaluate(
        _ active: [Int], at points: [[Double]],
        receive: @Sendable (_ place: Int, _ value: Double, _ gradient: [Double]) -> Void)
}

/// Problems whose Hessians can be had.
package protocol CurvedProblems: LinearProblems {
    var pass: DensePass { get }
    /// ‖w‖² counts half of this: 1 / (C Σ weights).
    func strength(of problem: Int) -> Double
    /// The optimum of the intercepts while all coefficients are 0. Shape: [P].
    func start(of problem: Int) -> [Double]
    /// What the Hessian at the start would be if all rows weighed the same.
    /// - Parameter gram: The mean a aᵀ of the rows a of [X 1]. Shape: [D + 1, D + 1].
    func startHessian(of problem: Int, gram: Matrix<Double>) -> Matrix<Double>
    /// Shape: [P, P].
    func hessian(of problem: Int, at point: [Double]) -> Matrix<Double>
}

extension LinearProblems {
    /// Value and gradient of some of the problems, in their order.
    package func evaluate(
        _ active: [Int], at points: [[Double]]
    ) -> [(value: Double, gradient: [Double])] {
        gathered(active.count) { receive in evaluate(active, at: points) { receive($0, ($1, $2)) } }
    }
}

/// What a computation hands out by place, possibly for several at once, in order.
/// - Parameter compute: Hands out one value for each place.
func gathered<Value: Sendable>(
    _ count: Int, _ compute: (_ receive: @Sendable (_ place: Int, Value) -> Void) -> Void
) -> [Value] {
    let found = Mutex([Value?](repeating: nil, count: count))
    compute { place, value in found.withLock { $0[place] = value } }
    return found.withLock { $0.compactMap(\.self) }
}

extension Matrix<Double> {
    /// Adds the Hessian of the penalty to the diagonal of a block that begins at (start, start) and is that of one model.
    /// Where there is no intercept, it becomes a parameter that stays where it is.
    mutating func addPenalty(_ strength: Double, from start: Int, width: Int, hasIntercept: Bool) {
        for i in start..<start + width - 1 { self[i, i] += strength }
        if !hasIntercept { self[start + width - 1, start + width - 1] = 1 }
    }
}
