import Experiments
import Foundation
import Results
import SafeFiles
import Synchronization
import TestSupport
import Testing
import TextClassifiers

/// What a process does whose work another one takes over, and who tells what when several take part.
@Suite struct SharedWorkTests {
    private static let lock = "report/.bakeoff.work/lock seed-42 drawn"

    /// Takes a lock over, as a process of this host does that has ended since.
    private func takeOver(_ small: SmallExperiment) throws {
        var mark = ProcessMark.current
        mark.process = 4_194_304
        let holder = try JSONEncoder().encode(["holder": Holder(token: "other", process: mark)])
        try small.write(
            String(decoding: holder, as: UTF8.self).dropLast() + ",\"state\":\"held\"}", to: "\(Self.lock).1")
    }

    @Test func whoLosesAnItemWritesNothingOfIt() throws {
        let small = try SmallExperiment()
        let asked = Mutex(0)
        let states = Mutex<[Bool]>([])
        var events: [String] = []
        let run = try small.engine(.standard) { options in
            options.only = ["drawn"]
            // Asked once before each fitting.
            options.shouldStop = {
                if small.exists("\(Self.lock).0"), !small.exists("\(Self.lock).1") {
                    asked.withLock { $0 += 1 }
                    try? takeOver(small)
                } else if small.exists("\(Self.lock).1") {
                    states.withLock { $0.append(small.exists("report/predictions/drawn.csv")) }
                }
                return false
            }
        }
        let results = try run.run { events.append("\($0)") }
        #expect(asked.withLock { $0 } == 1)
        #expect(states.withLock { $0.first } == false, "nothing was written by who had lost it")
        let told = events.filter { $0.hasPrefix("drawn") }
        #expect(told.count == 5, "\(told)")
        #expect(
            told[0] == "drawn: fitting" && told[1].contains("another process took it over")
                && told[2].contains("process 4194304 on") && told[2].contains("ended without finishing")
                && told[3] == "drawn: fitting" && told[4].hasPrefix("drawn: fitted in"))
        #expect(results.contestants.map(\.id) == ["drawn"])
        #expect(!small.exists("report/.bakeoff.work"))
    }

    /// A run that makes everything anew has its folders for itself.
    @Test func forceIsRefusedWhileOthersWork() throws {
        let small = try SmallExperiment()
        let hold = try small.engine().hold()
        #expect(throws: FileError.self) { try small.engine { $0.force = true }.hold() }
        #expect(throws: FileError.self) { try small.engine { $0.seed = 7 }.hold() }
        #expect(throws: FileError.self) { try small.engine { $0.models = small.place("others") }.hold() }
        _ = try small.engine { $0.only = ["drawn"] }.hold()
        try small.run()
        #expect(small.exists("report/.bakeoff.work"))
        withExtendedLifetime(hold) {}
    }

    /// What several threads were told.
    private final class Events: Sendable {
        private let events = Mutex<[String]>([])

        func add(_ event: String) { events.withLock { $0.append(event) } }

        var all: [String] { events.withLock { $0 } }
    }

    @Test func threadsShareTheWork() async throws {
        let small = try SmallExperiment()
        let events = Events()
        let results = try await withThrowingTaskGroup(of: ExperimentResults.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    try small.engine { $0.seeds = 5 }.run { events.add("\($0)") }
                }
            }
            return try await group.reduce(into: [ExperimentResults]()) { $0.append($1) }
        }
        #expect(Set(try results.map { try $0.digest() }).count == 1)
        #expect(events.all.count { $0.hasSuffix(": fitting") } == 10)
        let alone = try SmallExperiment()
        let whole = try alone.run { $0.seeds = 5 }
        #expect(whole.tasks == results[0].tasks)
    }

    /// What is left to do is not done by who only assembles.
    @Test func assemblingFitsNothing() throws {
        let small = try SmallExperiment()
        let run = try small.engine { $0.seeds = 2 }
        let whole = try run.run { _ in }
        var events: [String] = []
        func assembled() throws -> ExperimentResults {
            let hold = try run.hold()
            let assembled = try run.assembledAlone(holding: hold) { events.append("\($0)") }
            try hold.finish()
            return assembled.results
        }
        try small.remove("report/results.json")
        #expect(try assembled().digest() == whole.digest())
        try small.remove("models/seeds/43/drawn/contestant.json")
        #expect(
            throws: ExperimentError.notDone(
                count: 1, of: 4, first: "drawn, seed 43", experiment: small.place("e.yaml").relativePath)
        ) { try assembled() }
        #expect(!events.contains { $0.contains("fitting") })
        #expect(
            try ExperimentResults(contentsOf: RunLayout(small.place("report"))).digest() == whole.digest())
    }

    /// Times of different machines stand beside their machines, and in no report of one machine.
    @Test func machinesThatDifferAreTold() throws {
        let small = try SmallExperiment()
        #expect(try small.run { ($0.seeds, $0.shard) = (2, nil) }.timings.items == nil)
        let other = Machine(
            cpu: "Other CPU", cores: 64, memoryBytes: 1 << 40, system: "Test OS", swift: "6.x",
            blas: "Test BLAS")
        let again = try SmallExperiment()
        #expect(
            try again.engine { ($0.seeds, $0.shard) = (2, Shard(number: 1, of: 2)) }.shardRun { _ in } == nil)
        #expect(throws: ExperimentError.unfinished(shard: "1/2")) {
            try again.engine { ($0.seeds, $0.shard) = (2, Shard(number: 1, of: 2)) }.run { _ in }
        }
        try again.run { ($0.seeds, $0.shard, $0.machine) = (2, Shard(number: 2, of: 2), other) }
        let results = try ExperimentResults(contentsOf: RunLayout(again.place("report")))
        let items = try #require(results.timings.items)
        #expect(items.map(\.contestant) == ["majority", "drawn", "majority", "drawn"])
        #expect(items.map(\.replicate.seed) == [42, 42, 43, 43])
        #expect(items.map(\.machine?.cpu) == ["Test CPU", "Test CPU", "Other CPU", "Other CPU"])
        #expect(results.timings.machines.map(\.cores) == [2, 64])
        #expect(results.timings.contestants.values.allSatisfy { $0.machine == nil && $0.threads == nil })
        try verifyResults(results, in: RunLayout(again.place("report")))
    }

    /// What a killed process left half-made on whatever host goes when its item is executed.
    @Test func halfMadeFilesGo() throws {
        let small = try SmallExperiment()
        try small.run()
        for name in [
            "models/drawn/.model.json.00000000-7-1.partial",
            "report/predictions/.drawn.csv.00000000-7-1.partial",
        ] {
            try small.write("half", to: name)
        }
        try small.remove("models/drawn/contestant.json")
        try small.run()
        #expect(!small.exists("models/drawn/.model.json.00000000-7-1.partial"))
        #expect(!small.exists("report/predictions/.drawn.csv.00000000-7-1.partial"))
    }
}
