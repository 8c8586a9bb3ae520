import DeterministicWork
import LinearAlgebra
import Testing

/// Sums of a table's rows, and the same added to each, in the order that is asked for.
@Suite struct TableRowsTests {
    @Test(arguments: [1, 2, 13])
    func rowsInTheirOrder(lanes: Int) {
        let rowCount = 37
        var random = RandomStream(seed: 3)
        let first = (0..<rowCount * lanes).map { _ in
            SIMD8<Float>((0..<8).map { _ in Float(random.nextUniform() - 0.5) })
        }
        let next: [[Int32]] = [[], [36], [0, 0, 5, 7, 36, 1, 2, 3]]
        for rows: [Int32] in [[], [4], [9, 36, 9, 0, 1, 9]] {
            var expected = [SIMD8<Float>](repeating: .zero, count: lanes)
            for row in rows { for l in 0..<lanes { expected[l] += first[Int(row) * lanes + l] } }
            let change = (0..<lanes).map { SIMD8<Float>(repeating: Float($0) + 0.1) }
            var moved = first
            for row in rows { for l in 0..<lanes { moved[Int(row) * lanes + l] += change[l] } }

            var table = first
            for next in next {
                var sum = [SIMD8<Float>](repeating: SIMD8(repeating: 7), count: lanes)
                table.withUnsafeMutableBufferPointer {
                    TableRows($0, lanes: lanes).sum(rows, next: next, into: &sum)
                }
                #expect(sum == expected && table == first)
            }
            table.withUnsafeMutableBufferPointer { TableRows($0, lanes: lanes).add(change, to: rows) }
            #expect(table == moved)
        }
    }
}
