import Results

extension ContestantCost {
    /// Of a contestant that was fitted once and scored on several tasks.
    package static func total(_ tasks: [ContestantCost]) -> ContestantCost {
        var total = ContestantCost(
            fitSeconds: tasks.map(\.fitSeconds).max() ?? 0,
            predictSeconds: tasks.map(\.predictSeconds).reduce(0, +),
            predictedTexts: tasks.map(\.predictedTexts).reduce(0, +),
            peakMemoryBytes: tasks.map(\.peakMemoryBytes).max() ?? 0)
        total.build = tasks.first?.build
        (total.machine, total.threads) = (tasks.first?.machine, tasks.first?.threads)
        // The same of all tasks.
        total.otherMachines = tasks.first?.otherMachines
        total.cpuSeconds = tasks.compactMap(\.cpuSeconds).max()
        total.parameters = tasks.compactMap(\.parameters).max()
        total.keptForFit = KeptWork.total(tasks.compactMap(\.keptForFit))
        total.keptForPrediction = KeptWork.total(tasks.compactMap(\.keptForPrediction))
        for reported in tasks.compactMap(\.reported) {
            total.reported = (total.reported ?? [:]).merging(reported, uniquingKeysWith: +)
        }
        let bytes = tasks.compactMap(\.modelBytes)
        total.modelBytes = bytes.isEmpty ? nil : bytes.reduce(0, +)
        for logs in tasks.compactMap(\.logs) { total.logs = (total.logs ?? [:]).merging(logs) { $1 } }
        for trials in tasks.compactMap(\.trialSeconds) {
            total.trialSeconds = (total.trialSeconds ?? [:]).merging(trials) { $1 }
        }
        return total
    }
}

extension KeptWork {
    /// All together; nil for none.
    static func total(_ works: [KeptWork]) -> KeptWork? {
        works.first.map { works.dropFirst().reduce($0, +) }
    }
}
