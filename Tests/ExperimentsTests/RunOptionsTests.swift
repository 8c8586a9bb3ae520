import Corpora
import Experiments
import Foundation
import Results
import Testing

/// Where replicates go, and how events are told.
@Suite struct RunOptionsTests {
    @Test(arguments: [
        (Replicate(seed: 42), "/r", "/m"), (Replicate(seed: 43), "/r/seeds/43", "/m/seeds/43"),
        (Replicate(seed: 42, fold: 0), "/r/folds/0", "/m/folds/0"),
        (
            Replicate(seed: 43, sample: TrainSample(.rows, size: 50, number: 1)), "/r/samples/50/1",
            "/m/samples/50/1"
        ),
    ])
    func eachReplicateHasFoldersOfItsOwn(replicate: Replicate, output: String, models: String) {
        var options = RunOptions(
            output: URL(fileURLWithPath: "/r"), models: URL(fileURLWithPath: "/m"), command: "c",
            machine: .current)
        options.only = ["a"]
        let own = options.at(replicate, firstSeed: 42)
        #expect(own.output.path == output && own.models.path == models && own.only == ["a"])
    }

    @Test func eventsAreSentences() {
        var cost = ContestantCost(
            fitSeconds: 12.34, predictSeconds: 0.0056, predictedTexts: 7, peakMemoryBytes: 0)
        func told(_ event: RunEvent) -> String { event.description }
        #expect(
            told(.finished(contestant: "a", cost)) == "a: fitted in 12.3 s, 7 texts scored in 6 ms")
        cost.keptForFit = KeptWork(name: "encoding", seconds: 3, cpuSeconds: nil)
        cost.keptForPrediction = KeptWork(name: "encoding", seconds: nil, cpuSeconds: nil)
        #expect(
            told(.finished(contestant: "a", cost))
                == "a: fitted in 12.3 s (and encoding, kept: 3.0 s), 7 texts scored in 6 ms (and encoding, kept)"
        )
        #expect(
            told(.finished(contestant: "a", nil))
                == "a: predictions read and scored; what they cost is not known")
        #expect(told(.loaded(rows: 3, dataset: "d.csv")) == "d.csv: 3 rows")
        #expect(told(.split(plan: "official", reused: true)) == "split: official (stored)")
        #expect(told(.notice("n")) == "notice: n" && told(.replicate(Replicate(seed: 5))) == "seed 5")
        #expect(told(.fitting(contestant: "a")) == "a: fitting")
        #expect(told(.reused(contestant: "a")) == "a: stored result is up to date")
    }
}
