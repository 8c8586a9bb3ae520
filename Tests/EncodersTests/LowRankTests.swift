import Encoders
import Foundation
import Labels
import TensorFiles
import TestSupport
import Testing

/// LoRA against peft: 50 steps, the logits after them and the merged matrices (Tests/Oracles/Encoders/make_lora.py).
@Suite final class LowRankTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    private let file: SafetensorsFile

    init() throws { file = try SafetensorsFile(oracle("Encoders/lora.safetensors")) }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private func floats(_ name: String) throws -> [Float] {
        try file.floats(name, shape: file.shape(of: name) ?? [])
    }

    private func integers(_ name: String) throws -> [Int] {
        try file.integers(name, shape: file.shape(of: name) ?? [])
    }

    private func sequences() throws -> [[Int32]] {
        let (ids, offsets) = (try integers("ids"), try integers("offsets"))
        return zip(offsets, offsets.dropFirst()).map { ids[$0..<$1].map { Int32($0) } }
    }

    private func model(_ name: String = "bert-gelu") throws -> ClassifierModel {
        var initialized: [String] = []
        return try ClassifierModel(
            folder: Golden.folder(name), pooling: .pooler, labelCounts: [3], seed: 1,
            initialized: &initialized)
    }

    private func trainer(
        _ name: String, targets: [String] = ["query", "value"], stoppingAfter limit: Int? = nil,
        on model: ClassifierModel
    ) throws -> Trainer<ClassificationObjective> {
        var options = TrainingOptions()
        (options.batchSize, options.learningRate, options.weightDecay) = (4, 5e-3, 0.1)
        (options.epochs, options.warmup, options.dropout, options.shuffles) = (10, .steps(5), 0, false)
        options.seed = 20_260_119
        var adaptation = LowRankAdaptation()
        (adaptation.rank, adaptation.alpha, adaptation.targets) = (4, 6, targets)
        options.lowRank = adaptation
        let task = ClassificationTask(
            sequences: try sequences(), targets: .classes(try integers("labels")),
            loss: .crossEntropy(classWeights: [1, 1, 1], smoothing: 0))
        var steps = 0
        return try Trainer(
            model, on: ClassificationObjective([task]), options: options,
            files: TrainingFiles(
                folder: folder.appendingPathComponent(name),
                log: folder.appendingPathComponent("\(name).jsonl")),
            configuration: Data(contentsOf: Golden.folder("bert-gelu").appendingPathComponent("config.json")),
            evaluate: nil, report: { _ in steps += 1 }, shouldStop: { steps == limit })
    }

    private func start() throws -> ClassifierModel {
        var model = try model()
        model.heads[0].weight.set(try floats("weight"))
        model.heads[0].bias?.set(try floats("bias"))
        return model
    }

    @Test func trainsAsPeftDoes() throws {
        let start = try start()
        var before: [String: [Float]] = [:]
        start.forEachParameter { before[$0] = $1.checkpointValues() }
        let trainer = try trainer("whole", on: start)
        #expect(try trainer.run().steps == 50)
        let log = try String(contentsOf: folder.appendingPathComponent("whole.jsonl"), encoding: .utf8)
        let losses = try log.split(separator: "\n").map { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            return try #require(object?["loss"] as? Double)
        }
        let expected = try floats("losses")
        #expect(losses.count == 50 && expected.count == 50)
        for (found, expected) in zip(losses, expected) { #expect(abs(found / Double(expected) - 1) < 3e-4) }
        let logits = try trainer.model.logits(PackedBatch(sequences()), task: 0).values.map { Float($0) }
        #expect(largestDifference(logits, try floats("logits")) < 1e-3)
        var adapted = 0
        for (name, values) in trainer.model.checkpointValues() where !name.hasPrefix("classifier") {
            if name.hasSuffix("query.weight") || name.hasSuffix("value.weight") {
                adapted += 1
                #expect(values != before[name], "\(name)")
                #expect(largestDifference(values, try floats("merged.\(name)")) < 1e-3, "\(name)")
            } else {
                #expect(values == before[name], "\(name)")
            }
        }
        #expect(adapted == 4)
    }

    @Test func goesOnToTheSameBytes() throws {
        _ = try trainer("whole", on: start()).run()
        #expect(throws: TrainingError.stopped) {
            try trainer("stopped", stoppingAfter: 7, on: start()).run()
        }
        _ = try trainer("stopped", on: start()).run()
        let best = ["whole", "stopped"].map { folder.appendingPathComponent("\($0)/best/model.safetensors") }
        #expect(try Data(contentsOf: best[0]) == Data(contentsOf: best[1]))
    }

    @Test func unknownTargetsAreRefused() throws {
        #expect(
            throws: EncoderError.noSuchLinear(
                target: "q_lin", known: ["query", "key", "value", "dense"])
        ) { _ = try trainer("unknown", targets: ["value", "q_lin"], on: start()) }
        #expect(throws: EncoderError.tooFewLayers(option: "lora", needed: 1, found: 0)) {
            _ = try trainer("albert", on: model("albert"))
        }
    }
}

extension ClassifierModel {
    fileprivate func checkpointValues() -> [String: [Float]] {
        var all: [String: [Float]] = [:]
        forEachParameter { all[$0] = $1.checkpointValues() }
        return all
    }
}
