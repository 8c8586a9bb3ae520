import Encoders
import LinearAlgebra
import TensorFiles
import TestSupport
import Testing

/// Every way of pooling and its gradient, as sentence-transformers and PyTorch have them (Tests/Oracles/Encoders/make_pooling.py).
@Suite struct PoolingTests {
    private let file: SafetensorsFile

    init() throws { file = try SafetensorsFile(oracle("Encoders/pooling.safetensors")) }

    private func matrix(_ name: String) throws -> Matrix<Float> {
        let shape = try #require(file.shape(of: name))
        return Matrix(
            rowCount: shape[0], columnCount: shape[1], values: try file.floats(name, shape: shape))
    }

    private func block() throws -> TokenBlock {
        let offsets = try file.integers("offsets", shape: #require(file.shape(of: "offsets")))
        return try TokenBlock(
            PackedBatch(ids: Array(repeating: 0, count: offsets[offsets.count - 1]), offsets: offsets))
    }

    /// Calls `body` with rows that hold the matrix.
    private func rows(of matrix: Matrix<Float>, _ pass: Pass) -> FloatRows {
        let rows = pass.rows(matrix.rowCount, columns: matrix.columnCount)
        for row in 0..<matrix.rowCount {
            for column in 0..<matrix.columnCount { rows[row][column] = matrix[row, column] }
        }
        return rows
    }

    private func expectEqual(_ found: FloatRows, _ expected: Matrix<Float>, _ what: String) {
        for row in 0..<expected.rowCount {
            for column in 0..<expected.columnCount {
                // The largest error seen is 3e-7.
                #expect(abs(found[row][column] - expected[row, column]) < 2e-6, "\(what) \(row) \(column)")
            }
        }
    }

    @Test(arguments: Pooling.allCases.filter { $0 != .pooler }, [0, 2])
    func asSentenceTransformersPools(pooling: Pooling, skipped: Int) throws {
        let (x, dY) = (try matrix("x"), try matrix("dY"))
        let expected = try matrix("y.\(pooling.rawValue).\(skipped)")
        let slope = try matrix("dX.\(pooling.rawValue).\(skipped)")
        let block = try block()
        let pass = Pass(team: Team(workers: 1))
        let from = rows(of: x, pass)
        let y = pass.rows(dY.rowCount, columns: dY.columnCount)
        let dX = pass.rows(x.rowCount, columns: x.columnCount)
        // What was there before does not count.
        for row in 0..<x.rowCount { for column in 0..<x.columnCount { dX[row][column] = 7 } }
        switch pooling.reading(skipping: skipped) {
        case .first:
            block.copyFirst(of: from, to: y)
            for row in 0..<x.rowCount { for column in 0..<x.columnCount { dX[row][column] = 0 } }
            block.addFirst(gradient: rows(of: dY, pass), to: dX)
        case .sum(let weights):
            block.sum(of: from, weights, skipping: skipped, into: y)
            block.sumBackward(gradient: rows(of: dY, pass), weights, skipping: skipped, into: dX)
        case .max:
            block.maximum(of: from, skipping: skipped, into: y)
            block.maximumBackward(from, gradient: rows(of: dY, pass), skipping: skipped, into: dX)
            // Of nothing there is no largest; sentence-transformers has no such case.
            for row in 0..<y.rows where block.spans[row].tokens.count <= skipped {
                for column in 0..<y.columns {
                    #expect(y[row][column] == -.infinity)
                    y[row][column] = 0
                }
            }
        }
        expectEqual(y, expected, "y")
        expectEqual(dX, slope, "dX")
    }

    /// What an encoder gives is what its tokens' vectors give, whatever the blocks and threads.
    @Test(arguments: [Pooling.max, .meanSqrtLength, .weightedMean, .lastToken], [0, 2])
    func anEncoderPoolsItsHiddenStates(pooling: Pooling, skipped: Int) throws {
        let golden = try Golden("bert-gelu")
        let (batch, H) = (golden.batch, golden.encoder.configuration.hidden)
        let hidden = try golden.encoder.hiddenStates(of: batch)
        let lengths = (0..<batch.count).map { batch.range($0).count }
        // A text of nothing but skipped tokens has no largest value.
        if pooling == .max && lengths.contains(where: { $0 <= skipped }) {
            #expect(throws: EncoderError.self) {
                _ = try golden.encoder.embed(batch, pooling: pooling, skipping: skipped)
            }
            return
        }
        let found = try golden.encoder.embed(batch, pooling: pooling, skipping: skipped)
        for index in 0..<batch.count {
            let tokens = Array(batch.range(index).dropFirst(skipped))
            for i in 0..<H {
                let column = tokens.map { Double(hidden[$0 * H + i]) }
                let expected: Double
                switch pooling {
                case .max: expected = column.max() ?? 0
                case .meanSqrtLength:
                    expected = column.reduce(0, +) / Double(max(1, column.count)).squareRoot()
                case .weightedMean:
                    let weights = column.indices.map { Double($0 + 1 + skipped) }
                    expected =
                        zip(column, weights).reduce(0) { $0 + $1.0 * $1.1 } / max(1, weights.reduce(0, +))
                case .lastToken: expected = column.last ?? 0
                case .mean, .cls, .pooler: expected = .nan
                }
                // The largest error seen is 4e-6, of a sum of 67 vectors.
                #expect(abs(Double(found[index * H + i]) - expected) < 1e-5, "\(index) \(i)")
            }
        }
    }
}
