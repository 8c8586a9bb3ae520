import Synchronization

/// Minimises binary objectives by L-BFGS, from zero.
enum OneVsRestSolver {
    /// The minimisers of all problems, found together: each round is one pass over X for the problems that are not
    /// finished. The path of one does not depend on the others.
    static func solve(_ objective: OneVsRestObjective, stopping: LBFGS.Options) -> [LBFGS] {
        let start = [Double](repeating: 0, count: objective.parameterCount)
        let searches = objective.problems.map { _ in Search(LBFGS(start: start, options: stopping)) }
        var active = Array(searches.indices)
        while !active.isEmpty {
            let current = active
            objective.evaluate(current, at: current.map { searches[$0].state.point }) {
                place, value, gradient in
                searches[current[place]].receive(value, gradient)
            }
            active = active.filter { searches[$0].state.status == .running }
        }
        return searches.map(\.state)
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
