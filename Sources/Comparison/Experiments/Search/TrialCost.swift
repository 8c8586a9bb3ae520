import Results

/// What trials took that were fitted before their contestant's item was executed, perhaps by other processes.
struct TrialCost: Sendable {
    private(set) var seconds = 0.0
    /// Of all threads; nil where one of them did not tell.
    private(set) var cpuSeconds: Double? = 0
    private(set) var peakMemoryBytes = 0
    private(set) var keptWork: KeptWork?
    /// Where they were fitted, each once.
    private(set) var machines: [Machine] = []

    mutating func add(_ record: TrialRecord) {
        seconds += record.seconds
        cpuSeconds = cpuSeconds.flatMap { sum in record.cost.map { sum + $0.cpuSeconds } }
        guard let cost = record.cost else { return }
        peakMemoryBytes = max(peakMemoryBytes, cost.peakMemoryBytes)
        keptWork = KeptWork.total([keptWork, cost.keptWork].compactMap(\.self))
        if let machine = cost.machine, !machines.contains(machine) { machines.append(machine) }
    }

    /// Both together.
    static func + (a: TrialCost, b: TrialCost) -> TrialCost {
        var sum = a
        sum.seconds += b.seconds
        sum.cpuSeconds = a.cpuSeconds.flatMap { a in b.cpuSeconds.map { a + $0 } }
        sum.peakMemoryBytes = max(a.peakMemoryBytes, b.peakMemoryBytes)
        sum.keptWork = KeptWork.total([a.keptWork, b.keptWork].compactMap(\.self))
        sum.machines += b.machines.filter { !a.machines.contains($0) }
        return sum
    }
}

extension ContestantCost {
    /// Adds what the trials took to the fitting of their contestant.
    mutating func add(_ trials: TrialCost) {
        fitSeconds += trials.seconds
        cpuSeconds = cpuSeconds.flatMap { own in trials.cpuSeconds.map { own + $0 } }
        peakMemoryBytes = max(peakMemoryBytes, trials.peakMemoryBytes)
        keptForFit = KeptWork.total([keptForFit, trials.keptWork].compactMap(\.self))
        let others = trials.machines.filter { $0 != machine }
        otherMachines = others.isEmpty ? nil : others
    }
}
