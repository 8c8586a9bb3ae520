import DeterministicWork
import Foundation
import Labels
import LinearAlgebra

/// How NB-SVM is fitted (Wang and Manning, "Baselines and Bigrams: Simple, Good Sentiment and Topic Classification", ACL
/// 2012); the defaults are those of the paper and of the code that was published with it.
public struct NaiveBayesSVMOptions: Equatable, Sendable {
    /// What the classifier of the scaled features minimises.
    public enum Loss: String, Sendable, CaseIterable {
        /// A linear SVM, as published; it has no probabilities.
        case squaredHinge = "squared-hinge"
        /// Logistic regression.
        case logistic
    }

    public var loss = Loss.squaredHinge
    /// Added to each term's count in each class.
    public var alpha = 1.0
    /// How much of the SVM is taken; the rest is naive Bayes.
    public var beta = 0.25
    /// The objective is ‖w‖² / 2 + C Σ loss.
    public var C = 1.0
    /// As for logistic regression.
    public var labelC: [String: Double] = [:]
    /// The published code fits none.
    public var fitIntercept = false
    public var classWeight: ClassWeight = .none
    /// As for logistic regression.
    public var labelWeights: [String: Double] = [:]
    /// As for the linear SVM.
    public var tolerance = 1e-6
    public var maxIterations = 1000

    public init() {}
}

/// A linear SVM of features that are scaled by how much more often they occur with a label than without it, one against the
/// rest where there are more than two labels; linear in the features.
///
/// With p = alpha + the sum of the rows with the label, q the same of the others: r = log((p / ‖p‖₁) / (q / ‖q‖₁)). The SVM is
/// fitted to r ∘ x, and its w becomes (1 - beta) mean |w| + beta w. The paper's x is 1 for each term that a text holds, else 0.
public enum NaiveBayesSVM {
    /// - Parameters:
    ///   - features: Not negative, such as counts. Shape: [N, D].
    ///   - targets: Labels of the N rows.
    public static func fit(
        _ options: NaiveBayesSVMOptions, to features: FeatureMatrix, _ targets: Targets,
        labelSpace: LabelSpace
    ) throws(LinearModelError) -> LinearClassifier {
        try features.checkCounts(targets.count)
        let X = features.nonZeros
        let labels = LabelRows(targets, labelSpace)
        let problems = labels.problems(
            C: options.C, labelC: options.labelC, options.classWeight, own: options.labelWeights,
            fitIntercept: options.fitIntercept)
        let D = X.columnCount
        let fitted = parallelMap(problems.count, blockSize: 1) { index in
            let r = logCountRatios(X, positives: problems[index].positives, alpha: options.alpha)
            let scaled = X.withValues(zip(X.columns, X.values).map { r[Int($0)] * $1 })
            let solution = options.solve(problems[index], scaled)
            let w = solution.parameters[..<D]
            let mean = w.reduce(0) { $0 + abs($1) } / Double(max(1, D))
            let interpolated = zip(r, w).map { $0 * ((1 - options.beta) * mean + options.beta * $1) }
            return (interpolated + [solution.parameters[D]], solution)
        }
        return labels.classifier(
            fitted.map(\.0), columnCount: D, isProbabilistic: options.loss == .logistic,
            log: zip(labels.learnable, fitted).map { $1.1.record(label: labelSpace.names[$0]) })
    }

    /// r of each feature. Shape: [D].
    /// - Parameter positives: The rows with the label.
    static func logCountRatios(_ X: SparseMatrix, positives: [Int], alpha: Double) -> [Double] {
        var isPositive = [Bool](repeating: false, count: X.rowCount)
        for row in positives { isPositive[row] = true }
        var (p, q) = (
            [Double](repeating: alpha, count: X.columnCount), [Double](repeating: alpha, count: X.columnCount)
        )
        for row in 0..<X.rowCount {
            for i in X.rowOffsets[row]..<X.rowOffsets[row + 1] {
                if isPositive[row] {
                    p[Int(X.columns[i])] += X.values[i]
                } else {
                    q[Int(X.columns[i])] += X.values[i]
                }
            }
        }
        let (pSum, qSum) = (p.reduce(0, +), q.reduce(0, +))
        return zip(p, q).map { (log($0) - log(pSum)) - (log($1) - log(qSum)) }
    }
}

extension NaiveBayesSVMOptions {
    /// - Parameter X: The scaled features.
    fileprivate func solve(_ problem: BinaryProblem, _ X: SparseMatrix) -> Solution {
        let stopping = LBFGS.Options(gradientTolerance: tolerance, maxIterations: maxIterations)
        return switch loss {
        case .squaredHinge: SquaredHingeSolver.solve([problem], X, stopping)[0]
        case .logistic:
            LinearSolver.lbfgs(
                BinaryObjective(LanePass(X, modelCount: 1), problems: [problem]), stopping: stopping)[0]
        }
    }
}
