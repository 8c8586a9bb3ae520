import Encoders
import Foundation
import Labels
import SafeFiles
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

    private func adaptation(rank: Int = 4, _ targets: [String] = ["query", "value"]) -> LowRankAdaptation {
        var adaptation = LowRankAdaptation()
        (adaptation.rank, adaptation.alpha, adaptation.targets) = (rank, 6, targets)
        return adaptation
    }

    private func files(_ name: String) -> TrainingFiles {
        TrainingFiles(
            folder: folder.appendingPathComponent(name),
            log: folder.appendingPathComponent("\(name).jsonl"))
    }

    private func trainer(
        _ name: String, rank: Int = 4, targets: [String] = ["query", "value"],
        precision: TrainingPrecision = .f32, stoppingAfter limit: Int? = nil, on model: ClassifierModel
    ) throws -> Trainer<ClassificationObjective> {
        var options = TrainingOptions()
        (options.batchSize, options.learningRate, options.weightDecay) = (4, 5e-3, 0.1)
        (options.epochs, options.warmup, options.dropout, options.shuffles) = (10, .steps(5), 0, false)
        (options.seed, options.precision) = (20_260_119, precision)
        options.lowRank = adaptation(rank: rank, targets)
        let task = ClassificationTask(
            sequences: try sequences(), targets: .classes(try integers("labels")),
            loss: .crossEntropy(classWeights: [1, 1, 1], smoothing: 0))
        var steps = 0
        return try Trainer(
            model, on: ClassificationObjective([task]), options: options,
            files: files(name),
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
        let losses = try loggedLosses(folder.appendingPathComponent("whole.jsonl"))
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
        let factors = try files("whole").bestFactors(adaptation(), of: trainer.model)
        #expect(factors.pairs.count == 4)
        for pair in factors.pairs {
            for (name, values) in [("A", pair.a), ("B", pair.b)] {
                let key = "\(pair.linear).lora_\(name).weight"
                #expect(largestDifference(values, try floats(key)) < 1e-4, "\(key)")
            }
        }
        let head = trainer.model.heads[0]
        #expect(largestDifference(head.weight.checkpointValues(), try floats("trained.weight")) < 1e-3)
        #expect(
            largestDifference(try #require(head.bias).checkpointValues(), try floats("trained.bias")) < 1e-3)
    }

    /// A and B, and the head, have gradients and moments; the matrices that they change have none.
    @Test func onlyWhatIsTrainedHasState() throws {
        _ = try trainer("state", on: start()).run()
        let state = try SafetensorsFile(folder.appendingPathComponent("state/last.safetensors"))
        let names = ["first", "second", "values"].flatMap { kind in
            ["query", "value"].flatMap { linear in
                (0..<2).flatMap { layer in
                    ["A", "B"].map {
                        "\(kind)/bert.encoder.layer.\(layer).attention.self.\(linear).lora_\($0).weight"
                    }
                }
            } + ["\(kind)/classifier.bias", "\(kind)/classifier.weight"]
        }
        #expect(state.names.sorted() == names.sorted())
    }

    /// W = W₀ + s B A; A of rank 35 is in two panels.
    @Test(arguments: [2, 35])
    func theModelHasTheSums(rank: Int) throws {
        let start = try start()
        var before: [String: [Float]] = [:]
        start.forEachParameter { before[$0] = $1.checkpointValues() }
        let trainer = try trainer("sums", rank: rank, targets: ["intermediate.dense"], on: start)
        _ = try trainer.run()
        let after = trainer.model.checkpointValues()
        let factors = try files("sums").bestFactors(
            adaptation(rank: rank, ["intermediate.dense"]), of: trainer.model)
        #expect(factors.pairs.map(\.inputs) == [35, 35] && factors.pairs.map(\.outputs) == [71, 71])
        for pair in factors.pairs {
            let name = "\(pair.linear).weight"
            var expected = try #require(before[name])
            for o in 0..<pair.outputs {
                for i in 0..<pair.inputs {
                    let sum = (0..<rank).reduce(0.0) {
                        $0 + Double(pair.b[o * rank + $1]) * Double(pair.a[$1 * pair.inputs + i])
                    }
                    expected[o * pair.inputs + i] += Float(6 / Double(rank) * sum)
                }
            }
            #expect(largestDifference(try #require(after[name]), expected) < 1e-5, "\(name)")
            #expect(after[name] != before[name], "\(name)")
        }
    }

    @Test(arguments: [TrainingPrecision.f32, .bf16])
    func goesOnToTheSameBytes(precision: TrainingPrecision) throws {
        _ = try trainer("whole", precision: precision, on: start()).run()
        #expect(throws: TrainingError.stopped) {
            try trainer("stopped", precision: precision, stoppingAfter: 7, on: start()).run()
        }
        _ = try trainer("stopped", precision: precision, on: start()).run()
        for file in ["model.safetensors", "low-rank.safetensors"] {
            let best = ["whole", "stopped"].map { folder.appendingPathComponent("\($0)/best/\(file)") }
            #expect(try Data(contentsOf: best[0]) == Data(contentsOf: best[1]))
        }
    }

    @Test func damagedFactorsAreNoticed() throws {
        let trainer = try trainer("damaged", on: start())
        _ = try trainer.run()
        let file = folder.appendingPathComponent("damaged/best/low-rank.safetensors")
        var bytes = try Data(contentsOf: file)
        bytes[bytes.count - 1] ^= 1
        try bytes.write(to: file)
        #expect(throws: FileError.damaged(path: file.path)) {
            try files("damaged").bestFactors(adaptation(), of: trainer.model)
        }
    }

    @Test func unknownTargetsAreRefused() throws {
        #expect(
            throws: EncoderError.noSuchLinear(
                target: "q_lin", known: ["query", "key", "value", "dense"])
        ) { _ = try trainer("unknown", targets: ["value", "q_lin"], on: start()) }
        #expect(throws: EncoderError.tooFewLayers(option: "lora", needed: 1, found: 0)) {
            _ = try trainer("albert", on: model("albert"))
        }
        // The end of a name is made of whole parts.
        #expect(throws: EncoderError.self) { _ = try trainer("part", targets: ["uery"], on: start()) }
    }

    /// The layers that the page of models lists, by transformers' names.
    @Test(arguments: [
        ("bert-gelu", ["query", "key", "value", "dense"]), ("roberta", ["query", "key", "value", "dense"]),
        ("electra", ["query", "key", "value", "dense"]),
        ("distilbert", ["q_lin", "k_lin", "v_lin", "out_lin", "lin1", "lin2"]),
        ("mpnet", ["q", "k", "v", "o", "dense"]),
        ("deberta-v3", ["query_proj", "key_proj", "value_proj", "dense"]),
        ("modernbert", ["Wqkv", "Wo", "Wi"]),
    ])
    func layersOfEveryArchitecture(name: String, layers: [String]) throws {
        do {
            _ = try trainer(name, targets: ["none"], on: model(name))
            Issue.record("an unknown target is taken")
        } catch EncoderError.noSuchLinear(let target, let known) {
            #expect(target == "none" && known.sorted() == layers.sorted())
        }
    }

    /// Both targets name the same layers, which are adapted once.
    @Test func targetsMayOverlap() throws {
        let trainer = try trainer("overlap", targets: ["query", "self.query"], on: start())
        _ = try trainer.run()
        #expect(
            try files("overlap").bestFactors(adaptation(), of: trainer.model).pairs.map(\.linear)
                == (0..<2).map { "bert.encoder.layer.\($0).attention.self.query" })
    }

    @Test(arguments: [0, 1000])
    func ranksBeyondTheMatrixAreRefused(rank: Int) throws {
        let start = try start()
        let limit = start.encoder.configuration.hidden
        #expect(
            throws: EncoderError.badRank(
                rank, limit: limit, linear: "bert.encoder.layer.0.attention.self.query")
        ) { _ = try trainer("rank", rank: rank, on: start) }
    }
}

extension ClassifierModel {
    fileprivate func checkpointValues() -> [String: [Float]] {
        var all: [String: [Float]] = [:]
        forEachParameter { all[$0] = $1.checkpointValues() }
        return all
    }
}
