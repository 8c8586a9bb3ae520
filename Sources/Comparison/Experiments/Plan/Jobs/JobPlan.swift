import Foundation
import Results

/// A plan's work items in shards, each the work of one job, as a scheduler is told of them.
public struct JobPlan: Sendable {
    /// What the user says, instead of what follows from estimates.
    public struct Limits: Sendable {
        /// How many jobs; nil for one an item that is to be done, 100 at most.
        public var jobs: Int?
        /// As Slurm spells it.
        public var time: String?
        /// As Slurm spells it.
        public var memory: String?
        /// Threads of a job; nil for as many as the items took that were executed, or 1.
        public var cpus: Int?

        public init() {}
    }

    let experiment: String
    let itemCount: Int
    let toDoCount: Int
    let jobs: Int
    let limits: Limits
    /// By contestant; of those alone that have an item to do.
    let estimates: [String: ItemEstimate]
    /// Contestants with an item to do, and no estimate.
    let unknown: [String]
    /// The sum of the estimates of the items to do in the shard that needs most.
    let longestSeconds: Double
    /// The working folder, absolute.
    let folder: String
    /// The command that runs everything, in the working folder.
    let command: [String]

    static let maxJobs = 100

    /// - Parameters:
    ///   - folder: The working folder, absolute.
    ///   - command: The command that runs everything there.
    /// - Throws: `ExperimentError.unscriptable` for words that no script can hold.
    public init(
        _ plan: RunPlan, of file: ExperimentFile, limits: Limits, folder: String, command: [String]
    ) throws(ExperimentError) {
        for word in [folder] + command
        where word.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            throw .unscriptable(path: word)
        }
        (self.folder, self.command, self.limits, experiment) = (folder, command, limits, file.name)
        let items = plan.items
        let toDo = Set(items.indices.filter { items[$0].costWhenDone == nil })
        (itemCount, toDoCount) = (items.count, toDo.count)
        let jobs = limits.jobs ?? max(1, min(JobPlan.maxJobs, toDo.count))
        self.jobs = jobs
        let known = plan.estimates
        let contestants = Set(toDo.map { items[$0].id })
        estimates = known.filter { contestants.contains($0.key) }
        unknown = file.contestants.map(\.id).filter { contestants.contains($0) && known[$0] == nil }
        let sums = (1...jobs).compactMap { number in
            Shard(number: number, of: jobs)?
                .items(replicates: plan.replicates.count, contestants: file.contestants.count)
                .filter(toDo.contains).compactMap { known[items[$0].id]?.seconds }.reduce(0, +)
        }
        longestSeconds = sums.max() ?? 0
    }

    /// The threads of a job.
    var cpus: Int { limits.cpus ?? estimates.values.map(\.threads).max() ?? 1 }

    /// In words: what is divided, and into what.
    func heading(_ jobs: String) -> String {
        "The \(itemCount) work items of the experiment '\(experiment)', of which \(toDoCount) are to do, in \(jobs)."
    }
}
