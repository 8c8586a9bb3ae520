import DeterministicWork
import LinearAlgebra

/// Minimises mean squared hinge losses with an L2 penalty, as linear SVMs do.
enum SquaredHingeSolver {
    /// Of more columns than this, what eight problems side by side remember of their paths leaves all caches.
    private static let mostColumnsOfLanes = 1 << 13

    /// - Parameter X: Shape: [N, D].
    static func solve(_ problems: [BinaryProblem], _ X: SparseMatrix, _ stopping: LBFGS.Options) -> [Solution]
    {
        X.columnCount <= mostColumnsOfLanes
            ? sideBySide(problems, X, stopping) : oneByOne(problems, X, stopping)
    }

    /// By L-BFGS, all problems in the lanes of the same passes.
    private static func sideBySide(
        _ problems: [BinaryProblem], _ X: SparseMatrix, _ stopping: LBFGS.Options
    ) -> [Solution] {
        LinearSolver.lbfgs(
            BinaryObjective(
                LanePass(X, modelCount: problems.count), problems: problems, loss: .squaredHinge),
            stopping: stopping,
            curvatures: parallelMap(problems.count, blockSize: 1) { problems[$0].squaredHingeCurvatures(X) })
    }

    /// By Newton's method with products of the Hessian, each problem on a thread of its own.
    private static func oneByOne(
        _ problems: [BinaryProblem], _ X: SparseMatrix, _ stopping: LBFGS.Options
    ) -> [Solution] {
        // Loops over rows of one length after another are foreseen.
        let order = X.byValueCount(0..<X.rowCount)
        let (sorted, columns) = X.selecting(order).columnsByFirstUse()
        // Frequent labels take longest, and no thread is to begin one when the others have ended.
        let places = problems.indices.sorted {
            (problems[$1].positives.count, $0) < (problems[$0].positives.count, $1)
        }
        let solutions = parallelMap(problems.count, blockSize: 1) { place in
            let problem = problems[places[place]].ordered(order)
            var rows = SquaredHingeRows(sorted, problem)
            var search = TruncatedNewton(
                start: Array(repeating: 0, count: X.columnCount + 1), options: stopping)
            while true {
                switch search.status {
                case .wantsGradient:
                    let (value, gradient) = rows.evaluate(at: search.point)
                    search.receive(value: value, gradient: gradient)
                case .wantsCurvatures: search.receive(curvatures: rows.curvatures())
                case .wantsProduct: search.receive(product: rows.multiply(by: search.vector))
                case .gradientConverged, .valueConverged, .iterationLimit, .lineSearchFailed:
                    return Solution(search).withColumns(columns)
                }
            }
        }
        return zip(places, solutions).sorted { $0.0 < $1.0 }.map(\.1)
    }
}
