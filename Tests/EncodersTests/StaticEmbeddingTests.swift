import DeterministicWork
import Encoders
import Foundation
import LinearAlgebra
import TensorFiles
import TestSupport
import Testing
import TextTokenizers

/// Static embeddings as model2vec, sentence-transformers and PyTorch have them (Tests/Oracles/Encoders/make_static.py).
@Suite final class StaticEmbeddingTests {
    private let file: SafetensorsFile
    private let texts: [String]
    private let temporary = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)

    init() throws {
        file = try SafetensorsFile(oracle("Encoders/static.safetensors"))
        texts = try JSONDecoder().decode(
            [String].self, from: Data(contentsOf: oracle("Encoders/static-texts.json")))
    }

    deinit { try? FileManager.default.removeItem(at: temporary) }

    private func floats(_ name: String) throws -> [Float] {
        try file.floats(name, shape: try #require(file.shape(of: name)))
    }

    private func integers(_ name: String) throws -> [Int] {
        try file.integers(name, shape: try #require(file.shape(of: name)))
    }

    // MARK: Folders

    static let folders = ["static-model2vec", "static-quantized", "static-sentence", "static-matrix"]

    @Test(arguments: folders) func vectorsOfTexts(name: String) throws {
        let encoder = try TextEncoder(folder: oracle("Encoders/\(name)"))
        #expect(encoder.isStatic)
        let found = try encoder.encode(texts)
        #expect(found.columnCount == encoder.width)
        // The largest error seen is 2e-7.
        #expect(largestDifference(found.values, try floats(name)) < 2e-6)
        // A text's vector does not depend on the others.
        for (row, text) in texts.enumerated() {
            #expect(try encoder.encode([text]).values == Array(found.row(row)))
        }
    }

    @Test func whatIsStatedCountsMore() throws {
        let encoder = try TextEncoder(folder: oracle("Encoders/static-model2vec"))
        #expect(encoder.options() == EncodingOptions(pooling: .mean, normalize: true, maxLength: 7))
        let text = "lamp and small lamps"
        let plain = try encoder.encode([text], encoder.options(normalize: false)).values
        let length = plain.reduce(0) { $0 + $1 * $1 }.squareRoot()
        #expect(largestDifference(plain.map { $0 / length }, try encoder.encode([text]).values) < 1e-6)
        do {
            _ = try encoder.encode([text], encoder.options(pooling: .cls))
            Issue.record("another pooling than the mean is refused")
        } catch {
            #expect("\(error)".contains("pooling is cls, expected mean"))
        }
        let prompted = try TextEncoder(folder: oracle("Encoders/static-sentence"))
        #expect(prompted.options().prefix == "a lamp: ")
        let bare = prompted.options(prefix: "")
        #expect(
            try prompted.encode(["a lamp: " + text], bare).values == prompted.encode([text]).values)
        #expect(try prompted.encode([text], bare).values != prompted.encode([text]).values)
        #expect(
            try prompted.encode([text], prompted.options(maxLength: 1, prefix: "")).values
                == prompted.encode(["lamp"], bare).values)
    }

    /// A copy of a golden folder with some files replaced.
    private func folder(_ name: String, _ changes: (URL) throws -> Void) throws -> URL {
        let copy = temporary.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
        try FileManager.default.copyItem(at: oracle("Encoders/\(name)"), to: copy)
        try changes(copy)
        return copy
    }

    private func refusal(_ name: String, _ changes: (URL) throws -> Void) throws -> String {
        let place = try folder(name, changes)
        do {
            _ = try TextEncoder(folder: place)
            return ""
        } catch {
            return "\(error)"
        }
    }

    private func write(_ text: String, _ file: String) -> (URL) throws -> Void {
        { try Data(text.utf8).write(to: $0.appendingPathComponent(file)) }
    }

    private func write(
        _ tensors: [String: Safetensors.Tensor], _ file: String = "model.safetensors"
    ) -> (URL) throws -> Void {
        { try Data(Safetensors(tensors: tensors).encoded()).write(to: $0.appendingPathComponent(file)) }
    }

    @Test func whatCannotBeUsedIsRefusedByName() throws {
        let config = "config.json"
        #expect(
            try refusal("static-model2vec", write(#"{"normalize": "yes"}"#, config)).contains(
                "normalize is yes"))
        #expect(
            try refusal("static-model2vec", write(#"{"max_length": 0}"#, config)).contains("max_length is 0"))
        #expect(
            try refusal("static-model2vec", write(#"{"bakeoff": {"tokens": "some"}}"#, config)).contains(
                "expected model2vec or all-tokens"))
        let small = Safetensors.Tensor(shape: [3, 2], values: .float32(Array(repeating: 1, count: 6)))
        #expect(try refusal("static-model2vec", write(["embeddings": small])).contains("3"))
        #expect(
            try refusal("static-model2vec", write(["a": small, "b": small])).contains("expected one table"))
        let table = Safetensors.Tensor(shape: [15, 1], values: .float32(Array(repeating: 1, count: 15)))
        #expect(
            try refusal(
                "static-model2vec",
                write(["embeddings": table, "weights": .init(shape: [2], values: .float32([1, 1]))])
            ).contains("'weights' has shape [2], expected [15]"))
        var bad = Array(repeating: Float(1), count: 15)
        bad[7] = .infinity
        #expect(
            try refusal(
                "static-model2vec", write(["embeddings": .init(shape: [15, 1], values: .float32(bad))]))
                != "")
        #expect(
            try refusal("static-matrix", write(["other": small], "second.safetensors")).contains(
                "config.json"))
        let own = "sentence_transformers.models"
        let list =
            #"[{"path": "", "type": "\#(own).StaticEmbedding"}, {"path": "1_Pooling", "type": "\#(own).Pooling"}]"#
        #expect(try refusal("static-sentence", write(list, "modules.json")).contains("module 1 is Pooling"))
        #expect(
            try refusal(
                "static-sentence",
                write(
                    #"{"default_prompt_name": "none", "prompts": {"query": "q: "}}"#,
                    "config_sentence_transformers.json")
            ).contains("default_prompt_name is none, expected one of the prompts there: query"))
    }

    @Test func aLimitOfTheTokenizerIsObeyedAsSentenceTransformersDoes() throws {
        let short = try folder("static-sentence") { place in
            let file = place.appendingPathComponent("tokenizer.json")
            let text = try String(contentsOf: file, encoding: .utf8)
            let limited = text.replacing(
                #""truncation": null"#,
                with:
                    #""truncation": {"direction": "Right", "max_length": 2, "strategy": "LongestFirst", "stride": 0}"#
            )
            #expect(limited != text)
            try Data(limited.utf8).write(to: file)
        }
        #expect(try TextEncoder(folder: short).options().maxLength == 2)
    }

    // MARK: Training

    private func model() throws -> StaticClassifierModel {
        // Its table is the one that the training starts from.
        let folder = try #require(try StaticFolder(oracle("Encoders/static-model2vec")))
        var initialized: [String] = []
        var model = try StaticClassifierModel(folder, labelCounts: [3], seed: 1, initialized: &initialized)
        #expect(initialized == ["classifier"])
        model.heads[0].weight.set(try floats("train.weight"))
        model.heads[0].bias?.set(try floats("train.bias"))
        return model
    }

    private func task() throws -> ClassificationTask {
        let (ids, offsets) = (try integers("train.ids"), try integers("train.offsets"))
        let rows = zip(offsets, offsets.dropFirst()).map { ids[$0..<$1].map { Int32($0) } }
        #expect(rows.contains([]))
        return ClassificationTask(
            sequences: rows, targets: .classes(try integers("train.labels")),
            loss: .crossEntropy(classWeights: [1, 1, 1], smoothing: 0))
    }

    @Test func aTableIsTrainedAsPyTorchTrainsIt() throws {
        var options = TrainingOptions()
        options.epochs = 9
        options.batchSize = 4
        options.learningRate = 1e-2
        options.weightDecay = 0.1
        options.schedule = .constant
        options.warmup = .steps(0)
        options.shuffles = false
        options.logEvery = 1
        let files = TrainingFiles(
            folder: temporary.appendingPathComponent("work"),
            log: temporary.appendingPathComponent("log.jsonl"))
        let trainer = try Trainer(
            model(), on: HeadedObjective<StaticEmbedding>([task()]), options: options, files: files,
            configuration: Data("{}".utf8), evaluate: nil)
        #expect(try trainer.run().steps == 54)
        let lines = try logLines(files.log)
        for (key, expected) in [
            ("loss", try floats("train.losses")), ("grad_norm", try floats("train.norms")),
        ] {
            #expect(expected.count == 50)
            for (step, (line, expected)) in zip(lines, expected).enumerated() {
                let found = try #require(line[key] as? Double)
                // The largest error seen is 2e-6.
                #expect(abs(found / Double(expected) - 1) < 1e-5, "\(key) of step \(step)")
            }
        }
        // The folder of the best model is one of static embeddings, with the head.
        var none: [String] = []
        let best = try #require(try StaticFolder(files.best))
        let read = try StaticClassifierModel(best, labelCounts: [3], seed: 2, initialized: &none)
        #expect(none == [])
        let rows = try task().sequences
        #expect(
            try read.logits(ofSequences: rows, task: 0).values
                == trainer.model.logits(ofSequences: rows, task: 0).values)
    }

    @Test func theTableAfterFiftySteps() throws {
        let trainable = TrainableModel(try model())
        let pass = trainable.makePass(Team(workers: 2))
        let task = try task()
        let batches = stride(from: 0, to: task.sequences.count, by: 4).map {
            Array($0..<min(task.sequences.count, $0 + 4))
        }
        let objective = HeadedObjective<StaticEmbedding>([task])
        pass.begin()
        _ = try trainable.withModel {
            try objective.addGradient(of: batches[0], task: 0, scale: 1, $0, pass)
        }
        let gradient = try #require(trainable.gradientValues()["embeddings"])
        #expect(largestDifference(gradient, try floats("train.gradient")) < 1e-6)
    }

    @Test func aFrozenTableStaysAsItIs() throws {
        var frozen = try model()
        try frozen.freeze(.encoder)
        let trainable = TrainableModel(frozen)
        let pass = trainable.makePass(Team(workers: 1))
        pass.begin()
        let task = try task()
        _ = try trainable.withModel {
            try HeadedObjective<StaticEmbedding>([task]).addGradient(of: [0, 1], task: 0, scale: 1, $0, pass)
        }
        #expect(Set(trainable.gradientValues().keys) == ["classifier.weight", "classifier.bias"])
    }

    @Test func idsWithoutARowAreRefused() throws {
        let table = StaticEmbedding(vocabulary: 3, width: 2, values: [1, 2, 3, 4, 5, 6])
        #expect(throws: EncoderError.unknownToken(index: 1, token: 0, found: 3, vocabulary: 3)) {
            _ = try table.batch(ids: [0, 3], offsets: [0, 1, 2])
        }
        #expect(try table.embed(table.batch(ids: [2, 0], offsets: [0, 0, 2])) == [0, 0, 3, 4])
    }
}
