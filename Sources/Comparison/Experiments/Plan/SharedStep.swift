import Results
import SafeFiles
import TextClassifiers

// One item or one trial, done by this process if no other one is at it.
extension ExperimentRun {
    /// What came of trying to do an item or a trial.
    enum Step {
        /// The records are nil of a trial, where its contestant is not wanted and there are none, or where another process has
        /// done it.
        case done([ContestantRecord]?)
        case busy(Holder?)
    }

    /// Does an item if no other process has it: its stored records if they are up to date, else new ones.
    /// - Parameters:
    ///   - fits: Whether it may be fitted.
    ///   - trusting: Whether it is left alone if another process says that it is done.
    func step(
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
            return try holding(lock, for: item.id, hold, notify) {
                let records = try self.records(of: item, under: lock, fits: fits, notify)
                return (records, done: records == nil ? nil : item.digest)
            }
        }
    }

    /// Does a trial if it is not done, and no other process has it.
    func step(
        _ place: TrialItem, of item: WorkItem, _ hold: RunHold, _ notify: (RunEvent) -> Void
    ) throws -> Step {
        // What is not known after all that comes before is done was removed: the item fits what is missing.
        guard case .trial(let trial) = try place.search.trial(at: place.place),
            place.search.store.record(of: trial) == nil
        else { return .done(nil) }
        try hold.check()
        let name = "\(item.id), \(place.name)"
        let lock = hold.lock(of: trial, at: place, of: item)
        switch try lock.take(unlessDone: item.digest) {
        case .done: return .done(nil)
        case .busy(let holder): return .busy(holder)
        case .taken(let dead):
            if let dead { notify(.takenOver(contestant: name, from: "\(dead)")) }
            return try holding(lock, for: name, hold, notify) {
                // Another process may have just stored it, or used it and removed it.
                if place.search.store.record(of: trial) == nil, !item.isDone {
                    if options.shouldStop() { throw RunStopped() }
                    try UnfinishedRun(of: file, options).leave(in: RunLayout(options.output))
                    let record = try ContestantError.naming(item.id, on: item.replicate.sample) {
                        try item.execute(trial, at: place, under: lock)
                    }
                    notify(try .tried(contestant: item.id, place, record))
                }
                return (nil, done: item.digest)
            }
        }
    }

    /// Does work under a lock that was taken, and gives the lock free.
    /// - Parameters:
    ///   - name: Of the work.
    ///   - work: Gives the records, and the note by which others know it as done; nil if it is not.
    private func holding(
        _ lock: FolderLock, for name: String, _ hold: RunHold, _ notify: (RunEvent) -> Void,
        _ work: () throws -> (records: [ContestantRecord]?, done: String?)
    ) throws -> Step {
        func lost() throws -> Step {
            try hold.check()
            notify(.lost(contestant: name))
            return .busy(nil)
        }
        let came: (records: [ContestantRecord]?, done: String?)
        do {
            came = try work()
        } catch {
            guard lock.isStillMine else { return try lost() }
            _ = try? lock.release()
            throw error
        }
        return try lock.release(done: came.done) ? .done(came.records) : try lost()
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
