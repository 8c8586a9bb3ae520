import DeterministicWork
import Labels
import LinearAlgebra

/// Logistic regression with the optimum of scikit-learn's.
public enum LogisticRegression {
    /// - Parameters:
    ///   - X: Shape: [N, D].
    ///   - targets: Labels of the N rows.
    public static func fit(
        _ options: LogisticOptions, to X: SparseMatrix, _ targets: Targets, labelSpace: LabelSpace
    ) throws(LinearModelError) -> LinearClassifier {
        if X.rowCount != targets.count { throw .rowCountsDiffer(texts: X.rowCount, targets: targets.count) }
        if X.rowCount == 0 { throw .noRows }
        if case .classes(let classes) = targets, options.multiClass == .multinomial, labelSpace.count > 2 {
            return fitMultinomial(options, X, PresentClasses(classes, labelSpace))
        }
        return fitLabels(options, X, LabelRows(targets, labelSpace))
    }

    /// One binary problem for each label.
    private static func fitLabels(
        _ options: LogisticOptions, _ X: SparseMatrix, _ labels: LabelRows
    ) -> LinearClassifier {
        let learnable = labels.learnable
        let weights = learnable.map {
            labels.weights(of: $0, options.classWeight, own: options.labelWeights)
        }
        let solutions: [Solution]
        switch options.penalty {
        case .l2:
            let problems = zip(learnable, weights).map { label, weights in
                OneVsRestObjective.Problem(
                    positives: labels.rows[label], rowCount: X.rowCount, weights: weights, options: options)
            }
            solutions = OneVsRestSolver.solve(
                OneVsRestObjective(X, problems: problems), stopping: options.stopping
            ).map(Solution.init)
        case .l1:
            let columns = X.transposed()
            solutions = parallelMap(learnable.count, blockSize: 1) { index in
                let rows = labels.rows[learnable[index]]
                return CoordinateNewton(
                    columns: columns,
                    problem: .init(positives: rows, rowCount: X.rowCount, weights: weights[index]),
                    options: options
                ).solve()
            }
        }
        return labels.classifier(
            solutions.map(\.parameters), columnCount: X.columnCount,
            log: zip(learnable, solutions).map { $1.record(label: labels.labelSpace.names[$0]) })
    }

    /// One softmax over the classes that occur.
    private static func fitMultinomial(
        _ options: LogisticOptions, _ X: SparseMatrix, _ classes: PresentClasses
    ) -> LinearClassifier {
        let weights = classes.weights(options.classWeight, own: options.labelWeights)
        let solution: Solution
        switch options.penalty {
        case .l2:
            let objective = MultinomialObjective(
                X, labels: classes.places, classCount: classes.labels.count, weights: weights,
                options: options)
            solution = Solution(
                LBFGS.minimize(
                    from: Array(repeating: 0, count: classes.labels.count * (X.columnCount + 1)),
                    options: options.stopping, objective.evaluate))
        case .l1:
            solution = CoordinateNewton(
                columns: X.transposed(), problem: .init(classes: classes.places, weights: weights),
                options: options
            ).solve()
        }
        return classes.classifier(
            solution.parameters, columnCount: X.columnCount, log: [solution.record(label: nil)])
    }
}

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
}
