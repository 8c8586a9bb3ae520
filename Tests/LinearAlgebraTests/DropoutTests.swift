import DeterministicWork
import LinearAlgebra
import Testing

/// Dropout's mask against the generator itself, element by element.
struct DropoutTests {
    private static let seed: UInt64 = 0x299f_31d0_a409_3822
    private static let (step, site): (UInt32, UInt32) = (499, 13)

    /// 64 columns are one block of sixteen lanes; 147 end within a word.
    @Test(arguments: [1, 15, 16, 64, 147])
    func dropsByCountersOfItsOwn(columns: Int) throws {
        let (rows, firstRow, rowStep, probability) = (5, 3, 12, 0.3)
        let stride = FloatRows.stride(columns: columns)
        let x = FloatBuffer(Array(repeating: 1, count: rows * stride))
        let dropout = try #require(
            Dropout(
                probability: probability, seed: DropoutTests.seed, step: DropoutTests.step,
                site: DropoutTests.site))
        dropout.apply(
            FloatRows(x.pointer, rows: rows, columns: columns, stride: stride), firstRow: firstRow,
            rowStep: rowStep)
        for row in 0..<rows {
            for column in 0..<columns {
                let bits = DropoutTests.bits(row: firstRow + row * rowStep, column: column)
                let expected: Float =
                    bits < UInt32(probability * 0x1p32) ? 0 : Float(1 / (1 - probability))
                #expect(x.pointer[row * stride + column] == expected, "\(row), \(column)")
            }
        }
    }

    private static func bits(row: Int, column: Int) -> UInt32 {
        let (group, place) = column.quotientAndRemainder(dividingBy: 64)
        let block = RandomStream.philox(
            counter: (
                UInt32(16 * group + place % 16), UInt32(row) | UInt32(RandomPurpose.dropout.domain) << 24,
                site, step
            ), key: (0xa409_3822, 0x299f_31d0))
        return [block.0, block.1, block.2, block.3][place / 16]
    }

    /// No other purpose has the domain, so no stream meets the counters above.
    @Test func theDomainIsDropoutsAlone() {
        let others: [RandomPurpose] = [
            .split, .folds, .rowSample, .corpusSample, .bootstrap(draw: 3), .randomization(draw: 3),
            .poolerWeights, .headWeights(task: 3), .batchOrder(task: 0, epoch: 3), .denseHeadWeights,
            .denseHeadOrder(epoch: 3),
        ]
        #expect(!others.contains { $0.domain == RandomPurpose.dropout.domain })
    }
}
