import DeterministicWork
import LinearAlgebra
import Testing

@Suite struct PanelMatrixTests {
    private func random(_ count: Int, _ stream: UInt64) -> [Float] {
        var random = RandomStream(seed: 3, stream: stream)
        return (0..<count).map { _ in Float(random.nextUniform() * 2 - 1) }
    }

    private func packed(_ weight: [Float], columns: Int, depth: Int) -> PanelMatrix {
        weight.withUnsafeBufferPointer { PanelMatrix(transposing: $0, columns: columns, depth: depth) }
    }

    private func rows(_ rows: Int, _ columns: Int) -> (FloatBuffer, FloatRows) {
        let stride = FloatRows.stride(columns: columns)
        let buffer = FloatBuffer(count: rows * stride)
        return (buffer, FloatRows(buffer.pointer, rows: rows, columns: columns, stride: stride))
    }

    private func filled(_ count: Int, _ columns: Int, _ stream: UInt64) -> (FloatBuffer, FloatRows) {
        let values = random(count * columns, stream)
        let (buffer, view) = rows(count, columns)
        for row in 0..<count {
            for column in 0..<columns { view[row][column] = values[row * columns + column] }
        }
        return (buffer, view)
    }

    /// Every number of rows up to more than a tile, depths beyond one block, columns that fill no panel.
    @Test(arguments: [(1, 1), (5, 31), (37, 97), (64, 32), (1601, 67)])
    func product(depth: Int, columns: Int) {
        let weight = random(depth * columns, 1)
        let bias = FloatBuffer(random(columns, 2), paddedTo: PanelMatrix.padded(columns))
        let matrix = packed(weight, columns: columns, depth: depth)
        #expect(matrix.transposed() == weight)
        for count in 0...31 {
            let (aMemory, a) = filled(count, depth, 3)
            let (cMemory, c) = rows(count, columns)
            matrix.product(a, plus: bias, into: c, Team(workers: 1))
            for row in 0..<count {
                for column in 0..<columns {
                    var expected = Double(bias.pointer[column])
                    var size = abs(expected)
                    for k in 0..<depth {
                        let term = Double(a[row][k]) * Double(weight[column * depth + k])
                        expected += term
                        size += abs(term)
                    }
                    // A chain of additions errs by less than half an ulp each, of sums no larger than `size`.
                    let bound = 0x1p-24 * size * (Double(depth).squareRoot() + 2)
                    #expect(abs(Double(c[row][column]) - expected) <= bound)
                }
            }
            withExtendedLifetime((aMemory, cMemory)) {}
        }
    }

    /// The bits of a row are its own, at any number of threads and beside any rows.
    @Test func rowsAreIndependent() {
        let (depth, columns, count) = (811, 419, 43)
        let weight = random(depth * columns, 4)
        let bias = FloatBuffer(count: PanelMatrix.padded(columns))
        let matrix = packed(weight, columns: columns, depth: depth)
        let (aMemory, a) = filled(count, depth, 5)
        let (allMemory, all) = rows(count, columns)
        let (oneMemory, one) = rows(1, columns)
        matrix.product(a, plus: bias, into: all, activation: .geluExact, Team(workers: 2))
        for row in 0..<count {
            matrix.product(
                a[rows: row..<row + 1], plus: bias, into: one, activation: .geluExact, Team(workers: 1))
            for column in 0..<columns { #expect(all[row][column] == one[0][column]) }
        }
        withExtendedLifetime((aMemory, allMemory, oneMemory)) {}
    }

    /// Small products agree with those of sums in double precision.
    @Test(arguments: [(1, 1, 1), (19, 7, 19), (3, 37, 61), (40, 64, 33)])
    func smallProducts(count: Int, depth: Int, columns: Int) {
        let (aMemory, a) = filled(count, depth, 6)
        let (bMemory, b) = filled(columns, depth, 7)
        let (dMemory, d) = filled(depth, columns, 8)
        let (cMemory, c) = rows(count, columns)
        let (expectedMemory, expected) = rows(count, columns)
        let scratch = FloatBuffer(count: PanelMatrix.panel * depth)
        func compare() {
            for row in 0..<count {
                for column in 0..<columns { #expect(abs(c[row][column] - expected[row][column]) <= 4e-6) }
            }
        }
        PanelProduct.multiply(a, transposed: b, into: c, scratch: scratch)
        naiveProduct(a, { b[$1][$0] }, into: expected)
        compare()
        PanelProduct.multiply(a, d, into: c)
        naiveProduct(a, { d[$0][$1] }, into: expected)
        compare()
        withExtendedLifetime((aMemory, bMemory, cMemory, dMemory, expectedMemory)) {}
    }

    /// c = a b, where `b` gives the element of a row and a column.
    private func naiveProduct(_ a: FloatRows, _ b: (Int, Int) -> Float, into c: FloatRows) {
        for row in 0..<c.rows {
            for column in 0..<c.columns {
                let sum = (0..<a.columns).reduce(0.0) { $0 + Double(a[row][$1]) * Double(b($1, column)) }
                c[row][column] = Float(sum)
            }
        }
    }
}
