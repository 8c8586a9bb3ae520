/// What a process takes on at a time: a work item of a plan, or a trial that comes before one.
struct PlannedWork: Hashable, Sendable {
    /// The place of the item in the plan.
    let item: Int
    /// The place of the trial among those of the item; nil for the item itself.
    let trial: Int?

    /// An item after its trials.
    /// - Parameters:
    ///   - index: The place of the item in the plan.
    ///   - withTrials: False where the item does its trials itself.
    static func all(of item: WorkItem, at index: Int, withTrials: Bool) -> [PlannedWork] {
        let trials = withTrials ? item.trials.indices.map { PlannedWork(item: index, trial: $0) } : []
        return trials + [PlannedWork(item: index, trial: nil)]
    }

    /// Whether other work must be done before.
    /// - Parameter items: Of the plan.
    func comes(after other: PlannedWork, in items: [WorkItem]) -> Bool {
        guard item == other.item, let before = other.trial else { return false }
        guard let trial else { return true }
        let trials = items[item].trials
        return trials[trial].comes(after: trials[before])
    }

    /// The name in words.
    /// - Parameter items: Of the plan.
    func name(in items: [WorkItem]) -> String {
        let item = items[item]
        return trial.map { "\(item.id), \(item.trials[$0].name)" } ?? item.id
    }
}

extension RunPlan {
    /// All work that depends on no other, or the part of it that a shard has; which that is depends on the plan alone.
    ///
    /// What depends on other work is of no shard: trials that go on from others, the item of a search, ensembles.
    func independentWork(of shard: Shard? = nil, withTrials: Bool) -> [PlannedWork] {
        let items = items
        // The place of an ensemble counts, so that the shares of the others do not hang on it.
        let pieces = items.indices.map { index in
            let trials = items[index].trials
            let independent = trials.indices.filter { trials[$0].place.isIndependent }
            return withTrials && !independent.isEmpty
                ? independent.map { PlannedWork(item: index, trial: $0) }
                : [PlannedWork(item: index, trial: nil)]
        }
        let all = pieces.flatMap(\.self)
        let contestants = replicates.first?.items.count ?? 0
        let counts = replicates.indices.map { replicate in
            pieces[replicate * contestants..<(replicate + 1) * contestants].map(\.count)
        }
        let own = shard?.pieces(of: counts).map { all[$0] } ?? all
        return own.filter { $0.trial != nil || items[$0.item].members.isEmpty }
    }
}

extension RunPlan {
    /// What of some work is not done.
    func toDo(_ work: [PlannedWork]) throws -> Set<PlannedWork> {
        let items = items
        let done = Set(Set(work.map(\.item)).filter { items[$0].isDone })
        return Set(
            try work.filter { work in
                if done.contains(work.item) { return false }
                guard let trial = work.trial else { return true }
                return try !items[work.item].trials[trial].isStored
            })
    }
}
