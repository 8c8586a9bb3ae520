import LinearAlgebra
import Testing

/// Sums along the diagonals of a matrix, and from them.
@Suite struct DiagonalTests {
    @Test(arguments: [(1, 1), (1, 53), (37, 37), (64, 64), (5, 17), (129, 129)])
    func diagonals(rows: Int, columns: Int) {
        let stride = FloatRows.stride(columns: columns)
        let buffer = FloatBuffer(count: rows * stride)
        let y = FloatRows(buffer.pointer, rows: rows, columns: columns, stride: stride)
        let strip = FloatBuffer((0..<rows + columns + 64).map { Float($0 * $0 % 101) })
        for row in 0..<rows { for column in 0..<columns { y[row][column] = Float(row - 3 * column) } }
        Rows.addDiagonals(strip.pointer + rows - 1, to: y)
        for row in 0..<rows {
            for column in 0..<columns {
                #expect(
                    y[row][column] == Float(row - 3 * column) + strip.pointer[rows - 1 + column - row])
            }
        }

        // Small whole numbers add up exactly, in any order.
        let sums = FloatBuffer(count: rows + columns + 64)
        Rows.addDiagonals(gradient: y, to: sums.pointer + rows - 1)
        Rows.addDiagonals(gradient: y, to: sums.pointer + rows - 1)
        for diagonal in 0..<sums.count {
            var expected: Float = 0
            for row in 0..<rows where (0..<columns).contains(diagonal - rows + 1 + row) {
                expected += 2 * y[row][diagonal - rows + 1 + row]
            }
            #expect(sums.pointer[diagonal] == expected)
        }
    }
}
