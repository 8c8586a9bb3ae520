import Encoders
import Foundation
import Labels
import LinearAlgebra
import TensorFiles
import TestMatrices
import Testing

/// Gradients of whole classifiers against PyTorch's (Tests/Oracles/Encoders/make_gradients.py).
@Suite struct GradientTests {
    /// The largest error seen is 2e-6 of a tensor's largest gradient.
    private static let tolerance: Float = 1e-5

    /// The classifier over the encoder of `folder`, with the head of the golden file.
    private struct Case {
        let batch: PackedBatch
        let file: SafetensorsFile
        let training: ClassifierTraining

        init(
            _ name: String, folder: String, pooling: Pooling, labels: Int,
            dropout: DropoutProbabilities, freezing: Freezing = .nothing, workers: Int = 2
        ) throws {
            let golden = try Golden(folder)
            batch = golden.batch
            file = try SafetensorsFile(
                Golden.folder(folder).deletingLastPathComponent().appendingPathComponent(
                    "gradients-\(name).safetensors"))
            var initialized: [String] = []
            let model = try ClassifierModel(
                folder: golden.folder, pooling: pooling, labelCounts: [labels], seed: 1,
                initialized: &initialized)
            training = ClassifierTraining(
                model, freezing: freezing, dropout: dropout, seed: 0x0123_4567_89AB_CDEF,
                team: Team(workers: workers))
            for parameter in training.parameters where initialized.contains(where: parameter.name.hasPrefix) {
                try parameter.set(file.floats(parameter.name, shape: parameter.tensor.shape))
            }
        }

        var loss: Float {
            get throws { try file.floats("loss", shape: [1])[0] }
        }

        func targets() throws -> [Int] {
            try file.integers("targets", shape: file.shape(of: "targets") ?? [])
        }

        func gradients() throws -> [String: [Float]] {
            var all: [String: [Float]] = [:]
            for parameter in training.parameters where parameter.hasGradient {
                all[parameter.name] = parameter.tensor.unpacked(parameter.gradient)
            }
            if let words = training.embeddings?.words { all[words.name] = words.denseGradient() }
            return all
        }

        func expectAgreement(_ found: [String: [Float]], times factor: Float = 1) throws {
            #expect(!found.isEmpty)
            for (name, values) in found {
                let expected = try file.floats(
                    "gradient.\(name)", shape: file.shape(of: "gradient.\(name)") ?? [])
                let size = expected.reduce(0) { max($0, abs($1)) }
                // The keys' biases have no influence: their gradient is 0 but for rounding.
                let scale = name.hasSuffix("key.bias") || name.hasSuffix("k_lin.bias") ? max(size, 1) : size
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
        let loss = try one.training.addGradient(
            one.batch, .classes(one.targets()), task: 0, loss: GradientTests.weighted, step: 7)
        #expect(abs(Float(loss) - (try one.loss)) < 1e-5)
        let found = try one.gradients()
        #expect(found.count == 2 * 16 + 5 + 4)
        try one.expectAgreement(found)
    }

    @Test func meanWithSets() throws {
        let one = try Case(
            "mean", folder: "bert-tanh", pooling: .mean, labels: 7, dropout: GradientTests.none)
        let targets = try one.targets()
        let sets = IndicatorMatrix(
            labelCount: 7, rows: (0..<4).map { row in (0..<7).filter { targets[row * 7 + $0] == 1 } })
        let loss = try one.training.addGradient(
            one.batch, .sets(sets), task: 0,
            loss: .binaryCrossEntropy(positiveWeights: [1, 3, 0.5, 10, 2, 1, 7]), step: 0)
        #expect(abs(Float(loss) - (try one.loss)) < 1e-5)
        try one.expectAgreement(one.gradients())
    }

    @Test func distilbert() throws {
        let one = try Case(
            "distilbert", folder: "distilbert", pooling: .pooler, labels: 3, dropout: GradientTests.none)
        let loss = try one.training.addGradient(
            one.batch, .classes(one.targets()), task: 0,
            loss: .crossEntropy(classWeights: [1, 1, 1], smoothing: 0), step: 0)
        #expect(abs(Float(loss) - (try one.loss)) < 1e-5)
        try one.expectAgreement(one.gradients())
    }

    /// DistilBERT's first linear layer is a part of its head, so a frozen encoder leaves it trained, as in transformers with
    /// the parameters of `model.distilbert` frozen.
    @Test func distilbertWithAFrozenEncoder() throws {
        let one = try Case(
            "distilbert", folder: "distilbert", pooling: .pooler, labels: 3, dropout: GradientTests.none,
            freezing: .encoder)
        _ = try one.training.addGradient(
            one.batch, .classes(one.targets()), task: 0,
            loss: .crossEntropy(classWeights: [1, 1, 1], smoothing: 0), step: 0)
        let found = try one.gradients()
        #expect(
            found.keys.sorted() == [
                "classifier.bias", "classifier.weight", "pre_classifier.bias", "pre_classifier.weight",
            ])
        try one.expectAgreement(found)
    }

    /// Two passes add up; a weight of the loss scales.
    @Test func accumulation() throws {
        let one = try pooler()
        for scale in [0.5, 1.5] {
            _ = try one.training.addGradient(
                one.batch, .classes(one.targets()), task: 0, loss: GradientTests.weighted, scale: scale,
                step: 7)
        }
        try one.expectAgreement(one.gradients(), times: 2)
    }

    /// What is trained has the same gradients, and nothing else has any.
    @Test(arguments: [Freezing.embeddings, .layers(1), .encoder]) func freezing(_ freezing: Freezing) throws {
        let one = try pooler(freezing: freezing)
        _ = try one.training.addGradient(
            one.batch, .classes(one.targets()), task: 0, loss: GradientTests.weighted, step: 7)
        let found = try one.gradients()
        let expected = freezing == .embeddings ? 2 * 16 + 4 : freezing == .layers(1) ? 16 + 4 : 2
        #expect(found.count == expected)
        try one.expectAgreement(found)
    }

    @Test func threadsChangeNoBit() throws {
        let results = try [1, 2, 3].map { workers in
            let one = try pooler(workers: workers)
            _ = try one.training.addGradient(
                one.batch, .classes(one.targets()), task: 0, loss: GradientTests.weighted, step: 7)
            return try one.gradients()
        }
        #expect(results[0] == results[1])
        #expect(results[0] == results[2])
    }
}

extension Parameter {
    /// Replaces the values by those of a checkpoint.
    func set(_ checkpoint: [Float]) {
        for column in 0..<tensor.shape[0] {
            if let panels = tensor.panels {
                for row in 0..<panels.depth {
                    let place = (column / 32 * panels.depth + row) * 32 + column % 32
                    values.pointer[place] = checkpoint[column * panels.depth + row]
                }
            } else {
                values.pointer[column] = checkpoint[column]
            }
        }
    }
}

extension WordParameters {
    /// The gradient of the whole table.
    func denseGradient() -> [Float] {
        var all = [Float](repeating: 0, count: vocabulary * hidden)
        for (slot, id) in words.enumerated() {
            for i in 0..<hidden { all[Int(id) * hidden + i] = gradient.pointer[slot * hidden + i] }
        }
        return all
    }
}
