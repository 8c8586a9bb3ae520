import Foundation
import Testing

/// Several processes on the folders of one run.
@Suite struct SharedRunTests {
    private static let experiment = """
        name: shared
        dataset: {recipe: front-desk}
        split: {train: 0.70, validation: 0.15, test: 0.15, stratify: labels, seed: 42}
        contestants:
          - {id: majority, model: dummy}
          - {id: vader, model: vader}
          - {id: lr, model: tfidf-logreg, tfidf: {max-features: 2000}}
          - {id: bayes, model: naive-bayes}
        """
    private static let ids = ["majority", "vader", "lr", "bayes"]

    private func program() throws -> Program {
        let program = try Program()
        try program.write(Self.experiment, to: "e.yaml")
        return program
    }

    /// All that does not differ from run to run: everything but times, and what is made of them.
    private func artifacts(_ program: Program, _ report: String = "reports/shared") throws -> [String: Data] {
        let root = program.folder.appendingPathComponent(report)
        var contents: [String: Data] = [:]
        let names = try FileManager.default.subpathsOfDirectory(atPath: root.path)
        for name in names where !name.hasPrefix(".") {
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(
                atPath: root.appendingPathComponent(name).path, isDirectory: &isFolder)
            if isFolder.boolValue || name.contains("cost") || name.hasSuffix(".md") || name.hasSuffix(".html")
                || name.contains("records/") || name.contains("tables/ranking")
            {
                continue
            }
            contents[name] = try program.data("\(report)/\(name)")
            guard name.hasSuffix("results.json") else { continue }
            var results = try object(program.read("\(report)/\(name)"))
            #expect(results.removeValue(forKey: "timings") != nil)
            contents[name] = try JSONSerialization.data(withJSONObject: results, options: .sortedKeys)
        }
        return contents
    }

    private func undisturbed(_ options: String = "") throws -> [String: Data] {
        let program = try program()
        #expect(try program.shell("\"$BAKEOFF\" run e.yaml \(options) >/dev/null").status == 0)
        return try artifacts(program)
    }

    private func expectSame(_ program: Program, as whole: [String: Data]) throws {
        let own = try artifacts(program)
        #expect(own.keys.sorted() == whole.keys.sorted() && whole.count > 10)
        for (name, content) in whole { #expect(own[name] == content, "\(name)") }
        let verified = try program.run("report", "reports/shared", "--verify")
        #expect(verified.status == 0, "\(verified.errors)")
        let hidden = try FileManager.default.contentsOfDirectory(
            atPath: program.folder.appendingPathComponent("reports/shared").path)
        #expect(hidden.filter { $0.hasPrefix(".") } == [".bakeoff"])
    }

    /// How often each item was begun, as the processes told in files that are named so.
    private func fittings(_ program: Program, in files: [String]) throws -> [String: Int] {
        var fittings: [String: Int] = [:]
        for file in files {
            var seed = "seed 42"
            for line in try program.read(file).split(separator: "\n") {
                if line.hasPrefix("seed ") { seed = String(line) }
                if line.hasSuffix(": fitting") { fittings["\(seed) \(line)", default: 0] += 1 }
            }
        }
        return fittings
    }

    @Test func eachItemIsFittedOnce() throws {
        let program = try program()
        let outcome = try program.shell(
            """
            for i in 1 2 3 4; do
                "$BAKEOFF" run e.yaml --seeds 3 --threads 1 >out$i 2>err$i & p[$i]=$!
            done
            for i in 1 2 3 4; do wait ${p[$i]} || exit 1; done
            """)
        #expect(outcome.status == 0)
        let fittings = try fittings(program, in: (1...4).map { "err\($0)" })
        #expect(fittings.count == 12 && fittings.values.allSatisfy { $0 == 1 }, "\(fittings)")
        // Each tells the ranking, and one has made the report.
        let rankings = try (1...4).map { try program.read("out\($0)") }
        #expect(Set(rankings).count == 1 && rankings[0].contains("bayes"))
        try expectSame(program, as: undisturbed("--seeds 3"))
    }

    /// Killed at moments that differ from process to process and from round to round.
    @Test func whatTheKilledHadIsTakenOver() throws {
        let program = try program()
        for round in 1...4 {
            _ = try program.shell(
                """
                for i in 1 2 3; do
                    "$BAKEOFF" run e.yaml --seeds 3 --threads 1 >/dev/null 2>>err & p[$i]=$!
                done
                for i in 1 2 3; do sleep 0.0$((i * \(round))); kill -9 ${p[$i]} 2>/dev/null; done
                wait
                """)
        }
        let outcome = try program.shell(
            """
            "$BAKEOFF" run e.yaml --seeds 3 >/dev/null 2>>err & first=$!
            "$BAKEOFF" run e.yaml --seeds 3 >/dev/null 2>>err && wait $first
            """)
        let told = try program.read("err")
        #expect(outcome.status == 0, "\(told)")
        try expectSame(program, as: undisturbed("--seeds 3"))
    }

    @Test func shardsDoTheirShareAndTheLastAssembles() throws {
        let program = try program()
        for number in [2, 3, 1] {
            let outcome = try program.run("run", "e.yaml", "--seeds", "3", "--shard", "\(number)/3")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(program.exists("reports/shared/results.json") == (number == 1))
            #expect(outcome.errors.contains("shard \(number)/3 is done") == (number != 1))
            #expect(outcome.errors.split(separator: "\n").count { $0.hasSuffix(": fitting") } == 4)
        }
        try expectSame(program, as: undisturbed("--seeds 3"))
        let again = try program.run("run", "e.yaml", "--seeds", "3", "--shard", "2/3")
        #expect(again.status == 0 && !again.errors.contains("fitting"))
    }

    /// The items are done, and who did the last of them ended before it had assembled.
    @Test func reportAssembles() throws {
        let program = try program()
        let report = "reports/shared"
        #expect(try program.run("run", "e.yaml", "--seeds", "3", "--shard", "1/2").status == 0)
        let early = try program.run("report", report)
        #expect(early.status == 2 && early.output.isEmpty)
        #expect(early.errors.contains("6 of 12 work items are not done (vader, seed 42)"), "\(early.errors)")
        #expect(!program.exists("\(report)/results.json"))
        let unfinished = try program.read("\(report)/unfinished.json")
        #expect(unfinished.contains("\"../../e.yaml\"") && unfinished.contains("\"../../runs/shared\""))
        #expect(try program.run("run", "e.yaml", "--seeds", "3", "--shard", "2/2").status == 0)
        #expect(!program.exists("\(report)/unfinished.json"))

        _ = try program.shell(
            "cd \(report) && echo unfinished.json >> .bakeoff && rm results.json README.md report.html seeds/*/results.json ../../runs/shared/lr/README.md"
        )
        try program.write(unfinished, to: "\(report)/unfinished.json")
        let assembled = try program.shell("cd / && \"$BAKEOFF\" report \"$OLDPWD/\(report)\"")
        #expect(
            assembled.status == 0 && assembled.output.hasSuffix("\(report)/README.md\n"),
            "\(assembled.errors)")
        #expect(!assembled.errors.contains("fitting"))
        #expect(program.exists("runs/shared/lr/README.md") && !program.exists("\(report)/unfinished.json"))
        try expectSame(program, as: undisturbed("--seeds 3"))
    }

    /// A run that began since is told, and does no harm to the results that are there.
    @Test func reportRendersWhatWasAssembledBefore() throws {
        let program = try program()
        let report = "reports/shared"
        #expect(try program.run("run", "e.yaml", "--shard", "1/2").status == 0)
        let unfinished = try program.read("\(report)/unfinished.json")
        #expect(try program.run("run", "e.yaml").status == 0)
        let results = try program.read("\(report)/results.json")
        try program.write(unfinished, to: "\(report)/unfinished.json")
        try program.write(Self.experiment + "\nseed: 7\n", to: "e.yaml")
        let rendered = try program.run("report", report)
        #expect(rendered.status == 0, "\(rendered.errors)")
        #expect(
            rendered.errors.contains("is not in it")
                && rendered.errors.contains("e.yaml: changed since the run"),
            "\(rendered.errors)")
        #expect(try program.read("\(report)/results.json") == results)

        try program.write("{}", to: "\(report)/unfinished.json")
        let damaged = try program.run("report", report)
        #expect(damaged.status == 2 && damaged.errors.contains("unfinished.json"), "\(damaged.errors)")
    }

    /// The script that is printed for Slurm, with a stand-in for `sbatch` that keeps what it was told.
    @Test func aScriptForSlurmDoesWhatARunDoes() throws {
        let program = try program()
        let plan = ["plan", "e.yaml", "--format", "slurm", "--seeds", "3"]
        let refused = try program.run(plan)
        #expect(refused.status == 2 && refused.output.isEmpty)
        #expect(
            refused.errors.contains("what majority, vader, lr, bayes will need")
                && refused.errors.contains("say --time and --memory"), "\(refused.errors)")
        #expect(try program.run("run", "e.yaml").status == 0)
        let estimated = try program.run(plan)
        #expect(estimated.status == 0, "\(estimated.errors)")
        #expect(estimated.lines.contains("#SBATCH --array=1-8"), "\(estimated.output)")
        #expect(estimated.output.contains("#SBATCH --time=6\n"), "\(estimated.output)")
        #expect(estimated.output.contains(/#SBATCH --mem=[1-9][0-9]*00M\n/))

        let said = try program.run(
            plan + ["--jobs", "3", "--time", "1:30", "--memory", "2G", "--cpus", "1"])
        #expect(said.lines.contains("#SBATCH --array=1-3") && said.lines.contains("#SBATCH --time=1:30"))
        try program.write(said.output, to: "job.sh")
        try program.write(
            """
            #!/bin/bash
            printf '%s\\n' "$@" "--" >> "$TOLD"
            echo "77;here"

            """, to: "bin/sbatch")
        let submitted = try program.shell(
            """
            chmod +x bin/sbatch; export TOLD="$PWD/told" PATH="$PWD/bin:$PATH"
            bash job.sh || exit 1
            for task in 3 1 2; do SLURM_ARRAY_TASK_ID=$task SLURM_CPUS_PER_TASK=1 bash job.sh || exit 1; done
            sh -c "$(sed -n 's/^--wrap=//p' told)"
            """)
        #expect(submitted.status == 0, "\(submitted.errors)")
        let told = try program.read("told").split(separator: "\n")
        #expect(told.first == "--parsable" && told.count { $0 == "--" } == 2)
        #expect(told.contains("--dependency=afterok:77") && told.contains("--kill-on-invalid-dep=yes"))
        try expectSame(program, as: undisturbed("--seeds 3"))
    }

    @Test func aMakefileDoesWhatARunDoes() throws {
        let program = try program()
        let printed = try program.run("plan", "e.yaml", "--format", "make", "--jobs", "3", "--cpus", "1")
        #expect(printed.status == 0, "\(printed.errors)")
        let rules = printed.output.split(separator: "\n").filter { $0.hasPrefix("shard-") }
        #expect(rules == ["shard-1:", "shard-2:", "shard-3:"])
        let recipes = printed.output.split(separator: "\n").filter { $0.hasPrefix("\t") }
        // The first is that of the goal, which comes last.
        for recipe in recipes.dropFirst() + recipes.prefix(1) {
            #expect(try program.shell(String(recipe.dropFirst()).replacing("$$", with: "$")).status == 0)
        }
        try expectSame(program, as: undisturbed())
    }

    @Test(arguments: [
        (["run", "e.yaml", "--shard", "0/3"], "0/3"), (["run", "e.yaml", "--shard", "4/3"], "4/3"),
        (["run", "e.yaml", "--shard", "1"], "shard"),
        (["run", "e.yaml", "--shard", "1/2", "--force"], "--force does not go with --shard 1/2"),
        (["plan", "e.yaml", "--jobs", "3"], "--jobs goes with"),
        (["plan", "e.yaml", "--format", "make", "--time", "3"], "--time goes with"),
        (["plan", "e.yaml", "--format", "slurm", "--jobs", "0"], "--jobs must be"),
        (["plan", "e.yaml", "--format", "slurm", "--time", "3; rm"], "--time: expected"),
        (["plan", "e.yaml", "--format", "slurm", "--memory", "3 G"], "--memory: expected"),
        (["plan", "e.yaml", "--format", "slurm", "--cpus", "0"], "--cpus must be"),
    ]) func badOptionsAreRefused(arguments: [String], words: String) throws {
        let program = try program()
        let outcome = try program.run(arguments)
        #expect(outcome.status == 2 && outcome.errors.contains(words), "\(outcome.errors)")
        #expect(!program.exists("reports"))
    }

    /// In an array job the shard follows from the environment, wherever its numbers begin.
    @Test func anArrayJobSaysTheShard() throws {
        let program = try program()
        let outcome = try program.shell(
            """
            export SLURM_ARRAY_TASK_COUNT=2 SLURM_ARRAY_TASK_MIN=10 SLURM_ARRAY_TASK_STEP=5
            SLURM_ARRAY_TASK_ID=15 "$BAKEOFF" run e.yaml || exit 1
            [ ! -e reports/shared/results.json ] || exit 1
            SLURM_ARRAY_TASK_ID=10 "$BAKEOFF" run e.yaml || exit 1
            SLURM_ARRAY_TASK_ID=12 "$BAKEOFF" run e.yaml; echo "rc $?"
            """)
        #expect(outcome.lines.last == "rc 2", "\(outcome.errors)")
        #expect(outcome.errors.contains("notice: shard 2/2, by SLURM_ARRAY_TASK_ID"))
        try expectSame(program, as: undisturbed())
    }
}
