import Foundation
import Results

extension JobPlan {
    /// Each job is allowed that many times what its items are expected to take, and so much besides.
    private static let timeFactor = 2.0
    private static let startSeconds = 300.0
    private static let memoryFactor = 1.5
    private static let memoryStep = 100 << 20

    /// A script that `sbatch` takes as an array, and that submits this array and a job that assembles when bash runs it.
    ///
    /// - Throws: `ExperimentError.noEstimate` where time or memory is neither said nor follows from what was executed.
    public func slurm() throws(ExperimentError) -> String {
        let missing = [("--time", limits.time), ("--memory", limits.memory)].filter { $0.1 == nil }.map(\.0)
        if !unknown.isEmpty && !missing.isEmpty {
            throw .noEstimate(contestants: unknown, missing: missing)
        }
        let name = jobName
        let limitOptions = "--cpus-per-task=\(cpus) --time=\(time) --mem=\(memory)"
        let assemble = shellQuoted("\(shellCommand(command)) --threads \(cpus)")
        return """
            #!/bin/bash
            #SBATCH --job-name=\(name)
            #SBATCH --array=1-\(jobs)
            #SBATCH --cpus-per-task=\(cpus)
            #SBATCH --time=\(time)
            #SBATCH --mem=\(memory)
            #SBATCH --output=slurm-%x-%A-%a.log
            #
            # \(heading("the \(jobs) \(jobs == 1 ? "task" : "tasks") of an array"))
            # Printed by bakeoff \(BakeoffVersion.current). Nothing is submitted by itself:
            #
            #   bash FILE      submits the array, and a second job that assembles when all its tasks have succeeded
            #   sbatch FILE    submits the array alone; the task that ends last assembles
            #
            # The tasks may run on any nodes that see the folders. Each item is executed once, whatever else runs there.
            # --time: \(timeReason)
            # --mem: \(memoryReason)
            # --cpus-per-task: \(cpuReason)
            set -euo pipefail
            script=$(realpath -- "${BASH_SOURCE[0]}")
            cd \(shellQuoted(folder))

            if [ -n "${SLURM_ARRAY_TASK_ID:-}" ]; then
                exec \(shellCommand(command)) \\
                    --threads "${SLURM_CPUS_PER_TASK:-\(cpus)}" --shard "$SLURM_ARRAY_TASK_ID/\(jobs)"
            fi
            array=$(sbatch --parsable "$script")
            sbatch --parsable --job-name=\(name)-assemble --dependency="afterok:${array%%;*}" --kill-on-invalid-dep=yes \\
                \(limitOptions) --output=slurm-%x-%j.log \\
                --wrap=\(assemble)

            """
    }

    /// The experiment's name with the letters alone that need no quoting.
    private var jobName: String {
        let letters = experiment.map { letter -> Character in
            letter.isASCII && (letter.isLetter || letter.isNumber || "._-".contains(letter)) ? letter : "-"
        }
        return letters.isEmpty ? "bakeoff" : String(letters)
    }

    // MARK: Limits

    /// In minutes, unless the user says it otherwise.
    private var time: String {
        limits.time
            ?? "\(Int(((longestSeconds * JobPlan.timeFactor + JobPlan.startSeconds) / 60).rounded(.up)))"
    }

    private var timeReason: String {
        if limits.time != nil { return "as was said\(unknownNote)" }
        let factor = Int(JobPlan.timeFactor)
        return
            "\(factor) times the \(rounded(longestSeconds)) s that the longest task is expected to take, and "
            + "\(Int(JobPlan.startSeconds / 60)) minutes; an item takes what the slowest of its contestant took here"
    }

    private var memory: String {
        if let memory = limits.memory { return memory }
        let bytes = Double(largestMemory) * JobPlan.memoryFactor
        let steps = max(1, Int((bytes / Double(JobPlan.memoryStep)).rounded(.up)))
        return "\(steps * (JobPlan.memoryStep >> 20))M"
    }

    private var largestMemory: Int { estimates.values.map(\.memoryBytes).max() ?? 0 }

    private var memoryReason: String {
        if limits.memory != nil { return "as was said\(unknownNote)" }
        return
            "\(JobPlan.memoryFactor) times the \(largestMemory >> 20) MiB that the largest item took here, rounded up"
    }

    private var cpuReason: String {
        if limits.cpus != nil { return "as was said" }
        return estimates.isEmpty
            ? "one, since nothing was executed here yet; --cpus says another number"
            : "as many threads as the items took here"
    }

    private var unknownNote: String {
        unknown.isEmpty ? "" : "; there is no estimate yet for \(unknown.joined(separator: ", "))"
    }

    private func rounded(_ seconds: Double) -> String { String(format: "%.1f", seconds) }
}
