// Which published results stand beside ours is part of the results, so that the report is the same whenever it is rendered.
extension ExperimentResults {
    /// Adds published results to those that the experiment names.
    /// - Throws: `ResultsError.noAnalysis` if the run has no analysis, where they would stand.
    public mutating func remember(published names: [String]) throws(ResultsError) {
        if names.isEmpty { return }
        if tasks.contains(where: { $0.analysis == nil }) { throw .noAnalysis(wanted: "published results") }
        for index in tasks.indices {
            for name in names where tasks[index].analysis?.options.against.contains(name) == false {
                tasks[index].analysis?.options.against.append(name)
            }
        }
    }

    /// Takes all of them away.
    public mutating func forgetPublished() {
        for index in tasks.indices { tasks[index].analysis?.options.against = [] }
    }
}
