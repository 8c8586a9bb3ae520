import Corpora
import Results

/// What is told of a work item.
private struct ListedItem: Encodable {
    let contestant: String
    let model: String
    /// Absent where the experiment has one dataset.
    let tasks: [String]?
    let seed: UInt64
    /// From 0; absent where rows are split once.
    let fold: Int?
    /// Absent where it is fitted on the whole train part.
    let sample: TrainSample?
    let digest: String
    let algorithmVersion: Int
    /// Absent where it has none.
    let encoder: String?
    /// The contestants whose items of the same replicate come before this one; absent where it depends on none.
    let members: [String]?
    /// How many trials of a search come before it, as items of their own; absent where none do.
    let trials: Int?
    let done: Bool
    /// Of the execution that it was done by; absent where it is not done, or nobody knows.
    let fitSeconds: Double?
    let peakMemoryBytes: Int?
    /// Of what is to be done, what others of its contestant took; absent where none was executed.
    let estimatedSeconds: Double?
    let estimatedMemoryBytes: Int?

    enum CodingKeys: String, CodingKey {
        case contestant, model, tasks, seed, fold, sample, digest, encoder, members, trials, done
        case algorithmVersion = "algorithm_version"
        case fitSeconds = "fit_seconds"
        case peakMemoryBytes = "peak_memory_bytes"
        case estimatedSeconds = "estimated_seconds"
        case estimatedMemoryBytes = "estimated_memory_bytes"
    }
}

extension WorkItem {
    /// The item as a JSON object on a line of its own.
    /// - Parameter estimate: What it is expected to need, if it is to be done.
    public func line(estimate: ItemEstimate? = nil) throws -> String {
        let cost = costWhenDone
        let estimate = cost == nil ? estimate : nil
        let known = isExternal ? nil : cost
        return String(
            decoding: try StableJSON.line(
                ListedItem(
                    contestant: id, model: model, tasks: tasks.isEmpty ? nil : tasks, seed: replicate.seed,
                    fold: replicate.fold, sample: replicate.sample, digest: digest,
                    algorithmVersion: algorithmVersion, encoder: encoder,
                    members: members.isEmpty ? nil : members.map(\.id),
                    trials: trials.isEmpty ? nil : trials.count, done: cost != nil,
                    fitSeconds: known?.fitSeconds,
                    peakMemoryBytes: known?.peakMemoryBytes, estimatedSeconds: estimate?.seconds,
                    estimatedMemoryBytes: estimate?.memoryBytes)),
            as: UTF8.self)
    }
}

/// Work items as lines for people, each after the trials of its search, with how many of all are done.
public func planText(_ items: [WorkItem]) throws -> String {
    let lines = try items.flatMap { item in
        let isDone = item.isDone
        let trials = try item.trials.map { trial in
            (name: "\(item.id), \(trial.name)\(try trial.settingsText)", isDone: try isDone || trial.isStored)
        }
        let tasks = item.tasks.isEmpty ? "" : " on \(item.tasks.joined(separator: ", "))"
        return (trials + [(name: item.id + tasks, isDone: isDone)]).map { line in
            (
                text: "\(line.isDone ? "done " : "to do")  \(line.name), \(item.replicate)\n",
                isDone: line.isDone
            )
        }
    }
    return lines.map(\.text).joined() + "\(lines.count { $0.isDone }) of \(lines.count) done\n"
}
