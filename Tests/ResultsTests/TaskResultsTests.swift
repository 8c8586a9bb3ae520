import Corpora
import Evaluation
import Foundation
import Labels
import Results
import Testing

/// Results of several tasks and of one, and what is computed from what they hold.
@Suite struct TaskResultsTests {
    private static func results(_ names: [String?]) throws -> ExperimentResults {
        var results = try ByHand.results([ByHand.contestant("x", try ByHand.classes([0, 1], [0, 0]))])
        results.tasks = names.map { name in
            var task = results.tasks[0]
            task.name = name
            return task
        }
        return results
    }

    @Test func oneTaskStandsBesideTheExperiment() throws {
        for (names, keys) in [
            ([nil], ["contestants", "dataset", "experiment", "format", "split", "timings"]),
            (["t", "u"], ["experiment", "format", "tasks", "timings"]),
        ] as [([String?], [String])] {
            let results = try Self.results(names)
            let bytes = try StableJSON.encode(results)
            let object = try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
            #expect(object.keys.sorted() == keys && results.hasNamedTasks == (names.count > 1))
            #expect(try StableJSON.decode(ExperimentResults.self, from: bytes) == results)
        }
    }

    @Test func aTaskAlone() throws {
        let results = try Self.results(["t", "u"])
        let alone = results.alone(results.tasks[1])
        #expect(!alone.hasNamedTasks && alone.dataset == results.tasks[1].dataset)
        #expect(alone.contestants == results.tasks[1].contestants && alone.timings == results.timings)
        #expect(alone.split[.test]?.rowCount == 2 && alone.split[.validation] == nil)
    }

    @Test func whereReplicatesAre() throws {
        let folder = RunLayout(URL(fileURLWithPath: "/run"))
        var results = try Self.results(["t"])
        #expect(results.replicates(in: folder).isEmpty)
        var other = results
        other.experiment.seed = 9
        results.tasks[0].seeds = SeedSpread([results, other].map { $0.alone($0.tasks[0]) })
        #expect(results.replicates(in: folder).map(\.url.path) == ["/run/seeds/9"])
        let alone = results.alone(results.tasks[0])
        #expect(alone.otherSeeds(of: "t", in: folder).map(\.url.path) == ["/run/seeds/9/t"])
        results.tasks[0].seeds = nil
        results.tasks[0].folds = FoldSpread([alone, alone], contestants: ["x"])
        #expect(results.replicates(in: folder).map(\.url.path) == ["/run/folds/0", "/run/folds/1"])
        #expect(results.alone(results.tasks[0]).otherSeeds(of: "t", in: folder).isEmpty)
        #expect("\(Replicate(seed: 43)), \(Replicate(seed: 7, fold: 0))" == "seed 43, fold 0")
        let sample = TrainSample(.rows, size: 50, number: 1)
        #expect("\(Replicate(seed: 7, sample: sample))" == "50 train rows, repeat 1")
    }

    // MARK: Costs

    private static func cost(_ kept: KeptWork?) -> ContestantCost {
        var cost = ContestantCost(fitSeconds: 2, predictSeconds: 0.5, predictedTexts: 30, peakMemoryBytes: 1)
        (cost.cpuSeconds, cost.keptForFit, cost.keptForPrediction) = (3, kept, kept)
        return cost
    }

    @Test(
        arguments: [
            (nil, 2, 0.5, 3, 60), (KeptWork(name: "encoding", seconds: 1, cpuSeconds: 1.5), 3, 1.5, 4.5, 20),
            (KeptWork(name: "encoding", seconds: 1, cpuSeconds: nil), 3, 1.5, nil, 20),
            (KeptWork(name: "encoding", seconds: nil, cpuSeconds: nil), nil, nil, nil, nil),
        ] as [(KeptWork?, Double?, Double?, Double?, Double?)])
    func keptWorkCounts(kept: KeptWork?, fit: Double?, predict: Double?, cpu: Double?, rate: Double?) {
        let cost = Self.cost(kept)
        #expect(cost.wholeFitSeconds == fit && cost.wholePredictSeconds == predict)
        #expect(cost.wholeCPUSeconds == cpu && cost.textsPerSecond == rate)
    }

    @Test func whereTheClockDidNotMove() {
        var cost = Self.cost(nil)
        for seconds in [0, 1e-12] {
            cost.predictSeconds = seconds
            #expect(cost.textsPerSecond == nil)
        }
        cost.cpuSeconds = nil
        #expect(cost.wholeCPUSeconds == nil)
    }

    @Test func keptWorkTogether() {
        let (timed, untimed) = (
            KeptWork(name: "encoding", seconds: 1, cpuSeconds: 2),
            KeptWork(name: "other", seconds: 1, cpuSeconds: nil)
        )
        #expect(timed + timed == KeptWork(name: "encoding", seconds: 2, cpuSeconds: 4))
        #expect(timed + untimed == KeptWork(name: "encoding and other", seconds: 2, cpuSeconds: nil))
    }

    // MARK: Notices

    @Test(
        arguments: [
            (1, nil), (2, "most test rows get no label: 2 of 3 (66.7%)"),
            (3, "most test rows get no label: 3 of 3 (100.0%)"),
        ] as [(Int, String?)])
    func rowsWithoutALabel(empty: Int, notice: String?) throws {
        let rows = (0..<3).map { [$0 < empty ? 0.25 : 0.75, 0, 0] }
        let test = try ByHand.sets([[0], [0], [0]], rows)
        #expect(ByHand.contestant("x", test).emptyRowsNotice == notice)
        var tuned = ByHand.contestant("x", test)
        tuned.ledger = ThresholdLedger(validation: test, test: test, options: ThresholdOptions(), seed: 1)
        #expect(
            tuned.emptyRowsNotice?.hasSuffix("what tuned thresholds change") == (notice == nil ? nil : true))
    }
}
