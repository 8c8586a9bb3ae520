import Encoders
import Foundation
import LinearAlgebra
import TensorFiles
import TestSupport
import Testing

/// The loss of pairs of texts against PyTorch's and sentence-transformers' (Tests/Oracles/Encoders/make_pairs.py).
@Suite final class PairObjectiveTests {
    private let file: SafetensorsFile
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)

    init() throws { file = try SafetensorsFile(oracle("Encoders/pairs.safetensors")) }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private func floats(_ name: String) throws -> [Float] {
        try file.floats(name, shape: try #require(file.shape(of: name)))
    }

    private func integers(_ name: String) throws -> [Int] {
        try file.integers(name, shape: try #require(file.shape(of: name)))
    }

    private func sequences() throws -> [[Int32]] {
        let (ids, offsets) = (try integers("ids"), try integers("offsets"))
        return zip(offsets, offsets.dropFirst()).map { ids[$0..<$1].map { Int32($0) } }
    }

    private func pairs(_ prefix: String = "") throws -> [TextPair] {
        let (first, second) = (try integers("\(prefix)first"), try integers("\(prefix)second"))
        let similarity = try floats("\(prefix)similarity")
        return first.indices.map { TextPair(first[$0], second[$0], similarity: similarity[$0]) }
    }

    private func objective(_ pairs: [TextPair], encodesOnce: Bool) throws -> PairObjective<TokenEncoder> {
        PairObjective(try sequences(), pairs: pairs, pooling: .mean, encodesOnce: encodesOnce)
    }

    /// Loss and gradients of the whole batch.
    private func gradient(
        encodesOnce: Bool, scale: Double = 1, precision: TrainingPrecision = .f32
    ) throws -> (loss: Double, gradients: [String: [Float]]) {
        let trainable = TrainableModel(try TokenEncoder(folder: Golden.folder("bert-gelu")))
        let pass = trainable.makePass(Team(workers: 2), precision)
        let pairs = try pairs()
        let objective = try objective(pairs, encodesOnce: encodesOnce)
        pass.begin()
        let loss = try trainable.withModel {
            try objective.addGradient(of: Array(pairs.indices), task: 0, scale: scale, $0, pass)
        }
        return (loss, trainable.gradientValues())
    }

    /// Encoded once or a side at a time, the gradient is the same; the largest error seen is 2e-6 of a tensor's largest.
    @Test(arguments: [true, false]) func gradientsAsPyTorchHasThem(encodesOnce: Bool) throws {
        let scale = encodesOnce ? 1 : 0.5
        let (loss, found) = try gradient(encodesOnce: encodesOnce, scale: scale)
        #expect(abs(Float(loss) - (try floats("loss")[0])) < 1e-6)
        #expect(found.count == file.names.count { $0.hasPrefix("gradient.") })
        for (name, values) in found {
            let expected = try floats("gradient.\(name)")
            let size = expected.reduce(0) { max($0, abs($1)) }
            // The keys' biases have no influence: their gradient is 0 but for rounding.
            let tolerance = 1e-5 * (name.hasSuffix("key.bias") ? max(size, 1) : size)
            let unscaled = values.map { $0 / Float(scale) }
            #expect(largestDifference(unscaled, expected) <= tolerance, "\(name)")
            let (places, slopes) = (try integers("places.\(name)"), try floats("difference.\(name)"))
            for (place, slope) in zip(places, slopes) {
                #expect(abs(unscaled[place] - slope) <= tolerance, "\(name), element \(place)")
            }
        }
    }

    @Test func bfloat16PointsWhereFloat32Does() throws {
        let exact = try gradient(encodesOnce: true)
        let rounded = try gradient(encodesOnce: true, precision: .bf16)
        #expect(rounded.loss != exact.loss && abs(rounded.loss / exact.loss - 1) < 0.02)
        for (name, x) in exact.gradients where !name.hasSuffix("key.bias") {
            let y = try #require(rounded.gradients[name])
            var (xy, xx, yy) = (0.0, 0.0, 0.0)
            for (a, b) in zip(x, y) {
                xy += Double(a) * Double(b)
                xx += Double(a) * Double(a)
                yy += Double(b) * Double(b)
            }
            #expect(xy / (xx * yy).squareRoot() > 0.99, "\(name)")
        }
    }

    private func train(
        _ name: String, encodesOnce: Bool = true, maxSteps: Int? = nil, dropout: Double = 0,
        stoppingAfter limit: Int? = nil
    ) throws -> (model: TokenEncoder, outcome: TrainingOutcome) {
        var options = TrainingOptions()
        options.batchSize = 4
        options.epochs = 4
        options.maxSteps = maxSteps
        options.learningRate = 1e-3
        options.warmup = .share(0.1)
        options.shuffles = dropout > 0
        options.dropout = dropout
        let configuration = Golden.folder("bert-gelu").appendingPathComponent("config.json")
        var steps = 0
        let trainer = try Trainer(
            TokenEncoder(folder: Golden.folder("bert-gelu")),
            on: objective(pairs("training."), encodesOnce: encodesOnce), options: options,
            files: files(name), configuration: Data(contentsOf: configuration), evaluate: nil,
            report: { _ in steps += 1 }, shouldStop: { steps == limit })
        let outcome = try trainer.run()
        return (trainer.model, outcome)
    }

    private func files(_ name: String) -> TrainingFiles {
        TrainingFiles(
            folder: folder.appendingPathComponent(name), log: folder.appendingPathComponent("\(name).jsonl"))
    }

    private func log(_ name: String) throws -> [[String: Any]] { try logLines(files(name).log) }

    /// 24 steps with warm-up, decay, weight decay and clipping.
    @Test(arguments: [true, false]) func trainsAsPyTorchDoes(encodesOnce: Bool) throws {
        let (model, outcome) = try train("t", encodesOnce: encodesOnce)
        #expect(outcome.steps == 24 && !outcome.stoppedEarly)
        let lines = try log("t")
        for (key, expected) in [
            ("loss", try floats("training.losses")), ("grad_norm", try floats("training.norms")),
        ] {
            let found = lines.compactMap { $0[key] as? Double }
            #expect(found.count == expected.count)
            for (step, (found, expected)) in zip(found, expected).enumerated() {
                #expect(abs(found / Double(expected) - 1) < 1e-4, "\(key) of step \(step)")
            }
        }
        let vectors = try model.embed(PackedBatch(sequences()), pooling: .mean)
        #expect(largestDifference(vectors, try floats("training.vectors")) < 1e-4)
    }

    /// Steps that are counted end a training in the middle of an epoch, and the rate has then fallen to its end; after a stop
    /// it goes on to the same bytes.
    @Test func endsAfterSoManySteps() throws {
        let whole = try train("whole", maxSteps: 9, dropout: 0.1)
        #expect(whole.outcome.steps == 9 && !whole.outcome.stoppedEarly)
        let rates = try log("whole").compactMap { $0["lr"] as? Double }
        #expect(rates.count == 9 && rates[0] == 0 && abs(rates[8] - 1e-3 / 8) < 1e-12)
        #expect(throws: TrainingError.stopped) {
            try train("stopped", maxSteps: 9, dropout: 0.1, stoppingAfter: 7)
        }
        let rest = try train("stopped", maxSteps: 9, dropout: 0.1)
        #expect(rest.outcome == whole.outcome)
        let batch = try PackedBatch(sequences())
        #expect(
            try rest.model.embed(batch, pooling: .mean) == whole.model.embed(batch, pooling: .mean))
        #expect(try train("more", maxSteps: 1000).outcome.steps == 24)
    }

    private func value(_ x: [Float], width: Int, _ pairs: [TextPair]) -> (loss: Double, gradient: [Float]) {
        let (vectors, d) = (FloatBuffer(x), FloatBuffer(count: x.count))
        return withExtendedLifetime((vectors, d)) {
            let rows = x.count / width
            let loss = CosineSimilarityLoss.value(
                of: FloatRows(vectors.pointer, rows: rows, columns: width, stride: width), pairs,
                gradient: FloatRows(d.pointer, rows: rows, columns: width, stride: width))
            return (loss, Array(d.values))
        }
    }

    /// Opposite, orthogonal, huge and tiny vectors, and one of zeros, whose cosine is 0 with any other.
    @Test func atExtremeVectors() {
        let pair = [TextPair(0, 1, similarity: 1)]
        #expect(value([3, 4, -3, -4], width: 2, pair).loss == 4)
        #expect(value([3, 4, 4, -3], width: 2, pair).loss == 1)
        for size: Float in [1e15, 1, 1e-3] {
            let (loss, gradient) = value([0, size, size, 0], width: 2, pair)
            #expect(loss == 1)
            // d(c - 1)²/du = -2 v / (‖u‖ ‖v‖), in units of 1 / size.
            #expect(gradient.map { $0 * size } == [-2, 0, 0, -2], "\(size)")
        }
        let (loss, gradient) = value([0, 0, 1, 1], width: 2, pair)
        #expect(loss == 1 && gradient.allSatisfy(\.isFinite))
        let same = value([3, 4], width: 2, [TextPair(0, 0, similarity: 0)])
        #expect(same.loss == 1 && same.gradient.allSatisfy { abs($0) < 1e-7 })
    }
}
