import Encoders
import Foundation
import LinearAlgebra
import TensorFiles
import TestSupport
import Testing

/// The one traversal of a network's parameters, and the memory of a pass.
@Suite struct ModuleTests {
    private func classifier(_ name: String, _ pooling: Pooling, labels: [Int]) throws -> ClassifierModel {
        var initialized: [String] = []
        return try ClassifierModel(
            folder: Golden.folder(name), pooling: pooling, labelCounts: labels, seed: 1,
            initialized: &initialized)
    }

    private func names(of module: some Module) -> [String] {
        var names: [String] = []
        module.forEachParameter { name, _ in names.append(name) }
        return names
    }

    /// As `transformers` names them, in this order: gradient norms are sums over it.
    @Test func namesAreTheCheckpoints() throws {
        let bert = names(of: try classifier("bert-gelu", .pooler, labels: [5]))
        #expect(
            bert.prefix(7) == [
                "bert.embeddings.word_embeddings.weight", "bert.embeddings.position_embeddings.weight",
                "bert.embeddings.token_type_embeddings.weight", "bert.embeddings.LayerNorm.weight",
                "bert.embeddings.LayerNorm.bias", "bert.encoder.layer.0.attention.self.query.weight",
                "bert.encoder.layer.0.attention.self.query.bias",
            ])
        #expect(
            bert.suffix(4) == [
                "bert.pooler.dense.weight", "bert.pooler.dense.bias", "classifier.weight", "classifier.bias",
            ])
        let file = try SafetensorsFile(Golden.folder("bert-gelu").appendingPathComponent("model.safetensors"))
        #expect(Set(bert.dropLast(2)) == Set(file.names.map { "bert.\($0)" }))

        let distil = names(of: try classifier("distilbert", .pooler, labels: [3, 4]))
        #expect(distil.contains("distilbert.transformer.layer.1.ffn.lin2.weight"))
        #expect(
            distil.suffix(6) == [
                "pre_classifier.weight", "pre_classifier.bias", "classifier.0.weight", "classifier.0.bias",
                "classifier.1.weight", "classifier.1.bias",
            ])
        // A head that reads no pooler leaves it out.
        #expect(
            try !names(of: classifier("bert-gelu", .mean, labels: [5])).contains { $0.contains("pooler") })
    }

    @Test func countsAndFreezes() throws {
        var model = try classifier("bert-gelu", .pooler, labels: [5])
        let file = try SafetensorsFile(Golden.folder("bert-gelu").appendingPathComponent("model.safetensors"))
        let stored = file.names.reduce(0) { $0 + (file.shape(of: $1) ?? []).reduce(1, *) }
        #expect(model.parameterCount == stored + 5 * 35 + 5)
        try model.freeze(.layers(1))
        model.forEachParameter { name, parameter in
            let isLow = name.contains("embeddings") || name.contains("layer.0.")
            #expect(parameter.isFrozen == isLow, "\(name)")
        }
        model.freeze()
        model.forEachParameter { #expect($1.isFrozen, "\($0)") }
    }

    /// What is written reads as it was, whatever the layout in memory.
    @Test func valuesKeepTheCheckpointsShape() {
        var linear = Linear(inputs: 37, outputs: 41)
        let weight = (0..<37 * 41).map { Float($0) / 7 }
        linear.weight.set(weight)
        #expect(linear.weight.checkpointValues() == weight)
        let copy = linear
        linear.weight.set(weight.reversed())
        #expect(copy.weight.checkpointValues() == weight)
    }

    /// Without a bias a layer computes as with one of zeros, forward and back.
    @Test func aLinearLayerWithoutBias() throws {
        let (N, inputs, outputs) = (5, 37, 41)
        func values(_ count: Int, _ seed: Int) -> [Float] {
            (0..<count).map { Float(($0 * 31 + seed * 17) % 101) / 50 - 1 }
        }
        func run(hasBias: Bool) -> [[Float]] {
            var linear = Linear(inputs: Axis(inputs), outputs: Axis(outputs), hasBias: hasBias)
            linear.weight.set(values(inputs * outputs, 1))
            linear.bias?.set(Array(repeating: 0, count: outputs))
            let trainable = TrainableModel(linear)
            let pass = trainable.makePass(Team(workers: 2))
            pass.begin()
            let (x, y) = (pass.rows(N, columns: inputs), pass.rows(N, columns: outputs))
            let (d, dX) = (pass.rows(N, columns: outputs), pass.rows(N, columns: inputs))
            for row in 0..<N {
                for (i, value) in values(inputs, row).enumerated() { x[row][i] = value }
                for (i, value) in values(outputs, row + 7).enumerated() { d[row][i] = value }
            }
            trainable.withModel { linear in
                linear.forward(x, into: y, pass)
                linear.backward(x, gradient: d, into: dX, pass)
            }
            func flat(_ rows: FloatRows) -> [Float] {
                (0..<rows.rows).flatMap { row in (0..<rows.columns).map { rows[row][$0] } }
            }
            return [flat(y), flat(dX), trainable.gradientValues()["weight"] ?? []]
        }
        let (without, with) = (run(hasBias: false), run(hasBias: true))
        #expect(without == with)
        let plain = Naive.linear(
            (0..<N).map { values(inputs, $0).map(Double.init) }, values(inputs * outputs, 1).map(Double.init),
            Array(repeating: 0, count: outputs))
        #expect(zip(without[0], plain.flatMap { $0 }).allSatisfy { abs(Double($0) - $1) < 1e-5 })
    }

    /// Memory is given out again, with zeros beyond the columns whatever was there.
    @Test func aPassUsesItsMemoryAgain() {
        let pass = Pass(team: Team(workers: 1))
        let mark = pass.mark
        let wide = pass.rows(7, columns: 64)
        for row in 0..<7 { for i in 0..<64 { wide[row][i] = 5 } }
        pass.release(to: mark)
        let narrow = pass.rows(7, columns: 33)
        #expect(narrow.pointer == wide.pointer)
        for row in 0..<7 { for i in 33..<64 { #expect(narrow[row][i] == 0) } }
        #expect(pass.rows(7, columns: 33).pointer != narrow.pointer)
        #expect(pass.kept(7, columns: 3) == nil)
    }
}
