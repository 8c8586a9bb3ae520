import Results
import SafeFiles
import TextClassifiers

// Executing: each item by one of the processes that share the run's folders.
extension ExperimentRun {
    /// What came of trying to do an item.
    private enum Step {
        /// The records are nil where its contestant is not wanted and there are none, or where another process has done it.
        case done([ContestantRecord]?)
        case busy(Holder?)
    }

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
        var own = order
        if let shard = options.shard {
            let share = Set(
                shard.items(replicates: plan.replicates.count, contestants: file.contestants.count))
            own = order.filter { share.contains($0) && items[$0].members.isEmpty }
        }
        try execute(own, of: items, hold, &records, &failures, notify)
        // Ensembles are of no shard: whoever finds their members done makes them.
        for index in order where options.shard != nil && !items[index].members.isEmpty {
            let item = items[index]
            if isWanted(item.id), failures.noteMembers(of: item, notify) { continue }
            if !item.areMembersDone { continue }
            try execute([index], of: items, hold, &records, &failures, notify)
            own.append(index)
        }
        for index in Set(items.indices).subtracting(own).sorted() {
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
        if options.shard != nil && !missing.allSatisfy(own.contains) { return nil }
        // Somebody removed what another process did.
        if !missing.isEmpty {
            try execute(missing, of: items, hold, &records, &failures, trusting: false, notify)
        }
        return try failures.without(records, of: items)
    }

    /// Executes items until none is left that no other process has executed.
    /// - Parameter trusting: Whether what others say is done is left alone.
    private func execute(
        _ indices: [Int], of items: [WorkItem], _ hold: RunHold, _ records: inout [[ContestantRecord]?],
        _ failures: inout ProgramFailures, trusting: Bool = true, _ notify: (RunEvent) -> Void
    ) throws {
        let locks = Dictionary(uniqueKeysWithValues: indices.map { ($0, hold.lock(of: items[$0])) })
        var told = items[0].replicate.fold == nil ? items[0].replicate : nil
        var (pending, wait) = (indices, Wait(options))
        while !pending.isEmpty {
            var busy: [(index: Int, holder: Holder?)] = []
            for index in pending {
                let item = items[index]
                guard let lock = locks[index] else { continue }
                if isWanted(item.id), failures.noteMembers(of: item, notify) { continue }
                if isWanted(item.id), let member = item.members.first(where: { !$0.isDone }) {
                    if pending.contains(where: { items[$0].isSame(as: member) }) {
                        busy.append((index, nil))
                    } else if !trusting || !isWanted(member.id) {
                        throw ContestantError(
                            contestant: item.id, cause: EnsembleError.notDone(member: member.id))
                    }
                    continue
                }
                let came = try failures.keeping(item, notify) {
                    try step(item, lock, hold, fits: isWanted(item.id), trusting: trusting) { event in
                        if told != item.replicate { notify(.replicate(item.replicate)) }
                        told = item.replicate
                        notify(event)
                    }
                }
                switch came {
                case .done(let done): records[index] = done
                // What is not wanted is not waited for.
                case .busy(let holder): if isWanted(item.id) { busy.append((index, holder)) }
                case nil: break
                }
            }
            if busy.count == pending.count {
                let (index, holder) = busy[0]
                let others = busy.count == 1 ? "" : " and \(busy.count - 1) more"
                try wait.pause(for: holder, items[index].id + others, in: hold, notify)
            } else {
                wait = Wait(options)
            }
            pending = busy.map(\.index)
        }
    }

    /// Does an item if no other process has it: its stored records if they are up to date, else new ones.
    /// - Parameters:
    ///   - fits: Whether it may be fitted.
    ///   - trusting: Whether it is left alone if another process says that it is done.
    private func step(
        _ item: WorkItem, _ lock: FolderLock, _ hold: RunHold, fits: Bool, trusting: Bool = true,
        _ notify: (RunEvent) -> Void
    ) throws -> Step {
        try hold.check()
        switch try lock.take(unlessDone: trusting ? item.digest : nil) {
        case .done: return .done(nil)
        case .busy(let holder): return .busy(holder)
        case .taken(let dead):
            if let dead {
                item.removePartials()
                if fits { notify(.takenOver(contestant: item.id, from: "\(dead)")) }
            }
            let records: [ContestantRecord]?
            do {
                records = try self.records(of: item, under: lock, fits: fits, notify)
            } catch {
                guard lock.isStillMine else { return try lost(item, hold, notify) }
                _ = try? lock.release()
                throw error
            }
            guard try lock.release(done: records == nil ? nil : item.digest) else {
                return try lost(item, hold, notify)
            }
            return .done(records)
        }
    }

    private func lost(_ item: WorkItem, _ hold: RunHold, _ notify: (RunEvent) -> Void) throws -> Step {
        try hold.check()
        notify(.lost(contestant: item.id))
        return .busy(nil)
    }

    /// The stored records of an item if they are up to date, else new ones; nil if it may not be fitted.
    private func records(
        of item: WorkItem, under lock: FolderLock, fits: Bool, _ notify: (RunEvent) -> Void
    ) throws -> [ContestantRecord]? {
        let id = item.id
        if options.force && fits {
            item.forget()
        } else if let stored = try item.storedRecords() {
            if fits { notify(.reused(contestant: id)) }
            return stored
        }
        guard fits else { return nil }
        if options.shouldStop() { throw RunStopped() }
        try UnfinishedRun(of: file, options).leave(in: RunLayout(options.output))
        notify(.fitting(contestant: id))
        let records = try ContestantError.naming(id, on: item.replicate.sample) {
            try item.execute(under: lock)
        }
        notify(.finished(contestant: id, item.isExternal ? nil : .total(records.map(\.cost))))
        for results in records.map(\.results) {
            for notice in results.notices + (results.emptyRowsNotice.map { [$0] } ?? []) {
                notify(.notice("\(id): \(notice)"))
            }
        }
        return records
    }
}

// Assembling: by one of the processes that share the run's folders.
extension ExperimentRun {
    /// Assembles, unless another process has done so with the same records.
    /// - Parameter records: Of each item, in the order of the plan.
    /// - Returns: Nil where another process assembles, and this one has a shard, and so does not wait for it.
    func assembledOnce(
        _ plan: RunPlan, _ records: [[ContestantRecord]?], _ hold: RunHold, _ notify: (RunEvent) -> Void
    ) throws -> AssembledRun? {
        let parts = zip(plan.items, records).map { item, records in
            "\(item.replicate) \(item.id) \(records == nil ? "none" : item.digest)\n"
        }
        let note = Fingerprint.sha256(of: Array(parts.joined().utf8))
        let lock = hold.assemblyLock()
        var wait = Wait(options)
        while true {
            try hold.check()
            switch try lock.take(unlessDone: note) {
            case .done: return try assembledByOthers(plan)
            case .busy where options.shard != nil: return nil
            case .busy(let holder):
                try wait.pause(for: holder, "the results, which it assembles", in: hold, notify)
            case .taken:
                hold.keep(lock, assembling: note)
                var (rest, stages) = (records[...], [[[ContestantRecord]?]]())
                for stage in plan.replicates {
                    stages.append(Array(rest.prefix(stage.items.count)))
                    rest = rest.dropFirst(stage.items.count)
                }
                return try assembled(plan, records: stages)
            }
        }
    }

    /// What another process wrote.
    private func assembledByOthers(_ plan: RunPlan) throws -> AssembledRun {
        let output = RunLayout(options.output)
        lookAnew(output.url)
        try removeUnfinished()
        return AssembledRun(
            results: try ExperimentResults(contentsOf: output),
            replicates: try plan.replicates.map { stage in
                lookAnew(stage.options.output)
                return (
                    try ExperimentResults(contentsOf: RunLayout(stage.options.output)), stage.options.models
                )
            },
            isOwn: false)
    }
}
