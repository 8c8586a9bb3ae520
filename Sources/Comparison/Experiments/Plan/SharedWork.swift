import Results
import SafeFiles

// Executing: each item and each trial by one of the processes that share the run's folders.
extension ExperimentRun {
    /// Executes all items, or those of the shard, that are not up to date, with the other processes that do so too.
    /// - Parameter failures: Gets the contestants whose programs fail, which have no records then.
    /// - Returns: The records of each item, in the order of the plan, nil for a contestant that is not wanted and has none; nil
    ///   where items of other shards are not done.
    func executed(
        _ plan: RunPlan, _ hold: RunHold, _ failures: inout ProgramFailures, _ notify: (RunEvent) -> Void
    ) throws -> [[ContestantRecord]?]? {
        let items = plan.items
        var records: [[ContestantRecord]?] = Array(repeating: nil, count: items.count)
        let order = plan.executionOrder
        // What is made anew is no one else's meanwhile: its items do their trials themselves.
        let sharesTrials = !options.force
        let work = order.flatMap { index in
            let item = items[index]
            let hasTrials =
                sharesTrials && !item.trials.isEmpty && isWanted(item.id) && !item.isDone
            return PlannedWork.all(of: item, at: index, withTrials: hasTrials)
        }
        var own = work
        if let shard = options.shard {
            let share = Set(plan.independentWork(of: shard, withTrials: sharesTrials))
            own = work.filter(share.contains)
        }
        try execute(own, of: items, hold, &records, &failures, notify)
        var ownItems = Set(own.filter { $0.trial == nil }.map(\.item))
        if options.shard != nil {
            // What depends on other work is of no shard: whoever finds that work done does it.
            let independent = Set(plan.independentWork(withTrials: sharesTrials))
            let dependent = Dictionary(grouping: work.filter { !independent.contains($0) }, by: \.item)
            for index in order {
                guard let work = dependent[index],
                    try executeFound(work, index, of: items, hold, &records, &failures, notify)
                else { continue }
                ownItems.insert(index)
            }
        }
        for index in Set(items.indices).subtracting(ownItems).sorted() {
            let item = items[index]
            guard case .done(let stored) = try step(item, hold.lock(of: item), hold, fits: false, notify)
            else { return nil }
            records[index] = stored
        }
        // What another process did.
        for index in items.indices where records[index] == nil {
            records[index] = items[index].upToDateRecords()
        }
        let missing = order.filter {
            records[$0] == nil && isWanted(items[$0].id) && !failures.hasFailed(items[$0])
        }
        if options.shard != nil && !missing.allSatisfy(ownItems.contains) { return nil }
        // Somebody removed what another process did.
        if !missing.isEmpty {
            try execute(
                missing.map { PlannedWork(item: $0, trial: nil) }, of: items, hold, &records, &failures,
                trusting: false, notify)
        }
        return try failures.without(records, of: items)
    }

    /// Does what is left to do of an item, as far as what it depends on is done by whomever; waits for nobody.
    /// - Parameter work: The item, after those of its trials that go on from others.
    /// - Returns: Whether the item was executed.
    private func executeFound(
        _ work: [PlannedWork], _ index: Int, of items: [WorkItem], _ hold: RunHold,
        _ records: inout [[ContestantRecord]?], _ failures: inout ProgramFailures,
        _ notify: (RunEvent) -> Void
    ) throws -> Bool {
        let item = items[index]
        if isWanted(item.id), failures.noteMembers(of: item, notify) { return false }
        guard item.areMembersDone else { return false }
        try execute(
            work.filter { $0.trial != nil }, of: items, hold, &records, &failures, waits: false, notify)
        guard try item.isDone || item.areTrialsStored else { return false }
        return try execute(
            work.filter { $0.trial == nil }, of: items, hold, &records, &failures, waits: false, notify
        ).isEmpty
    }

    /// Executes work until none is left that no other process has executed.
    /// - Parameters:
    ///   - trusting: Whether what others say is done is left alone.
    ///   - waits: Whether what other processes are at is waited for.
    /// - Returns: What was not waited for.
    @discardableResult
    private func execute(
        _ work: [PlannedWork], of items: [WorkItem], _ hold: RunHold,
        _ records: inout [[ContestantRecord]?], _ failures: inout ProgramFailures, trusting: Bool = true,
        waits: Bool = true, _ notify: (RunEvent) -> Void
    ) throws -> [PlannedWork] {
        let own = Set(work.filter { $0.trial == nil }.map(\.item))
        let locks = Dictionary(uniqueKeysWithValues: own.map { ($0, hold.lock(of: items[$0])) })
        // What is not waited for may be of any replicate.
        let isClear = waits || items.allSatisfy { $0.replicate == items[0].replicate }
        var told = items[0].replicate.fold == nil && isClear ? items[0].replicate : nil
        var (pending, wait) = (work, Wait(options))
        while !pending.isEmpty {
            var busy: [(work: PlannedWork, holder: Holder?)] = []
            for work in pending {
                let item = items[work.item]
                if isWanted(item.id), failures.noteMembers(of: item, notify) { continue }
                if isWanted(item.id), let member = item.members.first(where: { !$0.isDone }) {
                    if pending.contains(where: { items[$0.item].isSame(as: member) }) {
                        busy.append((work, nil))
                    } else if !trusting || !isWanted(member.id) {
                        throw ContestantError(
                            contestant: item.id, cause: EnsembleError.notDone(member: member.id))
                    }
                    continue
                }
                if busy.contains(where: { work.comes(after: $0.work, in: items) }) {
                    busy.append((work, nil))
                    continue
                }
                let came = try failures.keeping(item, notify) {
                    let tell = { (event: RunEvent) in
                        if told != item.replicate { notify(.replicate(item.replicate)) }
                        told = item.replicate
                        notify(event)
                    }
                    if let trial = work.trial {
                        return try step(item.trials[trial], of: item, hold, tell)
                    }
                    guard let lock = locks[work.item] else { return Step.done(nil) }
                    return try step(
                        item, lock, hold, fits: isWanted(item.id), trusting: trusting, tell)
                }
                switch came {
                case .done(let done):
                    if work.trial == nil {
                        records[work.item] = done
                        item.releaseModels()
                    }
                // What is not wanted is not waited for.
                case .busy(let holder): if isWanted(item.id) { busy.append((work, holder)) }
                case nil: break
                }
            }
            if busy.count == pending.count {
                if !waits { return pending }
                let (work, holder) = busy[0]
                let others = busy.count == 1 ? "" : " and \(busy.count - 1) more"
                try wait.pause(for: holder, work.name(in: items) + others, in: hold, notify)
            } else {
                wait = Wait(options)
            }
            pending = busy.map(\.work)
        }
        return []
    }
}
