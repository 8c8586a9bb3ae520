import Experiments
import Foundation
import TestSupport
import Testing

/// Scripts for schedulers.
@Suite struct JobPlanTests {
    private func jobs(
        _ small: SmallExperiment, folder: String = "/a b/it's",
        _ change: (inout JobPlan.Limits) -> Void = { _ in }
    ) throws -> JobPlan {
        var limits = JobPlan.Limits()
        change(&limits)
        let run = try small.engine { $0.seeds = 3 }
        return try JobPlan(
            run.plan(), of: ExperimentFile(contentsOf: small.place("e.yaml")), limits: limits, folder: folder,
            command: ["/x/bakeoff", "run", "$e `y`.yaml", "--seeds", "3"])
    }

    @Test func limitsFollowFromWhatWasExecuted() throws {
        let small = try SmallExperiment()
        let error = #expect(throws: ExperimentError.self) { try jobs(small).slurm() }
        #expect(
            error == .noEstimate(contestants: ["majority", "drawn"], missing: ["--time", "--memory"]))
        try small.run { $0.only = ["drawn"] }
        #expect(
            errorText { try jobs(small) { $0.time = "5" }.slurm() }
                == "nothing tells what majority will need, since no item of it was executed here: say --memory, or run one item of each first"
        )
        // Of one seed both are done, which say what the others need.
        try small.run()
        let record = try small.object("report/records/drawn.json")
        let cost = try #require(((record["tasks"] as? [[String: Any]])?.first?["cost"]) as? [String: Any])
        let memory = try #require(cost["peak_memory_bytes"] as? Int)
        let script = try jobs(small).slurm()
        #expect(script.contains("#SBATCH --array=1-4\n"), "four are to do")
        #expect(script.contains("The 6 work items of the experiment 'small', of which 4 are to do"))
        #expect(script.contains("#SBATCH --time=6\n") && script.contains("2 times the 0.0 s"))
        let limit = try #require(script.firstMatch(of: /--mem=([0-9]+)M/).flatMap { Int($0.1) })
        #expect(Double(limit << 20) >= Double(memory) * 1.5 && limit % 100 == 0)
        #expect(!script.contains("no estimate"))
    }

    @Test func whatTheUserSaysIsTaken() throws {
        let small = try SmallExperiment()
        let script = try jobs(small) { ($0.jobs, $0.time, $0.memory, $0.cpus) = (2, "1-00", "3G", 7) }.slurm()
        for line in ["array=1-2", "time=1-00", "mem=3G", "cpus-per-task=7"] {
            #expect(script.contains("#SBATCH --\(line)\n"))
        }
        #expect(script.contains("--time: as was said; there is no estimate yet for majority, drawn"))
    }

    /// The shell reads every word as it was.
    @Test func wordsAreQuoted() throws {
        let small = try SmallExperiment()
        let script = try jobs(small) { ($0.time, $0.memory) = ("5", "1G") }.slurm()
        #expect(script.contains("\ncd '/a b/it'\\''s'\n"))
        #expect(script.contains("exec /x/bakeoff run '$e `y`.yaml' --seeds 3 \\\n"))
        #expect(script.contains(#"--wrap='/x/bakeoff run '\''$e `y`.yaml'\'' --seeds 3 --threads 1'"#))
        let makefile = try jobs(small) { $0.jobs = 2 }.makefile()
        #expect(makefile.contains("\ncd") == false)
        #expect(
            makefile.contains(
                "shard-2:\n\tcd '/a b/it'\\''s' && /x/bakeoff run '$$e `y`.yaml' --seeds 3 --shard 2/2\n"))
        #expect(throws: ExperimentError.unscriptable(path: "/a\nb")) { try jobs(small, folder: "/a\nb") }
    }

    @Test func itemsTellWhatOthersOfTheirContestantTook() throws {
        let small = try SmallExperiment()
        try small.run { $0.only = ["drawn"] }
        let plan = try small.engine { $0.seeds = 2 }.plan()
        let lines = try plan.items.map { try $0.line(estimate: plan.estimates[$0.id]) }
        #expect(lines.map { $0.contains("estimated_seconds") } == [false, false, false, true])
    }
}
