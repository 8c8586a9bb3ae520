import Encoders
import Foundation
import Labels
import TensorFiles
import TestSupport
import Testing

/// Layers drawn anew and learning rates that fall from layer to layer (Tests/Oracles/Encoders/make_few_rows.py).
@Suite final class FewRowsTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)

    deinit { try? FileManager.default.removeItem(at: folder) }

    private func model(_ name: String = "bert-gelu", pooling: Pooling = .pooler) throws -> ClassifierModel {
        var initialized: [String] = []
        return try ClassifierModel(
            folder: Golden.folder(name), pooling: pooling, labelCounts: [3], seed: 1,
            initialized: &initialized)
    }

    private func values(_ model: ClassifierModel) -> [String: [Float]] {
        var all: [String: [Float]] = [:]
        model.forEachParameter { all[$0] = $1.checkpointValues() }
        return all
    }

    // MARK: Rates

    @Test func everyParameterHasTheRateOfItsLayer() throws {
        let shares = try JSONDecoder().decode(
            [String: [String: Double]].self, from: Data(contentsOf: oracle("Encoders/layer-rates.json")))
        #expect(shares.count == 7)
        for (name, expected) in shares {
            #expect(
                try TrainableModel(model(name), layerDecay: 0.5).rateFactors() == expected, "\(name)")
            #expect(try TrainableModel(model(name)).rateFactors().values.allSatisfy { $0 == 1 })
        }
    }

    @Test func trainsAsPyTorchDoes() throws {
        let file = try SafetensorsFile(oracle("Encoders/few-rows.safetensors"))
        func floats(_ name: String) throws -> [Float] {
            try file.floats(name, shape: file.shape(of: name) ?? [])
        }
        func integers(_ name: String) throws -> [Int] {
            try file.integers(name, shape: file.shape(of: name) ?? [])
        }
        let (ids, offsets) = (try integers("ids"), try integers("offsets"))
        let sequences = zip(offsets, offsets.dropFirst()).map { ids[$0..<$1].map { Int32($0) } }
        var start = try model()
        start.heads[0].weight.set(try floats("weight"))
        start.heads[0].bias?.set(try floats("bias"))
        var options = TrainingOptions()
        (options.batchSize, options.learningRate, options.weightDecay) = (4, 1e-3, 0.1)
        (options.warmup, options.layerDecay) = (.steps(2), 0.75)
        (options.dropout, options.shuffles) = (0, false)
        let task = ClassificationTask(
            sequences: sequences, targets: .classes(try integers("labels")),
            loss: .crossEntropy(classWeights: [1, 1, 1], smoothing: 0))
        let log = folder.appendingPathComponent("log.jsonl")
        let trainer = try Trainer(
            start, on: ClassificationObjective([task]), options: options,
            files: TrainingFiles(folder: folder, log: log),
            configuration: Data(contentsOf: Golden.folder("bert-gelu").appendingPathComponent("config.json")),
            evaluate: nil)
        let outcome = try trainer.run()
        let losses = try loggedLosses(log)
        let expected = try floats("losses")
        #expect(losses.count == 15 && expected.count == 15)
        for (found, expected) in zip(losses, expected) {
            #expect(abs(found / Double(expected) - 1) < 3e-5)
        }
        let logits = try trainer.model.logits(PackedBatch(sequences), task: 0).values.map { Float($0) }
        #expect(largestDifference(logits, try floats("logits")) < 1e-4)
        let trained = values(trainer.model)
        for name in [
            "bert.embeddings.word_embeddings.weight", "bert.embeddings.LayerNorm.weight",
            "bert.encoder.layer.0.attention.self.query.weight", "bert.encoder.layer.1.output.dense.bias",
        ] {
            // A step moves a weight by up to 1e-3; PyTorch in float32 is off by 3e-7.
            #expect(largestDifference(try #require(trained[name]), try floats(name)) < 5e-6, "\(name)")
        }
        // The last epoch: five batches of 4, 4, 4, 4 and 3 rows.
        let mean = zip(losses.suffix(5), [4.0, 4, 4, 4, 3]).reduce(0) { $0 + $1.0 * $1.1 } / 19
        let found = try #require(outcome.lastEpochLosses.first ?? nil)
        #expect(outcome.lastEpochLosses.count == 1 && abs(found - mean) < 1e-12)
    }

    // MARK: Layers drawn anew

    @Test func topLayersAreDrawnAnew() throws {
        let old = try model()
        var (one, same, other, both) = (old, old, old, old)
        try one.reinitialize(topLayers: 1, seed: 7)
        try same.reinitialize(topLayers: 1, seed: 7)
        try other.reinitialize(topLayers: 1, seed: 8)
        try both.reinitialize(topLayers: 2, seed: 7)
        let (before, drawn, again) = (values(old), values(one), values(same))
        let (foreign, whole) = (values(other), values(both))
        #expect(drawn == again)
        var matrices: [Float] = []
        for (name, numbers) in drawn {
            let isTop = name.hasPrefix("bert.encoder.layer.1.") || name.hasPrefix("bert.pooler.")
            let isNext = name.hasPrefix("bert.encoder.layer.0.")
            if !isTop { #expect(numbers == before[name], "\(name)") }
            if !isTop && !isNext { #expect(whole[name] == before[name], "\(name)") }
            // What a layer gets does not depend on how many are drawn.
            if isTop { #expect(whole[name] == numbers, "\(name)") }
            if isNext { #expect(whole[name] != before[name], "\(name)") }
            if !isTop { continue }
            if name.hasSuffix("bias") {
                #expect(numbers.allSatisfy { $0 == 0 }, "\(name)")
            } else if name.contains("LayerNorm") {
                #expect(numbers.allSatisfy { $0 == 1 }, "\(name)")
            } else {
                #expect(numbers != before[name] && numbers != foreign[name], "\(name)")
                matrices += numbers
            }
        }
        // 4 of 35 x 35, 2 of 35 x 71 and the pooler's: a deviation of 0.02, known to half a percent.
        #expect(matrices.count == 5 * 35 * 35 + 2 * 35 * 71)
        let count = Double(matrices.count)
        let mean = matrices.reduce(0) { $0 + Double($1) } / count
        let deviation = (matrices.reduce(0) { $0 + Double($1) * Double($1) } / count).squareRoot()
        #expect(abs(mean) < 0.02 * 4 / count.squareRoot() && abs(deviation / 0.02 - 1) < 0.03)
        #expect(Set(matrices).count > matrices.count * 9 / 10)
    }

    @Test func nothingIsDrawnForNoLayers() throws {
        var drawn = try model()
        let before = values(drawn)
        try drawn.reinitialize(topLayers: 0, seed: 7)
        #expect(values(drawn) == before)
    }

    /// Each architecture whose layers have weights of their own.
    @Test(arguments: ["distilbert", "roberta", "mpnet", "electra", "modernbert", "deberta-v3"])
    func layersOfEveryArchitecture(name: String) throws {
        let old = try model(name, pooling: .mean)
        var new = old
        try new.reinitialize(topLayers: 1, seed: 7)
        let (before, after) = (values(old), values(new))
        let changed = before.keys.filter { before[$0] != after[$0] }
        let top = name == "modernbert" ? "layers.3." : "layer.1."
        #expect(!changed.isEmpty && changed.allSatisfy { $0.contains(top) }, "\(changed)")
    }

    @Test func whatHasNoSuchLayersIsRefused() throws {
        var (bert, albert) = (try model(), try model("albert"))
        #expect(
            throws: EncoderError.tooFewLayers(option: "reinitialize-layers", needed: 3, found: 2)
        ) { try bert.reinitialize(topLayers: 3, seed: 1) }
        #expect(
            throws: EncoderError.tooFewLayers(option: "reinitialize-layers", needed: 1, found: 0)
        ) { try albert.reinitialize(topLayers: 1, seed: 1) }
        var options = TrainingOptions()
        options.layerDecay = 0.9
        let task = ClassificationTask(
            sequences: [[1, 2], [3]], targets: .classes([0, 1]),
            loss: .crossEntropy(classWeights: [1, 1, 1], smoothing: 0))
        #expect(throws: EncoderError.tooFewLayers(option: "layer-decay", needed: 1, found: 0)) {
            _ = try Trainer(
                albert, on: ClassificationObjective([task]), options: options,
                files: TrainingFiles(folder: folder, log: folder.appendingPathComponent("log.jsonl")),
                configuration: Data(), evaluate: nil)
        }
        #expect(
            "\(EncoderError.tooFewLayers(option: "reinitialize-layers", needed: 3, found: 2))"
                == "reinitialize-layers is 3, expected at most 2, the layers of this encoder")
        #expect(
            "\(EncoderError.tooFewLayers(option: "layer-decay", needed: 1, found: 0))".hasPrefix(
                "layer-decay needs layers with weights of their own"))
    }
}
