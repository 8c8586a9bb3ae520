import Experiments
import Foundation
import Results
import SafeFiles
import Synchronization
import TestSupport
import Testing
import TextClassifiers

/// Trials of a search as items of the plan: who does them, in what order, and what is told of them.
@Suite struct TrialItemTests {
    private static let halving =
        "level: [0.8, 0.2, 0.3, 0.7, 0.4, 0.55, 0.6], metric: log-loss, method: halving"
    /// The default, seven on a third of the rows, three on all.
    private static let fittings = 11

    /// Runs until so many were fitted, in all.
    private func run(_ experiment: KnowingExperiment, untilFits count: Int) throws {
        #expect(throws: RunStopped.self) {
            try experiment.engine {
                $0.shouldStop = { ((try? experiment.fits().count) ?? 0) >= count }
            }.run { _ in }
        }
        #expect(try experiment.fits().count == count)
    }

    private func verify(_ experiment: KnowingExperiment) throws {
        let layout = RunLayout(experiment.small.place("report"))
        try verifyResults(ExperimentResults(contentsOf: layout), in: layout)
    }

    // MARK: Who does them

    /// Each is fitted once, by one of several that run at once, whatever the order.
    @Test func severalProcessesShareTheTrials() async throws {
        for search in [Self.halving, "level: [0.8, 0.2, 0.3, 0.7, 0.4], metric: log-loss"] {
            let whole = try KnowingExperiment(search)
            _ = try whole.engine { $0.seeds = 2 }.run { _ in }
            let shared = try KnowingExperiment(search)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<3 {
                    group.addTask { _ = try shared.engine { $0.seeds = 2 }.run { _ in } }
                }
                try await group.waitForAll()
            }
            let sorted = try [shared, whole].map { experiment in
                try experiment.fits().map { $0.joined(separator: " ") }.sorted()
            }
            #expect(sorted[0] == sorted[1])
            #expect(try shared.small.bytes() == whole.small.bytes())
            #expect(!shared.small.exists("report/.bakeoff.work") && !shared.small.exists("models/a/work"))
            try verify(shared)
        }
    }

    /// Shares have trials of their own; the rest is done by whoever finds what it depends on done, in any order.
    @Test func shardsInAnyOrderMakeTheSameBytes() throws {
        let whole = try KnowingExperiment(Self.halving)
        _ = try whole.engine().run { _ in }
        for order in [[1, 2, 3], [3, 1, 2], [2, 3, 1]] {
            let shared = try KnowingExperiment(Self.halving)
            var fits: [Int] = []
            for number in order {
                let came = try shared.engine { $0.shard = Shard(number: number, of: 3) }.shardRun { _ in }
                #expect((came == nil) == (fits.count < 2))
                fits.append(try shared.fits().count)
            }
            // Of the eight that depend on none, the first two shards have three each, the last has two.
            let sizes = order.dropLast().reduce(into: [0]) { $0.append($0[$0.count - 1] + ($1 == 3 ? 2 : 3)) }
            #expect(fits == Array(sizes.dropFirst()) + [Self.fittings], "\(order)")
            #expect(try shared.small.bytes() == whole.small.bytes(), "\(order)")
            try verify(shared)
        }
    }

    /// What was fitted before a kill is not fitted again, nor where another process chooses.
    @Test func aKilledSearchGoesOnBetweenTrials() throws {
        let whole = try KnowingExperiment(Self.halving)
        let undisturbed = try whole.engine().run { _ in }
        for count in [1, 4, 8, 9, 11] {
            let broken = try KnowingExperiment(Self.halving)
            try run(broken, untilFits: count)
            let results = try broken.engine().run { _ in }
            #expect(try broken.fits() == whole.fits(), "\(count)")
            #expect(results.contestants == undisturbed.contestants)
            #expect(try broken.small.bytes() == whole.small.bytes(), "\(count)")
        }
    }

    /// What a process does whose trial another one takes over, which has ended since.
    @Test func whoLosesATrialWritesNothingOfIt() throws {
        let search = "level: [0.2, 0.8], metric: log-loss"
        let whole = try KnowingExperiment(search)
        let undisturbed = try whole.engine().run { _ in }
        let experiment = try KnowingExperiment(search)
        let isTaken = Mutex(false)
        var events: [String] = []
        let results = try experiment.engine { options in
            // Asked once the lock of the first trial is there, before it is fitted.
            options.shouldStop = {
                let names = try? FileManager.default.contentsOfDirectory(
                    atPath: experiment.small.place("report/.bakeoff.work").path)
                guard let lock = names?.first(where: { $0.hasPrefix("lock trial ") }) else { return false }
                isTaken.withLock { isTaken in
                    if !isTaken { try? takeOver(lock, experiment) }
                    isTaken = true
                }
                return false
            }
        }.run { events.append("\($0)") }
        let told = events.filter { $0.hasPrefix("a, ") }
        #expect(told.count == 5, "\(told)")
        #expect(
            told[0].hasPrefix("a, default of the search: another process took it over")
                && told[1].hasPrefix("a, trial 1 of 2") && told[2].hasPrefix("a, trial 2 of 2")
                && told[3].contains("process 4194304 on") && told[3].hasSuffix("it is taken over")
                && told[4].hasPrefix("a, default of the search: log-loss 0.6931"))
        #expect(try experiment.fits().map { $0[0] } == ["0.2", "0.8", "0.5"])
        #expect(results.contestants == undisturbed.contestants)
        #expect(!experiment.small.exists("report/.bakeoff.work"))
    }

    /// Takes a lock over, as a process of this host does that has ended since.
    private func takeOver(_ lock: String, _ experiment: KnowingExperiment) throws {
        var mark = ProcessMark.current
        mark.process = 4_194_304
        let holder = try JSONEncoder().encode(["holder": Holder(token: "other", process: mark)])
        try experiment.small.write(
            String(decoding: holder, as: UTF8.self).dropLast() + ",\"state\":\"held\"}",
            to: "report/.bakeoff.work/\(lock.dropLast(2)).1")
    }

    /// A trial that is gone is fitted again, and none else.
    @Test func whatIsRemovedIsFittedAgain() throws {
        let experiment = try KnowingExperiment("level: [0.2, 0.8, 0.6], metric: log-loss")
        try run(experiment, untilFits: 4)
        let trials = try trialFolder(experiment)
        let records = try FileManager.default.contentsOfDirectory(atPath: trials.path).filter {
            $0 != "models"
        }
        #expect(records.count == 4)
        for record in records {
            let file = trials.appendingPathComponent(record).appendingPathComponent("trial.json")
            let text = try String(contentsOf: file, encoding: .utf8)
            if text.contains("level: 0.2") { try Data("{".utf8).write(to: file) }
        }
        _ = try experiment.engine().run { _ in }
        #expect(try experiment.fits().map { $0[0] } == ["0.5", "0.2", "0.8", "0.6", "0.2"])
        try verify(experiment)
    }

    private func trialFolder(_ experiment: KnowingExperiment) throws -> URL {
        let digest = try #require(experiment.engine().plan().items.first).digest
        return experiment.small.place("models/a/work/\(digest)/trials")
    }

    /// The models of the default and of the best so far are kept, and no other.
    @Test func modelsThatMayBeNeededAreKept() throws {
        let experiment = try KnowingExperiment("level: [0.2, 0.8, 0.3, 0.8001, 0.6], metric: log-loss")
        for (count, levels) in [
            (1, ["0.5"]), (2, ["0.2", "0.5"]), (4, ["0.5", "0.8"]), (6, ["0.5", "0.8001"]),
        ] {
            try run(experiment, untilFits: count)
            let models = try trialFolder(experiment).appendingPathComponent("models")
            let kept = try FileManager.default.contentsOfDirectory(atPath: models.path).map { key in
                let file = models.appendingPathComponent(key).appendingPathComponent("0/knowing.txt")
                return String(try String(contentsOf: file, encoding: .utf8).prefix { $0 != " " })
            }
            #expect(kept.sorted() == levels)
        }
    }

    /// Of equals the first is chosen, whoever was done first.
    @Test func ofEqualsTheFirstIsChosen() throws {
        let search = "first.depth: [1, 2, 3], metric: log-loss"
        for order in [[1, 2, 3, 4], [4, 3, 2, 1]] {
            let experiment = try KnowingExperiment(search)
            for number in order {
                _ = try experiment.engine { $0.shard = Shard(number: number, of: 4) }.shardRun { _ in }
            }
            let results = try ExperimentResults(contentsOf: RunLayout(experiment.small.place("report")))
            #expect(results.contestants[0].searches?.first?.best == 0, "\(order)")
            #expect(try experiment.fits().count == 4)
        }
    }

    /// `--force` shares with nobody: the item does all itself, anew.
    @Test func forceBeginsTheSearchAnew() throws {
        let experiment = try KnowingExperiment("level: [0.2, 0.8], metric: log-loss")
        let results = try experiment.engine().run { _ in }
        let again = try experiment.engine { $0.force = true }.run { _ in }
        #expect(again.contestants == results.contestants)
        #expect(try experiment.fits().count == 6)
    }

    /// Other contestants are neither waited for nor fitted.
    @Test func whatIsNotWantedIsNotTried() throws {
        let experiment = try KnowingExperiment("level: [0.2, 0.8], metric: log-loss")
        try experiment.small.replace("contestants:\n", with: "contestants:\n  - {id: b, model: dummy}\n")
        _ = try experiment.engine { $0.only = ["b"] }.run { _ in }
        #expect(!experiment.small.exists("fits.txt"))
    }

    // MARK: What is told

    @Test func aPlanListsTheTrials() throws {
        let experiment = try KnowingExperiment("level: [0.2, 0.8, 0.6], metric: log-loss, method: halving")
        func items() throws -> [WorkItem] { try experiment.engine().plan().items }
        #expect(
            try planText(items()) == """
                to do  a, default of the search, seed 42
                to do  a, trial 1 of 4, level 0.2, seed 42
                to do  a, trial 2 of 4, level 0.8, seed 42
                to do  a, trial 3 of 4, level 0.6, seed 42
                to do  a, trial 4 of 4, seed 42
                to do  a, seed 42
                0 of 6 done

                """)
        try run(experiment, untilFits: 4)
        #expect(
            try planText(items()) == """
                done   a, default of the search, seed 42
                done   a, trial 1 of 4, level 0.2, seed 42
                done   a, trial 2 of 4, level 0.8, seed 42
                done   a, trial 3 of 4, level 0.6, seed 42
                to do  a, trial 4 of 4, level 0.8, seed 42
                to do  a, seed 42
                4 of 6 done

                """)
        let lines = try items()[0].lines().split(separator: "\n").map { line in
            try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
        #expect(lines.map { $0["trial"] as? Int } == [0, 1, 2, 3, 4, nil])
        #expect(
            lines.map { ($0["settings"] as? [String: String])?["level"] }
                == [nil, "0.2", "0.8", "0.6", "0.8", nil])
        #expect(lines.map { $0["done"] as? Bool } == [true, true, true, true, false, false])
        #expect(lines.map { $0["fit_seconds"] != nil } == [true, true, true, true, false, false])
        #expect(Set(lines.compactMap { $0["digest"] as? String }).count == 1)
        #expect(lines[5]["trials"] as? Int == 5)
        _ = try experiment.engine().run { _ in }
        #expect(try planText(items()).hasSuffix("done   a, seed 42\n6 of 6 done\n"))
    }

    /// Each task searches for itself, and the names say on which.
    @Test func eachTaskHasItsTrials() throws {
        let small = try SmallExperiment(
            """
            seed: 42
            tasks:
              - {name: spam, dataset: {file: data.csv, labels: {column: label}}, split: {train: 0.5, validation: 0.25, test: 0.25}}
              - {name: kind, dataset: {file: data.csv, labels: {column: kind}}, split: {train: 0.5, validation: 0.25, test: 0.25}}
            contestants:
              - {id: a, model: dummy, search: {strategy: [stratified], metric: accuracy}}
            report: {analysis: false}

            """)
        #expect(
            try planText(small.items()) == """
                to do  a, default of the search on spam, seed 42
                to do  a, trial 1 of 1 on spam, strategy stratified, seed 42
                to do  a, default of the search on kind, seed 42
                to do  a, trial 1 of 1 on kind, strategy stratified, seed 42
                to do  a on spam, kind, seed 42
                0 of 5 done

                """)
        try small.run()
        #expect(try planText(small.items()).hasSuffix("5 of 5 done\n"))
    }

    /// A program's model cannot be read back, so that whoever chooses fits it; features and a learner are searched at once.
    @Test(arguments: [
        "model: command, command: ['true'], search: {command: [['false'], ['true']]}",
        "model: tfidf-logreg, search: {C: [0.1, 1]}",
    ])
    func whatOneProcessDoesIsOneItem(entry: String) throws {
        let small = try SmallExperiment()
        try small.replace("{id: majority, model: dummy}", with: "{id: a, \(entry)}")
        #expect(
            try planText(small.items()) == "to do  a, seed 42\nto do  drawn, seed 42\n0 of 2 done\n")
    }

    @Test func aRunTellsItsTrials() throws {
        let experiment = try KnowingExperiment("level: [0.2, 0.8], broken: [true, false], metric: log-loss")
        var events: [String] = []
        _ = try experiment.engine().run { events.append("\($0)") }
        let told = events.filter { $0.hasPrefix("a") }.map { text in
            text.firstMatch(of: #/(.*), in [0-9.]+ m?s/#).map { String($0.1) } ?? text
        }
        #expect(
            told.prefix(6) == [
                "a, default of the search: log-loss 0.6931",
                "a, trial 1 of 4, level 0.2, broken true: log-loss is undefined",
                "a, trial 2 of 4, level 0.2, broken false: log-loss 1.6094",
                "a, trial 3 of 4, level 0.8, broken true: log-loss is undefined",
                "a, trial 4 of 4, level 0.8, broken false: log-loss 0.2231", "a: fitting",
            ])
        #expect(told.count > 6 && told[6].hasPrefix("a: fitted in"))
    }

    /// What the trials took counts as the contestant's, and their machines are told.
    @Test func whatTrialsTookIsTheContestants() throws {
        let other = Machine(
            cpu: "Other CPU", cores: 64, memoryBytes: 1 << 40, system: "Test OS", swift: "6.x",
            blas: "Test BLAS")
        let experiment = try KnowingExperiment("level: [0.2, 0.8], metric: log-loss")
        #expect(
            try experiment.engine { ($0.shard, $0.machine) = (Shard(number: 1, of: 2), other) }
                .shardRun { _ in } == nil)
        let results = try experiment.engine { $0.shard = Shard(number: 2, of: 2) }.run { _ in }
        let cost = try #require(results.timings.contestants["a"])
        let seconds = try #require(cost.trialSeconds?["a"])
        #expect(seconds.count == 3 && cost.fitSeconds >= seconds.reduce(0, +))
        #expect(cost.machine == nil && cost.otherMachines == nil)
        let items = try #require(results.timings.items)
        #expect(items.map(\.machine?.cpu) == ["Test CPU"] && items[0].otherMachines == [other])
        #expect(results.timings.machines.map(\.cores) == [2, 64])
        try verify(experiment)
        // On one machine there is nothing to tell.
        let alone = try KnowingExperiment("level: [0.2, 0.8], metric: log-loss")
        #expect(try alone.engine().run { _ in }.timings.items == nil)
    }

    @Test func jobsHaveTrials() throws {
        let small = try SmallExperiment()
        try small.replace(
            "  - {id: majority, model: dummy}\n  - {id: drawn, model: dummy, strategy: stratified}\n",
            with: "  - {id: a, model: dummy, search: {strategy: [stratified, prior], metric: accuracy}}\n")
        func script() throws -> String {
            var limits = JobPlan.Limits()
            (limits.time, limits.memory) = ("5", "1G")
            return try JobPlan(
                small.engine().plan(), of: ExperimentFile(contentsOf: small.place("e.yaml")), limits: limits,
                folder: "/x", command: ["/x/bakeoff", "run", "e.yaml"]
            ).slurm()
        }
        #expect(try script().contains("The 4 work items of the experiment 'small', of which 4 are to do"))
        // The item itself depends on the default and the two trials.
        #expect(try script().contains("#SBATCH --array=1-3\n"))
        try small.run()
        #expect(try script().contains("of which 0 are to do"))
        let estimate = try #require(small.engine().plan().estimates["a"])
        let seconds = try #require(estimate.trialSeconds)
        #expect(seconds > 0 && estimate.seconds >= 0)
    }
}
