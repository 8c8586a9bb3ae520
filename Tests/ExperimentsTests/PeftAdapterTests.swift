import Encoders
import Foundation
import Labels
import TensorFiles
import TestSupport
import Testing
import TextClassifiers

/// The folder `adapter` of a model that was trained by low-rank adaptation. That peft loads such a folder, with the logits of
/// the model itself, is checked by Tests/Oracles/Encoders/check_adapter.py.
@Suite final class PeftAdapterTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)

    deinit { try? FileManager.default.removeItem(at: folder) }

    private func fit(
        _ encoder: ModelFolder, name: String = "tiny", lowRank: Bool = true, reinitializing: Int = 0
    ) throws -> FittedFineTunedClassifier {
        var options = FineTuningOptions()
        options.reinitializedLayers = reinitializing
        (options.training.batchSize, options.training.learningRate) = (2, 0.01)
        if lowRank {
            var adaptation = LowRankAdaptation()
            (adaptation.rank, adaptation.alpha) = (2, 3)
            options.training.lowRank = adaptation
        }
        let labels = try LabelSpace(kind: .binary, names: ["no", "yes"])
        let classifier = FineTunedClassifier(encoder: encoder.url, name: name, options: options)
        try classifier.check(labels)
        return try classifier.fit(
            ["a b c", "c c a", "b b", "b a b", "a", "c b"], .classes([0, 1, 1, 0, 1, 0]), labelSpace: labels)
    }

    private func configuration() throws -> [String: Any] {
        let data = try Data(contentsOf: folder.appendingPathComponent("adapter/adapter_config.json"))
        return try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    private func parameters(_ folder: URL, labels: Int) throws -> [String: [Float]] {
        var initialized: [String] = []
        let model = try ClassifierModel(
            folder: folder, pooling: .pooler, labelCounts: [labels], seed: 0, initialized: &initialized)
        var all: [String: [Float]] = [:]
        model.forEachParameter { all[$0] = $1.checkpointValues() }
        return all
    }

    private static let linears = (0..<2).flatMap { layer in
        ["query", "value"].map { "bert.encoder.layer.\(layer).attention.self.\($0)" }
    }

    @Test func holdsWhatTheModelHasMoreThanItsEncoder() throws {
        let encoder = try ModelFolder()
        try fit(encoder).save(to: folder)
        let adapter = try SafetensorsFile(folder.appendingPathComponent("adapter/adapter_model.safetensors"))
        let names =
            Self.linears.flatMap { linear in
                ["A", "B"].map { "base_model.model.\(linear).lora_\($0).weight" }
            } + ["base_model.model.classifier.bias", "base_model.model.classifier.weight"]
        #expect(adapter.names.sorted() == names.sorted())
        let (before, after) = (
            try parameters(encoder.url, labels: 2), try parameters(folder, labels: 2)
        )
        for linear in Self.linears {
            let a = try adapter.floats("base_model.model.\(linear).lora_A.weight", shape: [2, 35])
            let b = try adapter.floats("base_model.model.\(linear).lora_B.weight", shape: [35, 2])
            #expect(b.contains { $0 != 0 })
            var expected = try #require(before["\(linear).weight"])
            for o in 0..<35 {
                for i in 0..<35 {
                    expected[o * 35 + i] += 1.5 * (b[o * 2] * a[i] + b[o * 2 + 1] * a[35 + i])
                }
            }
            #expect(largestDifference(try #require(after["\(linear).weight"]), expected) < 1e-6, "\(linear)")
        }
        #expect(
            try adapter.floats("base_model.model.classifier.weight", shape: [2, 35])
                == after["classifier.weight"])
        #expect(
            try adapter.floats("base_model.model.classifier.bias", shape: [2]) == after["classifier.bias"])
        for (name, values) in before where !name.hasPrefix("classifier") {
            if !Self.linears.contains(String(name.dropLast(".weight".count))) {
                #expect(after[name] == values, "\(name)")
            }
        }
    }

    @Test func itsConfigurationIsPefts() throws {
        try fit(ModelFolder(), name: "someone/tiny@0123abc").save(to: folder)
        let keys = try configuration()
        #expect(keys["peft_type"] as? String == "LORA" && keys["task_type"] as? String == "SEQ_CLS")
        #expect(keys["r"] as? Int == 2 && keys["lora_alpha"] as? Int == 3)
        #expect(keys["base_model_name_or_path"] as? String == "someone/tiny")
        #expect(keys["revision"] as? String == "0123abc")
        #expect(keys["target_modules"] as? [String] == Self.linears)
        #expect(keys["modules_to_save"] as? [String] == ["classifier"])
    }

    /// A pooler that the checkpoint has not got is trained, since it would stay random, and is saved with the head.
    @Test func aNewPoolerIsTrainedAndSaved() throws {
        let encoder = try ModelFolder()
        try encoder.removeWeights { $0.contains("pooler") }
        try fit(encoder).save(to: folder)
        #expect(try configuration()["modules_to_save"] as? [String] == ["bert.pooler.dense", "classifier"])
        let adapter = try SafetensorsFile(folder.appendingPathComponent("adapter/adapter_model.safetensors"))
        let pooler = try adapter.floats("base_model.model.bert.pooler.dense.weight", shape: [35, 35])
        let saved = try parameters(folder, labels: 2)["bert.pooler.dense.weight"]
        #expect(pooler == saved)
        // A bias starts at 0.
        #expect(
            try adapter.floats("base_model.model.bert.pooler.dense.bias", shape: [35]).contains { $0 != 0 })
    }

    @Test func aModelWithoutOneTakesAnOlderOneAway() throws {
        try fit(ModelFolder()).save(to: folder)
        let files = ["adapter_model.safetensors", "adapter_config.json"].map {
            folder.appendingPathComponent("adapter/\($0)").path
        }
        #expect(files.allSatisfy { FileManager.default.fileExists(atPath: $0) })
        let note = folder.appendingPathComponent("adapter/note.txt")
        try Data("mine".utf8).write(to: note)
        try fit(ModelFolder(), lowRank: false).save(to: folder)
        #expect(!files.contains { FileManager.default.fileExists(atPath: $0) })
        // The folder goes with its last file, and not before.
        #expect(FileManager.default.fileExists(atPath: note.path))
        try FileManager.default.removeItem(at: note)
        try fit(ModelFolder(), lowRank: false).save(to: folder)
        #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("adapter").path))
    }

    @Test func layersDrawnAnewAreRefused() throws {
        #expect(throws: EncoderError.adaptedAndDrawn(drawn: 1)) {
            try fit(ModelFolder(), reinitializing: 1)
        }
    }
}
