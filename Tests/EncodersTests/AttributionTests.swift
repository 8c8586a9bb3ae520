import Encoders
import Foundation
import Labels
import TensorFiles
import TestSupport
import Testing
import TextTokenizers

/// Integrated gradients against PyTorch's (Tests/Oracles/Encoders/make_attributions.py).
@Suite struct AttributionTests {
    /// Float32 against float64, of the largest contribution of an encoder.
    private static let tolerance = 1e-4

    /// The classifier of make_gradients.py under this name.
    private func model(_ name: String, folder: String, pooling: Pooling, labels: Int) throws
        -> ClassifierModel
    {
        let file = try SafetensorsFile(oracle("Encoders/gradients-\(name).safetensors"))
        var initialized: [String] = []
        var model = try ClassifierModel(
            folder: Golden.folder(folder), pooling: pooling, labelCounts: [labels], seed: 1,
            initialized: &initialized)
        var values: [String: [Float]] = [:]
        for name in file.names where initialized.contains(where: name.hasPrefix) {
            values[name] = try file.floats(name, shape: file.shape(of: name) ?? [])
        }
        model.updateParameters { name, parameter in
            if let known = values[name] { parameter.set(known) }
        }
        return model
    }

    @Test(arguments: [
        ("pooler", "bert-gelu", Pooling.pooler, 5), ("mean", "bert-tanh", .mean, 7),
        ("distilbert", "distilbert", .pooler, 3), ("roberta", "roberta", .pooler, 3),
        ("electra", "electra", .pooler, 3), ("albert", "albert", .pooler, 5),
        ("albert-groups", "albert-groups", .pooler, 3), ("mpnet", "mpnet", .pooler, 3),
        ("modernbert", "modernbert", .pooler, 3), ("deberta-v3", "deberta-v3", .pooler, 3),
        ("deberta-v2", "deberta-v2", .pooler, 3), ("deberta-c2p", "deberta-c2p", .pooler, 3),
        ("deberta-p2c", "deberta-p2c", .pooler, 3),
    ])
    func everyArchitecture(name: String, folder: String, pooling: Pooling, labels: Int) throws {
        let model = try model(name, folder: folder, pooling: pooling, labels: labels)
        let file = try SafetensorsFile(oracle("Encoders/attributions.safetensors"))
        func floats(_ key: String) throws -> [Double] {
            let key = "\(name).\(key)"
            return try file.floats(key, shape: try #require(file.shape(of: key))).map { Double($0) }
        }
        func integers(_ key: String) throws -> [Int] {
            let key = "\(name).\(key)"
            return try file.integers(key, shape: try #require(file.shape(of: key)))
        }
        let (ids, baseline, offsets) = try (integers("ids"), integers("baseline"), integers("offsets"))
        let expected = try floats("contributions")
        let largest = expected.reduce(0) { max($0, abs($1)) }
        let tolerance = AttributionTests.tolerance * max(1, largest)
        for (sequence, label) in try integers("labels").enumerated() {
            let range = offsets[sequence]..<offsets[sequence + 1]
            let text = WordedText(
                ids: ids[range].map { Int32($0) }, baseline: baseline[range].map { Int32($0) })
            let score = LogitScore.logOdds(of: label, pooling == .mean ? .multilabel : .multiclass)
            let found = try #require(try model.attributions(of: text, task: 0, to: [score]).first)
            #expect(abs(found.score - (try floats("score"))[sequence]) < tolerance)
            #expect(abs(found.baselineScore - (try floats("baseline_score"))[sequence]) < tolerance)
            #expect(largestDifference(found.contributions, Array(expected[range])) < tolerance)
        }
    }

    /// On a linear path one step is exact: a token adds its vector's share less the baseline's, and all together the score
    /// less that of the baseline.
    @Test(arguments: [1, 5]) func sumsAgreeOnALinearPath(steps: Int) throws {
        let (V, D) = (7, 5)
        let values = (0..<V * D).map { Float(($0 * 37) % 11) / 5 - 1 }
        let encoder = StaticEmbedding(vocabulary: V, width: D, values: values)
        let weights = (0..<D).map { Double($0) - 1.5 }
        let ids: [Int32] = [3, 1, 3, 6], baseline: [Int32?] = [3, 0, nil, 0]
        let found = try IntegratedGradients(encoder, of: ids, from: baseline, pooling: .mean, steps: steps)
            .attributions { pooled, pass in
                let d = pass.rows(pooled.rows, columns: D)
                let scores = (0..<pooled.rows).map { row in
                    for i in 0..<D { d[row][i] = Float(weights[i]) }
                    return (0..<D).reduce(0.25) { $0 + weights[$1] * Double(pooled[row][$1]) }
                }
                return (scores, d)
            }
        func share(_ id: Int32) -> Double {
            (0..<D).reduce(0) { $0 + weights[$1] * Double(values[Int(id) * D + $1]) } / 4
        }
        let expected = [0, share(1) - share(0), share(3), share(6) - share(0)]
        #expect(largestDifference(found.contributions, expected) < 1e-6)
        #expect(abs(found.contributions.reduce(found.baselineScore, +) - found.score) < 1e-6)
        #expect(abs(found.score - (0.25 + [3, 1, 3, 6].map { share($0) }.reduce(0, +))) < 1e-6)
    }

    @Test func weightsInFewerBitsAreRefused() throws {
        let encoder = try Golden("bert-gelu").encoder.reduced(to: .int8)
        #expect(throws: EncoderError.notDifferentiable(.int8)) {
            try IntegratedGradients(encoder, of: [1, 2], from: [1, 3], pooling: .mean)
        }
    }
}
