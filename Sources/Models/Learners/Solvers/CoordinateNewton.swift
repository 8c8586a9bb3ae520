import Foundation
import LinearAlgebra

/// Logistic regression with an L1 penalty by Newton's method: each step minimises the quadratic model of the loss plus
/// the penalty, one coefficient after another, and is shortened until the objective falls (newGLMNET: Yuan, Ho and Lin,
/// "An improved GLMNET for L1-regularized logistic regression", JMLR 13, 2012).
///
/// The objective is the weighted mean of the rows' losses plus ‖w‖₁ / (C s), with s the sum of the weights; intercepts
/// are free. A binary problem is a softmax whose other class has a logit of 0, so both are one here.
struct CoordinateNewton: Sendable {
    /// Rows by their classes, of which K are modelled.
    struct Problem: Sendable {
        /// K.
        let modelCount: Int
        /// Whether there is one more class, whose logit is 0.
        let hasReference: Bool
        /// The modelled class of each row; negative for the class whose logit is 0. Shape: [N].
        let classes: [Int]
        /// What each row counts. Shape: [N].
        let weights: [Double]
        let C: Double

        /// One label against the others.
        init(_ problem: BinaryProblem) {
            modelCount = 1
            hasReference = true
            var classes = Array(repeating: -1, count: problem.rowCount)
            for row in problem.positives { classes[row] = 0 }
            self.classes = classes
            weights = problem.rowWeights
            C = problem.C
        }

        /// - Parameter weights: What a row of each class counts. Shape: [K].
        init(classes: [Int], weights: [Double], C: Double) {
            modelCount = weights.count
            hasReference = false
            self.classes = classes
            self.weights = classes.map { weights[$0] }
            self.C = C
        }
    }

    /// Xᵀ, so that a column of X is a row of it. Shape: [D, N].
    private let columns: SparseMatrix
    private let problem: Problem
    private let fitIntercept: Bool
    private let tolerance: Double
    private let maxIterations: Int
    /// 1 / (C s).
    private let strength: Double
    /// 1 / s.
    private let share: Double

    init(columns: SparseMatrix, problem: Problem, options: LogisticOptions) {
        self.columns = columns
        self.problem = problem
        fitIntercept = options.fitIntercept
        tolerance = options.tolerance
        maxIterations = options.maxIterations
        share = 1 / problem.weights.reduce(0, +)
        strength = share / problem.C
    }

    private var K: Int { problem.modelCount }
    private var D: Int { columns.rowCount }
    private var N: Int { columns.columnCount }

    /// Armijo's constant, and how a step is shortened.
    private static let decrease = 0.01
    private static let shortening = 0.5
    private static let mostShortenings = 40
    /// Passes over the coefficients in one Newton step.
    private static let mostSweeps = 200
    /// Added to curvatures, so that none is 0.
    private static let leastCurvature = 1e-12
    /// Of a step that promises a smaller share of the objective, rounding hides whether it lowers it.
    private static let negligible = 1e-13

    /// Where the minimisation stands.
    private struct State {
        /// Coefficients and, last, intercept of each model. Shape: [K, D + 1].
        var parameters: [Double]
        /// Shape: [N, K].
        var logits: [Double]
        /// Shape: [N, K].
        var probabilities: [Double]
        /// The mean loss and the penalty.
        var value = 0.0
    }

    /// What a Newton step would change.
    private struct Step {
        /// Shape: [K, D + 1].
        var parameters: [Double]
        /// Shape: [N, K].
        var logits: [Double]
    }

    func solve() -> Solution {
        var state = State(
            parameters: Array(repeating: 0, count: K * (D + 1)), logits: Array(repeating: 0, count: N * K),
            probabilities: Array(repeating: 0, count: N * K))
        state.value = evaluate(&state)
        var firstViolation = 0.0
        for iteration in 0... {
            let gradient = gradient(of: state)
            let violations = violations(of: state, gradient)
            let worst = violations.max() ?? 0
            if iteration == 0 { firstViolation = worst }
            // The model is solved more exactly the nearer the end: that makes the method superlinear.
            let precision = max(worst * min(0.1, (worst / firstViolation).squareRoot()), tolerance / 10)
            let active = violations.indices.filter { violations[$0] > 0 || state.parameters[$0] != 0 }
            let mayGoOn = worst > tolerance && iteration < maxIterations
            if mayGoOn
                && advance(
                    &state, by: step(from: state, gradient, active, precision: precision), gradient)
            {
                continue
            }
            // Where it may go on and cannot, rounding hides all progress: the value has converged.
            return Solution(
                parameters: state.parameters, value: state.value, gradientNorm: worst,
                iterations: iteration, isConverged: mayGoOn || worst <= tolerance)
        }
        preconditionFailure("the loop ends by its limit of iterations")
    }

    private func isIntercept(_ index: Int) -> Bool { index % (D + 1) == D }

    /// How far the smallest subgradient of a parameter is from 0.
    private func violation(at index: Int, _ gradient: Double, _ parameter: Double) -> Double {
        if isIntercept(index) { return fitIntercept ? abs(gradient) : 0 }
        if parameter != 0 { return abs(gradient + (parameter > 0 ? strength : -strength)) }
        return max(0, abs(gradient) - strength)
    }

    private func penalty(_ parameters: [Double]) -> Double {
        var sum = 0.0
        for k in 0..<K { for d in 0..<D { sum += abs(parameters[k * (D + 1) + d]) } }
        return strength * sum
    }

    /// Sets the probabilities from the logits; returns the objective.
    private func evaluate(_ state: inout State) -> Double {
        var loss = 0.0
        for row in 0..<N {
            let first = row * K
            var top = problem.hasReference ? 0 : -Double.infinity
            for k in 0..<K { top = max(top, state.logits[first + k]) }
            var sum = problem.hasReference ? exp(-top) : 0
            for k in 0..<K {
                let e = exp(state.logits[first + k] - top)
                state.probabilities[first + k] = e
                sum += e
            }
            for k in 0..<K { state.probabilities[first + k] /= sum }
            let label = problem.classes[row]
            // log1p keeps what is left where the sum is hardly more than its largest term, 1.
            loss +=
                problem.weights[row] * (log1p(sum - 1) + top - (label < 0 ? 0 : state.logits[first + label]))
        }
        return loss * share + penalty(state.parameters)
    }

    /// Of the mean loss. Shape: [K, D + 1].
    private func gradient(of state: State) -> [Double] {
        var residuals = state.probabilities
        for row in 0..<N {
            if problem.classes[row] >= 0 { residuals[row * K + problem.classes[row]] -= 1 }
            for k in 0..<K { residuals[row * K + k] *= problem.weights[row] * share }
        }
        var gradient = [Double](repeating: 0, count: K * (D + 1))
        for k in 0..<K {
            for d in 0..<D {
                var sum = 0.0
                for i in columns.rowOffsets[d]..<columns.rowOffsets[d + 1] {
                    sum += columns.values[i] * residuals[Int(columns.columns[i]) * K + k]
                }
                gradient[k * (D + 1) + d] = sum
            }
            var sum = 0.0
            for row in 0..<N { sum += residuals[row * K + k] }
            gradient[k * (D + 1) + D] = fitIntercept ? sum : 0
        }
        return gradient
    }

    /// How far the smallest subgradient of each parameter is from 0. Shape: [K, D + 1].
    private func violations(of state: State, _ gradient: [Double]) -> [Double] {
        state.parameters.indices.map { violation(at: $0, gradient[$0], state.parameters[$0]) }
    }

    /// Takes as much of the step as lowers the objective, or all of one that rounding hides if it leads nearer to a
    /// subgradient of 0; false if there is no such.
    private func advance(_ state: inout State, by step: Step, _ gradient: [Double]) -> Bool {
        let full = zip(state.parameters, step.parameters).map(+)
        var promise = penalty(full) - penalty(state.parameters)
        for i in gradient.indices { promise += gradient[i] * step.parameters[i] }
        if promise >= -CoordinateNewton.negligible * abs(state.value) {
            let next = moved(state, by: step)
            let (before, after) = (
                violations(of: state, gradient), violations(of: next, self.gradient(of: next))
            )
            guard let worst = before.max(), let rest = after.max(), rest < worst else { return false }
            state = next
            return true
        }
        var length = 1.0
        for _ in 0..<CoordinateNewton.mostShortenings {
            let next = moved(state, by: step, length: length)
            if next.value <= state.value + CoordinateNewton.decrease * length * promise {
                state = next
                return true
            }
            length *= CoordinateNewton.shortening
        }
        return false
    }

    /// The state a part of the step away.
    private func moved(_ state: State, by step: Step, length: Double = 1) -> State {
        var next = state
        for i in next.parameters.indices { next.parameters[i] += length * step.parameters[i] }
        for i in next.logits.indices { next.logits[i] += length * step.logits[i] }
        next.value = evaluate(&next)
        return next
    }
}

// MARK: The quadratic model

extension CoordinateNewton {
    /// Minimises gᵀd + dᵀHd / 2 + penalty(w + d) over the active parameters, one at a time.
    private func step(
        from state: State, _ gradient: [Double], _ active: [Int], precision: Double
    ) -> Step {
        let curvature = SoftmaxCurvature(
            columns: columns, modelCount: K, probabilities: state.probabilities,
            weights: problem.weights.map { $0 * share })
        var parameters = [Double](repeating: 0, count: state.parameters.count)
        let diagonal = active.map {
            curvature.diagonal($0 / (D + 1), $0 % (D + 1)) + CoordinateNewton.leastCurvature
        }
        for _ in 0..<CoordinateNewton.mostSweeps {
            var worst = 0.0
            for (index, diagonal) in zip(active, diagonal) {
                let (k, j) = (index / (D + 1), index % (D + 1))
                let slope = gradient[index] + curvature.product(k, j)
                let current = state.parameters[index] + parameters[index]
                worst = max(worst, violation(at: index, slope, current))
                let change = change(at: index, slope: slope, curvature: diagonal, current: current)
                if change == 0 { continue }
                parameters[index] += change
                curvature.add(change, k, j)
            }
            if worst <= precision { break }
        }
        return Step(parameters: parameters, logits: curvature.logits)
    }

    /// Where the model in one parameter alone is least, from here.
    private func change(at index: Int, slope: Double, curvature: Double, current: Double) -> Double {
        if isIntercept(index) { return -slope / curvature }
        if slope + strength <= curvature * current { return -(slope + strength) / curvature }
        if slope - strength >= curvature * current { return -(slope - strength) / curvature }
        return -current
    }
}
