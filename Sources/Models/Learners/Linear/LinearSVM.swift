import DeterministicWork
import Labels
import LinearAlgebra

/// How a linear support vector machine is fitted: names, defaults and meaning of scikit-learn's `LinearSVC` with its
/// squared hinge loss and L2 penalty.
public struct LinearSVMOptions: Equatable, Sendable {
    /// The objective is ‖w‖² / 2 + C Σ max(0, 1 - y z)².
    public var C = 1.0
    /// As for logistic regression.
    public var labelC: [String: Double] = [:]
    public var classWeight: ClassWeight = .none
    /// As for logistic regression.
    public var labelWeights: [String: Double] = [:]
    public var fitIntercept = true
    /// The intercept is that of one more feature with this value, so it is penalised too, as in liblinear; the larger
    /// the value, the less.
    public var interceptScaling = 1.0
    /// Stop when no component of the mean loss's gradient is larger. (liblinear's `tol` measures something else.)
    public var tolerance = 1e-6
    public var maxIterations = 1000

    public init() {}

    var stopping: LBFGS.Options {
        LBFGS.Options(gradientTolerance: tolerance, maxIterations: maxIterations)
    }
}

/// A linear support vector machine, one against the rest where there are more than two labels.
public enum LinearSVM {
    /// - Parameters:
    ///   - features: Shape: [N, D].
    ///   - targets: Labels of the N rows.
    public static func fit(
        _ options: LinearSVMOptions, to features: FeatureMatrix, _ targets: Targets, labelSpace: LabelSpace
    ) throws(LinearModelError) -> LinearClassifier {
        try features.check(targets.count)
        let X = features.nonZeros
        let labels = LabelRows(targets, labelSpace)
        let problems = labels.problems(
            C: options.C, labelC: options.labelC, options.classWeight, own: options.labelWeights,
            fitIntercept: options.fitIntercept, interceptScaling: options.interceptScaling)
        let solutions = SquaredHingeSolver.solve(problems, X, options.stopping)
        return labels.classifier(solutions, columnCount: X.columnCount, isProbabilistic: false)
    }
}
