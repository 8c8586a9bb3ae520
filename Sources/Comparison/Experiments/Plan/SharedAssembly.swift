import Results
import SafeFiles

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
