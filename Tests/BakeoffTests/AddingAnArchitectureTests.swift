import Bakeoff
import Foundation
import Testing

@Suite final class AddingAnArchitectureTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    private let architectures = EncoderArchitectures.standard.adding(.gated)
    private let configuration = """
        {"model_type": "gated", "vocab_size": 13, "hidden_size": 6, "num_hidden_layers": 1,
         "num_attention_heads": 2, "intermediate_size": 7, "max_position_embeddings": 17}
        """

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try configuration.write(
            to: folder.appendingPathComponent("config.json"), atomically: true, encoding: .utf8)
        let words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "good", "bad", "day", "a", "the", "room"]
        try (words + ["food", "."]).joined(separator: "\n").write(
            to: folder.appendingPathComponent("vocab.txt"), atomically: true, encoding: .utf8)
        try network(seed: 3).write(to: folder.appendingPathComponent("model.safetensors"))
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// A network with random weights.
    private func network(seed: UInt64) throws -> GatedNetwork {
        var network = GatedNetwork(
            try EncoderConfiguration(json: Data(configuration.utf8), architectures: architectures))
        var random = RandomStream(seed: seed)
        network.updateParameters { name, parameter in
            let isNorm = name.contains("orm.weight")
            parameter.set(
                (0..<parameter.count).map { _ in Float(random.nextUniform()) - (isNorm ? -0.5 : 0.5) })
        }
        return network
    }

    @Test func itEncodesAsItsEquationsSay() throws {
        let encoder = try TextEncoder(folder: folder, architectures: architectures)
        let texts = ["a good day", "the bad food . the room", ""]
        let together = try encoder.encode(texts)
        #expect(together.rowCount == 3 && together.columnCount == 6)
        // A text's vector does not depend on the others beside it.
        for (row, text) in texts.enumerated() {
            #expect(try Array(encoder.encode([text]).row(0)) == Array(together.row(row)))
        }
        // A standard program does not know it, and says so.
        let error = #expect(throws: EncoderError.self) { try TokenEncoder(folder: self.folder) }
        #expect(error.map { "\($0)" }?.contains("model_type is gated, expected bert, ") == true)
    }

    @Test func itIsFineTunedAndReadBack() throws {
        var options = FineTuningOptions()
        options.pooling = .mean
        options.training.epochs = 100
        options.training.batchSize = 4
        options.training.learningRate = 0.02
        options.training.dropout = 0
        let labels = try LabelSpace(kind: .binary, names: ["bad", "good"])
        let texts = ["good day", "bad day", "a good room", "the bad room", "good food .", "bad food"]
        let classifier = FineTunedClassifier(encoder: folder, options: options, architectures: architectures)
        let model = try classifier.fit(texts, .classes([1, 0, 1, 0, 1, 0]), labelSpace: labels)
        let probabilities = try model.probabilities(of: ["good day", "bad day"])
        #expect(probabilities[0, 1] > 0.8 && probabilities[1, 1] < 0.2)

        let saved = folder.appendingPathComponent("saved")
        try FileManager.default.createDirectory(at: saved, withIntermediateDirectories: true)
        try model.save(to: saved)
        let again = try FittedFineTunedClassifier(
            from: saved, labelSpace: labels, architectures: architectures)
        #expect(try again.probabilities(of: texts) == model.probabilities(of: texts))
    }

    /// Every gradient against the difference of two losses.
    @Test(arguments: [Pooling.mean, .cls]) func itsGradientsAreRight(pooling: Pooling) throws {
        var none: [String] = []
        let model = try ClassifierModel(
            folder: folder, architectures: architectures, pooling: pooling, labelCounts: [3], seed: 5,
            initialized: &none)
        let batch = try PackedBatch([[2, 5, 7, 3], [2, 6, 3], [2, 9, 10, 6, 12, 3]])
        let targets = Targets.classes([0, 2, 1])
        let loss = ClassificationLoss.crossEntropy(classWeights: [1, 1, 1], smoothing: 0)
        func value(_ model: ClassifierModel) throws -> Double {
            loss.value(try model.logits(batch, task: 0), targets)
        }
        let trainable = TrainableModel(model)
        let pass = trainable.makePass(Team(workers: 2))
        pass.begin()
        let found = try trainable.withModel {
            try ClassificationObjective.addGradient(
                batch, targets, head: 0, loss, scale: 1, $0, pass)
        }
        #expect(abs(found - (try value(model))) < 1e-5)
        let gradients = trainable.gradientValues()
        var names: [String] = []
        model.forEachParameter { name, _ in names.append(name) }
        #expect(gradients.keys.sorted() == names.sorted())
        for (name, gradient) in gradients {
            let largest = gradient.reduce(0) { max($0, abs($1)) }
            for place in Set([0, gradient.count / 2, gradient.count - 1]) {
                func moved(by step: Float) throws -> Double {
                    var moved = model
                    moved.updateParameters { other, parameter in
                        if other != name { return }
                        var values = parameter.checkpointValues()
                        values[place] += step
                        parameter.set(values)
                    }
                    return try value(moved)
                }
                let slope = (try moved(by: 0.01) - moved(by: -0.01)) / 0.02
                // Float32 losses of 1 differ by 1e-7, and the difference has an error of its own: 1e-4 was seen.
                #expect(
                    abs(slope - Double(gradient[place])) < 1e-3 + 0.01 * Double(largest), "\(name) \(place)")
            }
        }
    }

    /// Frozen parts stay what they were, and the rest is trained.
    @Test func frozenLayersStay() throws {
        var none: [String] = []
        let model = try ClassifierModel(
            folder: folder, architectures: architectures, pooling: .mean, labelCounts: [2], seed: 5,
            initialized: &none)
        var options = TrainingOptions()
        options.freezing = .embeddings
        options.dropout = 0
        let task = ClassificationTask(
            sequences: [[2, 5, 3], [2, 6, 3]], targets: .classes([0, 1]),
            loss: .crossEntropy(classWeights: [1, 1], smoothing: 0))
        let trainer = try Trainer(
            model, on: ClassificationObjective([task]), options: options,
            files: TrainingFiles(
                folder: folder.appendingPathComponent("work"), log: folder.appendingPathComponent("log")),
            configuration: Data(configuration.utf8), evaluate: nil)
        _ = try trainer.run()
        var before: [String: [Float]] = [:]
        model.forEachParameter { before[$0] = $1.checkpointValues() }
        trainer.model.forEachParameter { name, parameter in
            let isSame = parameter.checkpointValues() == before[name]
            #expect(isSame == name.contains(".embeddings."), "\(name)")
        }
    }

    /// The page shows this file's code and the network's, and no other.
    @Test func thisIsTheCodeOfThePage() throws {
        let page = try Page("Sources/Models/Encoders/Encoders.docc/AddingAnArchitecture.md")
        let code = try ["GatedNetwork", "AddingAnArchitectureTests"].map {
            try Page("Tests/BakeoffTests/\($0).swift").text
        }.joined(separator: "\n")
        #expect(page.blocks("swift").count == 4)
        for block in page.blocks("swift") where !block.hasPrefix("import") {
            let indented = block.split(separator: "\n", omittingEmptySubsequences: false)
                .map { $0.isEmpty ? "" : "        \($0)" }.joined(separator: "\n")
            #expect(code.contains(block) || code.contains(indented), "\(block.prefix(60))")
        }
    }
}
