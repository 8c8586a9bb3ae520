import Results

/// What a work item is expected to need: as much as the slowest and the largest item of its contestant that was executed in
/// the run's folders.
public struct ItemEstimate: Equatable, Sendable {
    /// Wall-clock seconds to fit and predict; kept work, such as an encoder's vectors, counts as if it were to be done anew.
    /// Trials that are items of the plan are not in them.
    public let seconds: Double
    /// Of the slowest trial; nil where none is an item.
    public let trialSeconds: Double?
    public let memoryBytes: Int
    /// On how many threads that was.
    public let threads: Int

    /// - Parameter trials: Of the contestant's item.
    /// - Returns: Nil for no records.
    init?(_ records: [ItemRecord], trials: [TrialItem]) {
        let costs = records.map { ContestantCost.total($0.tasks.map(\.cost)) }
        let seconds = costs.map { cost in
            let whole =
                (cost.wholeFitSeconds ?? cost.fitSeconds) + (cost.wholePredictSeconds ?? cost.predictSeconds)
            return max(0, whole - ItemEstimate.seconds(of: trials, in: cost))
        }
        guard let slowest = seconds.max(), let threads = records.map(\.threads).max() else { return nil }
        (self.seconds, self.threads) = (slowest, threads)
        memoryBytes = costs.map(\.peakMemoryBytes).max() ?? 0
        trialSeconds =
            trials.isEmpty ? nil : costs.compactMap { $0.trialSeconds?.values.flatMap(\.self).max() }.max()
    }

    /// What the trials took together, which those of tasks that share a model did once.
    private static func seconds(of trials: [TrialItem], in cost: ContestantCost) -> Double {
        guard let first = trials.first else { return 0 }
        let sums = (cost.trialSeconds ?? [:]).sorted { $0.key < $1.key }.map { $0.value.reduce(0, +) }
        return first.search.isOfOneTask ? sums.reduce(0, +) : sums.max() ?? 0
    }
}

extension RunPlan {
    /// By contestant; none for one of which no item was executed.
    public var estimates: [String: ItemEstimate] {
        Dictionary(
            uniqueKeysWithValues: (replicates.first?.items ?? []).compactMap { item in
                ItemEstimate(
                    replicates.compactMap { ItemRecord(of: item.id, in: RunLayout($0.options.output)) },
                    trials: item.trials
                ).map { (item.id, $0) }
            })
    }
}
