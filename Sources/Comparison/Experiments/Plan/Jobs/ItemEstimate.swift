import Results

/// What a work item is expected to need: as much as the slowest and the largest item of its contestant that was executed in
/// the run's folders.
public struct ItemEstimate: Equatable, Sendable {
    /// Wall-clock seconds to fit and predict; kept work, such as an encoder's vectors, counts as if it were to be done anew.
    public let seconds: Double
    public let memoryBytes: Int
    /// On how many threads that was.
    public let threads: Int

    /// - Returns: Nil for no records.
    init?(_ records: [ItemRecord]) {
        let costs = records.map { ContestantCost.total($0.tasks.map(\.cost)) }
        let seconds = costs.map { cost in
            (cost.wholeFitSeconds ?? cost.fitSeconds) + (cost.wholePredictSeconds ?? cost.predictSeconds)
        }
        guard let slowest = seconds.max(), let threads = records.map(\.threads).max() else { return nil }
        (self.seconds, self.threads) = (slowest, threads)
        memoryBytes = costs.map(\.peakMemoryBytes).max() ?? 0
    }
}

extension RunPlan {
    /// By contestant; none for one of which no item was executed.
    public var estimates: [String: ItemEstimate] {
        Dictionary(
            uniqueKeysWithValues: (replicates.first?.items ?? []).compactMap { item in
                ItemEstimate(
                    replicates.compactMap { ItemRecord(of: item.id, in: RunLayout($0.options.output)) }
                ).map { (item.id, $0) }
            })
    }
}
