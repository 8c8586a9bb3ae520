import Results

/// The contestants whose programs failed in a run. They are left out of it; the others go on.
struct ProgramFailures {
    /// One a contestant, its first.
    private(set) var errors: [ContestantError] = []

    func hasFailed(_ contestant: String) -> Bool { errors.contains { $0.contestant == contestant } }

    /// Whether the contestant of an item, or one that it is made of, failed.
    func hasFailed(_ item: WorkItem) -> Bool { hasFailed(item.id) || item.members.contains(where: hasFailed) }

    /// Adds an ensemble of which a member failed.
    /// - Returns: Whether that is so.
    mutating func noteMembers(of item: WorkItem, _ notify: (RunEvent) -> Void) -> Bool {
        guard let member = item.members.first(where: hasFailed) else { return false }
        if hasFailed(item.id) { return true }
        let error = ContestantError(contestant: item.id, cause: EnsembleError.failed(member: member.id))
        errors.append(error)
        notify(.notice("\(error); the contestant is left out"))
        return true
    }

    /// - Throws: The first error.
    func check() throws(ContestantError) {
        if let first = errors.first { throw first }
    }

    /// Does an item's work, and keeps the error of a program. A contestant that failed once is not tried again.
    /// - Returns: Nil where its program failed.
    mutating func keeping<T>(
        _ item: WorkItem, _ notify: (RunEvent) -> Void, _ work: () throws -> T
    ) throws -> T? {
        if hasFailed(item.id) { return nil }
        do {
            return try work()
        } catch let error as ContestantError where !item.programs.isEmpty {
            errors.append(error)
            notify(.notice("\(error); the contestant is left out"))
            return nil
        }
    }

    /// The records of items without those of contestants that failed, which may have some of other replicates.
    /// - Throws: The first error where nothing is left.
    func without(
        _ records: [[ContestantRecord]?], of items: [WorkItem]
    ) throws(ContestantError) -> [[ContestantRecord]?] {
        let kept = zip(items, records).map { hasFailed($0) ? nil : $1 }
        if kept.allSatisfy({ $0 == nil }) { try check() }
        return kept
    }
}
