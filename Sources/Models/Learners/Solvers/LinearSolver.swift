import DeterministicWork
import LinearAlgebra
import Synchronization

/// Minimises the problems of linear models.
enum LinearSolver {
    /// As the options say, from dense rows.
    static func solve(
        _ objective: some CurvedProblems, _ options: LogisticOptions
    ) -> [Solution] {
        if objective.problemCount == 0 { return [] }
        // One problem of several models is multinomial; one of a single model is always small enough.
        let isSmall =
            objective.parameterCount == objective.pass.width
            || objective.parameterCount <= LogisticOptions.maxNewtonParameters
        return options.solver == .newtonCholesky && isSmall
            ? newton(objective, options: options)
            : lbfgs(objective, stopping: options.stopping)
    }

    /// By L-BFGS from zero, as scikit-learn does: all problems together, so that each round is one pass over the rows for
    /// those that are not finished. The path of one does not depend on the others.
    /// - Parameter curvatures: About how much each problem curves along each parameter; nil for scikit-learn's own path.
    ///   Shape of each: [P].
    static func lbfgs(
        _ objective: some LinearProblems, stopping: LBFGS.Options, curvatures: [[Double]]? = nil
    ) -> [Solution] {
        let zero = [Double](repeating: 0, count: objective.parameterCount)
        let problems = Array(0..<objective.problemCount)
        return lbfgs(
            objective, problems, from: problems.map { _ in zero }, stopping: stopping, curvatures: curvatures)
    }

    private static func lbfgs(
        _ objective: some LinearProblems, _ problems: [Int], from starts: [[Double]], stopping: LBFGS.Options,
        curvatures: [[Double]]? = nil
    ) -> [Solution] {
        let searches = starts.indices.map {
            Search(LBFGS(start: starts[$0], options: stopping, curvatures: curvatures?[$0]))
        }
        var active = Array(searches.indices)
        while !active.isEmpty {
            let current = active
            objective.evaluate(
                current.map { problems[$0] }, at: current.map { searches[$0].state.point }
            ) { place, value, gradient in
                searches[current[place]].receive(value, gradient)
            }
            active = active.filter { searches[$0].state.status == .running }
        }
        return searches.map { Solution($0.state) }
    }

    /// By Newton's method from the best constant prediction, all problems side by side; those whose Hessian is not positive
    /// definite go on by L-BFGS.
    private static func newton(
        _ objective: some CurvedProblems, options: LogisticOptions
    ) -> [Solution] {
        let pass = objective.pass
        let share = 1 / Double(pass.rowCount)
        let gram = pass.gram(weights: Array(repeating: share, count: pass.rowCount))
        var searches = parallelMap(objective.problemCount, blockSize: 1) { problem in
            // The objective curves by its strength at least, so that a coefficient vector is off by no more than
            // √(decrement / strength).
            NewtonSearch(
                start: objective.start(of: problem), hessian: objective.startHessian(of: problem, gram: gram),
                options: .init(
                    gradientTolerance: options.tolerance,
                    decrementTolerance: options.tolerance * objective.strength(of: problem),
                    maxIterations: options.maxIterations))
        }
        while true {
            for problem in searches.indices where searches[problem].status == .wantsHessian {
                let hessian = objective.hessian(of: problem, at: searches[problem].point)
                searches[problem].receive(hessian: hessian)
            }
            let active = searches.indices.filter { searches[$0].status == .wantsGradient }
            if active.isEmpty { break }
            let answers = objective.evaluate(active, at: active.map { searches[$0].point })
            for (problem, answer) in zip(active, answers) {
                searches[problem].receive(value: answer.value, gradient: answer.gradient)
            }
        }
        let stuck = searches.indices.filter { searches[$0].status == .stuck }
        let others = lbfgs(
            objective, stuck, from: stuck.map { searches[$0].point }, stopping: options.stopping)
        var solutions = searches.map(Solution.init)
        for (problem, other) in zip(stuck, others) {
            solutions[problem] = other.after(solutions[problem].iterations)
        }
        return solutions
    }
}

/// One minimisation among several that go on side by side.
private final class Search: Sendable {
    private let search: Mutex<LBFGS>

    init(_ search: LBFGS) { self.search = Mutex(search) }

    var state: LBFGS { search.withLock { $0 } }

    func receive(_ value: Double, _ gradient: [Double]) {
        search.withLock { $0.receive(value: value, gradient: gradient) }
    }
}
