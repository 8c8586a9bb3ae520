import Foundation
import Results

/// A plan's work items in shards, each the work of one job, as a scheduler is told of them.
public struct JobPlan: Sendable {
    /// What the user says, instead of what follows from estimates.
    public struct Limits: Sendable {
        /// How many jobs; nil for one an item that is to be done and depends on no other, 100 at most.
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
    /// The sum of the estimates of the items to do in the shard that needs most, and of all that depend on others, which the
    /// shard that ends last may have to do.
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
    ) throws {
        for word in [folder] + command
        where word.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            throw ExperimentError.unscriptable(path: word)
        }
        (self.folder, self.command, self.limits, experiment) = (folder, command, limits, file.name)
        let items = plan.items
        let work = items.indices.flatMap { PlannedWork.all(of: items[$0], at: $0, withTrials: true) }
        let toDo = try plan.toDo(work)
        (itemCount, toDoCount) = (work.count, toDo.count)
        let independent = Set(plan.independentWork(withTrials: true)).intersection(toDo)
        let jobs = limits.jobs ?? max(1, min(JobPlan.maxJobs, independent.count))
        self.jobs = jobs
        let known = plan.estimates
        let contestants = Set(toDo.map { items[$0.item].id })
        estimates = known.filter { contestants.contains($0.key) }
        unknown = file.contestants.map(\.id).filter { contestants.contains($0) && known[$0] == nil }
        func seconds(_ work: [PlannedWork]) -> Double {
            work.reduce(0) { sum, work in
                let estimate = known[items[work.item].id]
                return sum + ((work.trial == nil ? estimate?.seconds : estimate?.trialSeconds) ?? 0)
            }
        }
        // The shards after these have nothing.
        let sums = (1...min(jobs, max(1, work.count))).compactMap { number in
            Shard(number: number, of: jobs).map { shard in
                seconds(plan.independentWork(of: shard, withTrials: true).filter(toDo.contains))
            }
        }
        longestSeconds =
            (sums.max() ?? 0)
            + seconds(work.filter { toDo.contains($0) && !independent.contains($0) })
    }

    /// The threads of a job.
    var cpus: Int { limits.cpus ?? estimates.values.map(\.threads).max() ?? 1 }

    /// In words: what is divided, and into what.
    func heading(_ jobs: String) -> String {
        "The \(itemCount) work items of the experiment '\(experiment)', of which \(toDoCount) are to do, in \(jobs)."
    }
}
