import DeterministicWork

/// Minimises the objectives of exact heads.
enum HeadSolver {
    struct Solution: Sendable {
        /// Shape: [P].
        let point: [Double]
        let iterations: Int
        let isConverged: Bool
    }

    static func solve(_ objective: some HeadObjective, pass: DensePass, options: HeadOptions) -> [Solution] {
        if objective.problemCount == 0 { return [] }
        // One problem of several models is multinomial; one of a single model is always small enough.
        let isSmall =
            objective.parameterCount == pass.width
            || objective.parameterCount <= HeadOptions.mostNewtonParameters
        return options.solver == .newtonCholesky && isSmall
            ? newton(objective, pass: pass, options: options) : lbfgs(objective, options: options)
    }

    /// By Newton's method from the best constant prediction, all problems side by side; those whose Hessian is not positive
    /// definite go on by L-BFGS.
    private static func newton(
        _ objective: some HeadObjective, pass: DensePass, options: HeadOptions
    ) -> [Solution] {
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
            objective, options: options, problems: stuck, from: stuck.map { searches[$0].point })
        var solutions = searches.map {
            Solution(
                point: $0.point, iterations: $0.iterations, isConverged: $0.status == .converged)
        }
        for (problem, other) in zip(stuck, others) {
            solutions[problem] = Solution(
                point: other.point, iterations: solutions[problem].iterations + other.iterations,
                isConverged: other.isConverged)
        }
        return solutions
    }

    /// By L-BFGS from zero, as scikit-learn does.
    private static func lbfgs(_ objective: some HeadObjective, options: HeadOptions) -> [Solution] {
        let zero = [Double](repeating: 0, count: objective.parameterCount)
        let problems = Array(0..<objective.problemCount)
        return lbfgs(objective, options: options, problems: problems, from: problems.map { _ in zero })
    }

    private static func lbfgs(
        _ objective: some HeadObjective, options: HeadOptions, problems: [Int], from starts: [[Double]]
    ) -> [Solution] {
        var searches = starts.map {
            LBFGS(
                start: $0,
                options: .init(gradientTolerance: options.tolerance, maxIterations: options.maxIterations))
        }
        while true {
            let active = searches.indices.filter { searches[$0].status == .running }
            if active.isEmpty { break }
            let answers = objective.evaluate(
                active.map { problems[$0] }, at: active.map { searches[$0].point })
            for (place, answer) in zip(active, answers) {
                searches[place].receive(value: answer.value, gradient: answer.gradient)
            }
        }
        return searches.map {
            Solution(point: $0.point, iterations: $0.iterations, isConverged: $0.status.isConverged)
        }
    }
}
