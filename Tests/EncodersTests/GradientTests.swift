import Encoders
import Foundation
import Labels
import LinearAlgebra
import TensorFiles
import TestSupport
import Testing

/// Gradients of whole classifiers against PyTorch's (Tests/Oracles/Encoders/make_gradients.py).
@Suite struct GradientTests {
    /// The largest error seen is 2e-6 of a tensor's largest gradient.
    private static let tolerance: Float = 1e-5

    /// The classifier over the encoder of `folder`, with the head of the golden file.
    private struct Case {
        let batch: PackedBatch
        let file: SafetensorsFile
        let trainable: TrainableModel<ClassifierModel>
        private let dropout: DropoutProbabilities
        private let pass: Pass

        init(
            _ name: String, folder: String, pooling: Pooling, labels: Int,
            dropout: DropoutProbabilities, freezing: Freezing = .nothing, workers: Int = 2,
            precision: TrainingPrecision = .f32, stated: [String: Any] = [:]
        ) throws {
            let golden = try Golden(folder)
            batch = golden.batch
            let place =
                stated.isEmpty ? golden.folder : try GradientTests.copy(golden.folder, stating: stated)
            defer { if !stated.isEmpty { try? FileManager.default.removeItem(at: place) } }
            file = try SafetensorsFile(oracle("Encoders/gradients-\(name).safetensors"))
            var model = try Golden.classifier(place, pooling: pooling, labels: labels, head: file)
            try model.freeze(freezing)
            trainable = TrainableModel(model)
            self.dropout = dropout
            pass = trainable.makePass(Team(workers: workers), precision)
        }

        /// Adds the gradient of the whole batch.
        func addGradient(
            _ targets: Targets, _ loss: ClassificationLoss, scale: Double = 1, step: Int = 0
        ) throws -> Double {
            pass.begin(dropout: DropoutDraw(dropout, seed: 0x0123_4567_89AB_CDEF, step: step))
            return try trainable.withModel {
                try ClassificationObjective.addGradient(
                    batch, targets, head: 0, loss, scale: scale, $0, pass)
            }
        }

        var loss: Float {
            get throws { try file.floats("loss", shape: [1])[0] }
        }

        func targets() throws -> [Int] {
            try file.integers("targets", shape: file.shape(of: "targets") ?? [])
        }

        func gradients() -> [String: [Float]] { trainable.gradientValues() }

        func expectAgreement(_ found: [String: [Float]], times factor: Float = 1) throws {
            #expect(!found.isEmpty)
            for (name, values) in found {
                let expected = try file.floats(
                    "gradient.\(name)", shape: file.shape(of: "gradient.\(name)") ?? [])
                let size = expected.reduce(0) { max($0, abs($1)) }
                // The keys' biases have no influence: their gradient is 0 but for rounding.
                let scale =
                    name.hasSuffix("key.bias") || name.hasSuffix("k_lin.bias")
                        || name.hasSuffix("attn.k.bias") || name.hasSuffix("key_proj.bias")
                    ? max(size, 1) : size
                let difference = largestDifference(values.map { $0 / factor }, expected)
                #expect(difference <= GradientTests.tolerance * scale, "\(name): \(difference) of \(scale)")
                // Central differences of the loss in Double, which owe nothing to anyone's derivative.
                let shape = try #require(file.shape(of: "places.\(name)"))
                let places = try file.integers("places.\(name)", shape: shape)
                let slopes = try file.floats("difference.\(name)", shape: shape)
                for (place, slope) in zip(places, slopes) {
                    #expect(
                        abs(values[place] / factor - slope) <= GradientTests.tolerance * scale,
                        "\(name), element \(place)")
                }
            }
        }
    }

    /// A copy of a checkpoint whose `config.json` states more.
    private static func copy(_ folder: URL, stating more: [String: Any]) throws -> URL {
        let copy = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.copyItem(at: folder, to: copy)
        let file = copy.appendingPathComponent("config.json")
        let stated = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
        let keys = try #require(stated).merging(more) { $1 }
        try JSONSerialization.data(withJSONObject: keys).write(to: file)
        return copy
    }

    private static let none = DropoutProbabilities(hidden: 0, attention: 0, classifier: 0)
    private static let weighted = ClassificationLoss.crossEntropy(
        classWeights: [0.3, 2, 0.7, 1.1, 5], smoothing: 0.1)

    private func pooler(freezing: Freezing = .nothing, workers: Int = 2) throws -> Case {
        try Case(
            "pooler", folder: "bert-gelu", pooling: .pooler, labels: 5,
            dropout: .init(hidden: 0.1, attention: 0.2, classifier: 0.3), freezing: freezing, workers: workers
        )
    }

    @Test func poolerWithWeightsSmoothingAndDropout() throws {
        let one = try pooler()
        let loss = try one.addGradient(
            .classes(one.targets()), GradientTests.weighted, step: 7)
        #expect(abs(Float(loss) - (try one.loss)) < 1e-5)
        let found = one.gradients()
        #expect(found.count == 2 * 16 + 5 + 4)
        try one.expectAgreement(found)
    }

    /// In bfloat16 every gradient points where PyTorch's points in float32. (The keys' biases have none.)
    @Test func bfloat16PointsWhereFloat32Does() throws {
        let one = try Case(
            "pooler", folder: "bert-gelu", pooling: .pooler, labels: 5,
            dropout: .init(hidden: 0.1, attention: 0.2, classifier: 0.3), precision: .bf16)
        let loss = try one.addGradient(.classes(one.targets()), GradientTests.weighted, step: 7)
        let exact = try one.loss
        #expect(Float(loss) != exact && abs(Float(loss) / exact - 1) < 0.02)
        let found = one.gradients()
        #expect(found.count == 2 * 16 + 5 + 4)
        for (name, values) in found where !name.hasSuffix("key.bias") {
            let expected = try one.file.floats(
                "gradient.\(name)", shape: one.file.shape(of: "gradient.\(name)") ?? [])
            var (xy, xx, yy) = (0.0, 0.0, 0.0)
            for (x, y) in zip(values, expected) {
                xy += Double(x) * Double(y)
                xx += Double(x) * Double(x)
                yy += Double(y) * Double(y)
            }
            #expect(xy / (xx * yy).squareRoot() > 0.995, "\(name)")
            #expect(abs((xx / yy).squareRoot() - 1) < 0.05, "\(name)")
        }
    }

    @Test func meanWithSets() throws {
        let one = try Case(
            "mean", folder: "bert-tanh", pooling: .mean, labels: 7, dropout: GradientTests.none)
        let targets = try one.targets()
        let sets = IndicatorMatrix(
            labelCount: 7, rows: (0..<4).map { row in (0..<7).filter { targets[row * 7 + $0] == 1 } })
        let loss = try one.addGradient(
            .sets(sets), .binaryCrossEntropy(positiveWeights: [1, 3, 0.5, 10, 2, 1, 7]))
        #expect(abs(Float(loss) - (try one.loss)) < 1e-5)
        try one.expectAgreement(one.gradients())
    }

    @Test func distilbert() throws {
        let one = try Case(
            "distilbert", folder: "distilbert", pooling: .pooler, labels: 3, dropout: GradientTests.none)
        let loss = try one.addGradient(
            .classes(one.targets()), .crossEntropy(classWeights: [1, 1, 1], smoothing: 0))
        #expect(abs(Float(loss) - (try one.loss)) < 1e-5)
        try one.expectAgreement(one.gradients())
    }

    /// DistilBERT's first linear layer is a part of its head, so a frozen encoder leaves it trained, as in transformers with
    /// the parameters of `model.distilbert` frozen.
    @Test func distilbertWithAFrozenEncoder() throws {
        let one = try Case(
            "distilbert", folder: "distilbert", pooling: .pooler, labels: 3, dropout: GradientTests.none,
            freezing: .encoder)
        _ = try one.addGradient(
            .classes(one.targets()), .crossEntropy(classWeights: [1, 1, 1], smoothing: 0))
        let found = one.gradients()
        #expect(
            found.keys.sorted() == [
                "classifier.bias", "classifier.weight", "pre_classifier.bias", "pre_classifier.weight",
            ])
        try one.expectAgreement(found)
    }

    private func dropped(_ name: String, labels: Int, freezing: Freezing = .nothing) throws -> Case {
        try Case(
            name, folder: name, pooling: .pooler, labels: labels,
            dropout: .init(hidden: 0.1, attention: 0.2, classifier: 0.3), freezing: freezing)
    }

    private func addGradient(_ one: Case, step: Int) throws -> Float {
        let labels = try #require(one.file.shape(of: "logits"))[1]
        return Float(
            try one.addGradient(
                .classes(one.targets()),
                .crossEntropy(classWeights: Array(repeating: 1, count: labels), smoothing: 0), step: step))
    }

    /// Dropout wherever `transformers` has it: in heads of two layers before each, in ALBERT nowhere behind the feed-forward
    /// layers. In RoBERTa's texts there are padding tokens, whose rows have no gradient; ALBERT's layers share weights.
    @Test(arguments: [("roberta", 3), ("electra", 3), ("albert", 5), ("albert-groups", 3)])
    func dropoutAtEveryPlace(name: String, labels: Int) throws {
        try expectAllAgree(dropped(name, labels: labels), step: 7)
    }

    /// Dropout in all places of ModernBERT; a head of a layer with GELU and a norm, of the first token alone.
    @Test func modernbert() throws {
        let one = try Case(
            "modernbert", folder: "modernbert", pooling: .pooler, labels: 3,
            dropout: .init(hidden: 0.1, attention: 0.2, classifier: 0.3, intermediate: 0.15))
        try expectAllAgree(one, step: 7)
    }

    /// The same head of the mean.
    @Test func modernbertOfTheMean() throws {
        let one = try Case(
            "modernbert-mean", folder: "modernbert-biases", pooling: .pooler, labels: 4,
            dropout: GradientTests.none,
            stated: ["classifier_pooling": "mean", "classifier_bias": true, "classifier_activation": "relu"])
        try expectAllAgree(one)
    }

    /// The loss, and gradients of all parameters, of which none is missing.
    private func expectAllAgree(_ one: Case, step: Int = 0) throws {
        #expect(abs(try addGradient(one, step: step) - (try one.loss)) < 1e-5)
        let found = one.gradients()
        #expect(
            Set(found.keys.map { "gradient.\($0)" })
                == Set(one.file.names.filter { $0.hasPrefix("gradient.") }))
        try one.expectAgreement(found)
    }

    /// The projection is no part of the embeddings, but below the lowest layer; groups of layers can be frozen as a whole.
    @Test(arguments: [
        ("electra", 3, Freezing.embeddings, ["classifier", "electra.embeddings_project", "electra.encoder"]),
        ("electra", 3, .layers(1), ["classifier", "electra.encoder.layer.1"]),
        ("electra", 3, .encoder, ["classifier"]),
        ("albert", 5, .embeddings, ["albert.encoder", "albert.pooler", "classifier"]),
        ("albert", 5, .layers(3), ["albert.pooler", "classifier"]),
        ("albert", 5, .encoder, ["classifier"]),
        (
            "albert-groups", 3, .layers(6),
            ["albert.encoder.albert_layer_groups.1", "albert.pooler", "classifier"]
        ),
    ])
    func freezingBelowAndAboveTheProjection(
        name: String, labels: Int, freezing: Freezing, trained: [String]
    ) throws {
        let one = try dropped(name, labels: labels, freezing: freezing)
        _ = try addGradient(one, step: 7)
        let found = one.gradients()
        #expect(
            Set(found.keys)
                == Set(
                    one.file.names.filter { $0.hasPrefix("gradient.") }.map { String($0.dropFirst(9)) }
                        .filter { name in trained.contains { name.hasPrefix("\($0).") } }))
        try one.expectAgreement(found)
    }

    @Test(arguments: [
        ("albert", 1, 3, [3]), ("albert", 2, 3, [3]), ("albert-groups", 1, 10, [6, 10]),
        ("albert-groups", 7, 10, [6, 10]),
    ])
    func sharedWeightsAreFrozenWholeOrNotAtAll(name: String, count: Int, layers: Int, possible: [Int]) throws
    {
        var model = try Golden(name).encoder
        let error = EncoderError.sharedLayers(frozen: count, layers: layers, possible: possible)
        #expect(throws: error) { try model.freeze(.layers(count)) }
        #expect("\(error)".hasSuffix("layers: \(possible.map { "\($0)" }.joined(separator: ", "))"))
        model.forEachParameter { #expect(!$1.isFrozen, "\($0)") }
    }

    private func mpnetCase(freezing: Freezing = .nothing, workers: Int = 2) throws -> Case {
        try Case(
            "mpnet", folder: "mpnet", pooling: .pooler, labels: 3,
            dropout: .init(hidden: 0.1, attention: 0.2, classifier: 0.1), freezing: freezing, workers: workers
        )
    }

    /// A bias by distance, whose gradient is a sum over layers, sequences and pairs of tokens.
    @Test func mpnet() throws {
        try expectAllAgree(mpnetCase(), step: 7)
    }

    /// A layer that is frozen takes the bias that it shares with it.
    @Test(arguments: [Freezing.embeddings, .layers(1), .encoder]) func mpnetFreezing(_ freezing: Freezing)
        throws
    {
        let one = try mpnetCase(freezing: freezing)
        _ = try addGradient(one, step: 7)
        let found = one.gradients()
        let expected = freezing == .embeddings ? 2 * 16 + 1 + 4 : freezing == .layers(1) ? 16 + 4 : 4
        #expect(found.count == expected)
        try one.expectAgreement(found)
    }

    private func debertaCase(_ name: String, freezing: Freezing = .nothing, workers: Int = 2) throws -> Case {
        try Case(
            name, folder: name, pooling: .pooler, labels: 3,
            dropout: .init(hidden: 0.1, attention: 0.2, classifier: 0.3, pooler: 0.15), freezing: freezing,
            workers: workers)
    }

    /// The table of relative positions, which every layer drops from anew, and what makes keys and queries of it.
    @Test(arguments: Golden.debertas) func deberta(name: String) throws {
        try expectAllAgree(debertaCase(name), step: 7)
    }

    /// The table of relative positions is trained where every layer is, and the pooler with the head.
    @Test(arguments: [
        (Freezing.embeddings, ["deberta.encoder", "pooler", "classifier"]),
        (.layers(1), ["deberta.encoder.layer.1", "pooler", "classifier"]),
        (.encoder, ["pooler", "classifier"]),
    ]) func debertaFreezing(freezing: Freezing, trained: [String]) throws {
        let one = try debertaCase("deberta-v3", freezing: freezing)
        _ = try addGradient(one, step: 7)
        let found = one.gradients()
        let expected = one.file.names.filter { $0.hasPrefix("gradient.") }.map { String($0.dropFirst(9)) }
            .filter { name in trained.contains { name.hasPrefix("\($0).") } }
        #expect(Set(found.keys) == Set(expected))
        try one.expectAgreement(found)
    }

    @Test func threadsChangeNoBitOfRelativePositions() throws {
        let results = try [1, 2, 3].map { workers in
            let one = try debertaCase("deberta-v3", workers: workers)
            _ = try addGradient(one, step: 7)
            return one.gradients()
        }
        #expect(results[0] == results[1])
        #expect(results[0] == results[2])
    }

    /// Two passes add up; a weight of the loss scales.
    @Test func accumulation() throws {
        let one = try pooler()
        for scale in [0.5, 1.5] {
            _ = try one.addGradient(
                .classes(one.targets()), GradientTests.weighted, scale: scale, step: 7)
        }
        try one.expectAgreement(one.gradients(), times: 2)
    }

    /// What is trained has the same gradients, and nothing else has any.
    @Test(arguments: [Freezing.embeddings, .layers(1), .encoder]) func freezing(_ freezing: Freezing) throws {
        let one = try pooler(freezing: freezing)
        _ = try one.addGradient(
            .classes(one.targets()), GradientTests.weighted, step: 7)
        let found = one.gradients()
        let expected = freezing == .embeddings ? 2 * 16 + 4 : freezing == .layers(1) ? 16 + 4 : 2
        #expect(found.count == expected)
        try one.expectAgreement(found)
    }

    @Test func threadsChangeNoBit() throws {
        func expectEqual(_ make: (_ workers: Int) throws -> Case, _ loss: ClassificationLoss) throws {
            let results = try [1, 2, 3].map { workers in
                let one = try make(workers)
                _ = try one.addGradient(.classes(one.targets()), loss, step: 7)
                return one.gradients()
            }
            #expect(results[0] == results[1])
            #expect(results[0] == results[2])
        }
        try expectEqual({ try pooler(workers: $0) }, GradientTests.weighted)
        try expectEqual({ try mpnetCase(workers: $0) }, .crossEntropy(classWeights: [1, 1, 1], smoothing: 0))
    }
}
