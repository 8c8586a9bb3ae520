import Encoders
import Foundation
import LinearAlgebra
import Testing

/// Every layer against its naive twin, with the weights of a tiny checkpoint and sequences of mixed lengths.
@Suite struct LayerTests {
    private let golden: Golden
    private let naive: NaiveEncoder
    private let block: TokenBlock
    private let network: TransformerNetwork
    private let pass = Pass(team: Team(workers: 1))
    private let hidden: Int

    init() throws {
        golden = try Golden("bert-gelu")
        naive = try NaiveEncoder(folder: golden.folder)
        block = TokenBlock(golden.batch)
        network = try #require(golden.encoder.network as? TransformerNetwork)
        hidden = golden.encoder.configuration.hidden
    }

    /// The embeddings of the batch in x, and naively, sequence by sequence.
    private func embedded() throws -> (FloatRows, [Table]) {
        let x = network.embeddings.forward(block, pass).output
        let expected = try (0..<golden.batch.count).map { sequence in
            let range = golden.batch.range(sequence)
            return try naive.embeddings(
                golden.batch.ids[range].map { Int($0) }, types: golden.batch.tokenTypes[range].map { Int($0) }
            )
        }
        return (x, expected)
    }

    private func expectClose(_ x: FloatRows, _ expected: Table, within tolerance: Double) {
        #expect(x.rows == expected.count)
        for (row, values) in expected.enumerated() {
            for (column, value) in values.enumerated() {
                #expect(abs(Double(x[row][column]) - value) < tolerance, "row \(row), column \(column)")
            }
        }
    }

    @Test func embeddings() throws {
        let (x, expected) = try embedded()
        expectClose(x, expected.flatMap { $0 }, within: 2e-6)
    }

    @Test func linearWithActivation() throws {
        let (x, expected) = try embedded()
        let layer = network.layers[1].feedForward
        let inner = pass.rows(x.rows, columns: layer.intermediate.outputs)
        for activation in [Activation.geluTanh, .relu, .tanh, .geluExact] {
            layer.intermediate.forward(x, into: inner, activation: activation, pass)
        }
        let name = "encoder.layer.1.intermediate.dense"
        let weight = try naive.file.doubles("\(name).weight", shape: [71, 35])
        let bias = try naive.file.doubles("\(name).bias", shape: [71])
        let y = Naive.linear(expected.flatMap { $0 }, weight, bias)
        expectClose(inner, y.map { $0.map { Naive.activation(.geluExact, $0) } }, within: 5e-6)
    }

    @Test func selfAttention() throws {
        let (x, expected) = try embedded()
        let y = pass.rows(x.rows, columns: hidden)
        _ = network.layers[0].attention.forward(x, queryRows: x, spans: block.spans, into: y, pass)
        let naiveOutput = try expected.flatMap { try naive.selfAttention($0, layer: 0) }
        expectClose(y, naiveOutput, within: 1e-5)

        // The first tokens alone get the same bits.
        let all = (0..<block.spans.count).map { row in
            (0..<hidden).map { y[block.spans[row].tokens.lowerBound][$0] }
        }
        let first = pass.rows(block.spans.count, columns: hidden)
        block.copyFirst(of: x, to: first)
        let asked = pass.rows(first.rows, columns: hidden)
        _ = network.layers[0].attention.forward(
            x, queryRows: first, spans: block.firstSpans, into: asked, pass)
        for row in 0..<first.rows { #expect((0..<hidden).map { asked[row][$0] } == all[row]) }
    }

    @Test func feedForward() throws {
        let (x, expected) = try embedded()
        let y = pass.rows(x.rows, columns: hidden)
        _ = network.layers[1].feedForward.forward(x, into: y, pass)
        expectClose(y, try naive.feedForward(expected.flatMap { $0 }, layer: 1), within: 1e-5)
    }

    @Test func layerNormWithResidual() throws {
        let (x, expected) = try embedded()
        let y = pass.rows(x.rows, columns: hidden)
        let norm = network.layers[1].outputNorm
        norm.forward(x, plus: x, into: y, pass)
        let name = "encoder.layer.1.output.LayerNorm"
        let doubled = expected.flatMap { $0 }.map { $0.map { 2 * $0 } }
        let output = try Naive.layerNorm(
            doubled, naive.file.doubles("\(name).weight", shape: [hidden]),
            naive.file.doubles("\(name).bias", shape: [hidden]), epsilon: Double(norm.epsilon))
        expectClose(y, output, within: 5e-6)
    }

    @Test func encoderLayer() throws {
        let (x, expected) = try embedded()
        _ = network.layers[0].forward(x, queryRows: x, spans: block.spans, pass)
        expectClose(x, try expected.flatMap { try naive.layer($0, 0) }, within: 1e-5)
    }

    @Test func pooler() throws {
        let (x, expected) = try embedded()
        let y = pass.rows(x.rows, columns: hidden)
        let pooler = try #require(golden.encoder.pooler)
        _ = pooler.forward(x, into: y, pass)
        expectClose(y, try naive.pooler(expected.flatMap { $0 }), within: 5e-6)
    }

    @Test func wholeEncoder() throws {
        let found = try golden.encoder.hiddenStates(of: golden.batch)
        for sequence in 0..<golden.batch.count {
            let range = golden.batch.range(sequence)
            let expected = try naive.hiddenStates(
                golden.batch.ids[range].map { Int($0) }, types: golden.batch.tokenTypes[range].map { Int($0) }
            )
            for (token, values) in zip(range, expected) {
                for column in 0..<hidden {
                    #expect(abs(Double(found[token * hidden + column]) - values[column]) < 1e-5)
                }
            }
        }
    }
}
