import DeterministicWork
import LinearAlgebra

/// Minimises mean squared hinge losses with an L2 penalty, as linear SVMs do.
///
/// The loss curves within the margin only: there by 2 weight of the row along the row's score, elsewhere by nothing (Keerthi and
/// DeCoste, "A modified finite Newton method for fast solution of large scale linear SVMs", JMLR 6, 2005).
enum SquaredHingeSolver {
    /// So many columns that their lanes fit into the nearest caches, as those of an encoder's vectors do.
    private static let mostColumnsOfLanes = 1 << 10

    /// - Parameter X: Shape: [N, D].
    static func solve(
        _ problems: [BinaryProblem], _ X: SparseMatrix, options: TruncatedNewton.Options
    ) -> [Solution] {
        if X.columnCount <= mostColumnsOfLanes {
            let curvatures = parallelMap(problems.count, blockSize: 1) {
                problems[$0].squaredHingeCurvatures(X)
            }
            return LinearSolver.truncatedNewton(
                SquaredHingeLanes(X, problems: problems), Array(problems.indices), options: options,
                curvatures: curvatures)
        }
        let objective = SquaredHingeRows(X, problems: problems)
        return parallelMap(problems.count, blockSize: 1) { problem in
            LinearSolver.truncatedNewton(
                objective, [problem], options: options,
                curvatures: [problems[problem].squaredHingeCurvatures(X)])[0]
        }
    }
}
