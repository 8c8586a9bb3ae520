import Corpora
import Results

/// What is told of a trial.
private struct ListedTrial: Encodable {
    let contestant: String
    let model: String
    /// Absent where the experiment has one dataset.
    let tasks: [String]?
    let seed: UInt64
    /// From 0; absent where rows are split once.
    let fold: Int?
    /// Absent where it is fitted on the whole train part.
    let sample: TrainSample?
    /// Of the contestant's item, which comes after its trials.
    let digest: String
    /// As the report counts the trials of the search, from 1; 0 for the entry without its search.
    let trial: Int
    /// Absent for trial 0, and where they follow from trials that are not done.
    let settings: [String: String]?
    let done: Bool
    /// Absent where it is not done, or nobody knows.
    let fitSeconds: Double?
    /// What the slowest trial of its contestant took; absent where none was executed.
    let estimatedSeconds: Double?

    enum CodingKeys: String, CodingKey {
        case contestant, model, tasks, seed, fold, sample, digest, trial, settings, done
        case fitSeconds = "fit_seconds"
        case estimatedSeconds = "estimated_seconds"
    }
}

extension WorkItem {
    /// The item as a JSON object on a line of its own, after a line for each trial that comes before it.
    /// - Parameter estimate: What the item is expected to need, if it is to be done.
    public func lines(estimate: ItemEstimate? = nil) throws -> String {
        let isDone = self.isDone
        let trials = try trials.map { trial in
            let record = try trial.record
            let isTrialDone = try isDone || trial.isStored
            let tasks = trial.search.runs.compactMap(\.task.name)
            return String(
                decoding: try StableJSON.line(
                    ListedTrial(
                        contestant: id, model: model, tasks: tasks.isEmpty ? nil : tasks,
                        seed: replicate.seed, fold: replicate.fold, sample: replicate.sample, digest: digest,
                        trial: trial.number,
                        settings: try trial.settings.map {
                            Dictionary($0.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
                        }, done: isTrialDone, fitSeconds: record?.seconds,
                        estimatedSeconds: isTrialDone ? nil : estimate?.trialSeconds)),
                as: UTF8.self)
        }
        return try trials.joined() + line(estimate: estimate)
    }
}
