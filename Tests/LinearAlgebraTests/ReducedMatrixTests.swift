import DeterministicWork
import Foundation
import LinearAlgebra
import TestSupport
import Testing

/// Products with weights in fewer bits: the same bits as those of a naive twin, and of Tests/Oracles/LinearAlgebra/make_reduced.py.
@Suite struct ReducedMatrixTests {
    /// What a kind of matrix computes, by the twin.
    enum Kind: CaseIterable {
        case bf16, int8, fine

        func matrix(_ w: [Float], columns: Int, depth: Int) throws -> ReducedMatrix {
            try w.withUnsafeBufferPointer {
                try #require(
                    ReducedMatrix(
                        transposing: $0, columns: columns, depth: depth, self == .bf16 ? .bf16 : .int8,
                        fineInputs: self == .fine))
            }
        }

        func twin(_ a: [Float], _ w: [Float], bias: Float) -> Float {
            switch self {
            case .bf16: NaiveReduced.bf16(a, w, bias: bias)
            case .int8, .fine: NaiveReduced.int8(a, w, bias: bias, fine: self == .fine)
            }
        }
    }

    private func random(_ count: Int, _ stream: UInt64) -> [Float] {
        var random = RandomStream(seed: 18, stream: stream)
        return (0..<count).map { _ in Float(random.nextUniform() * 2 - 1) }
    }

    /// a W + bias. Shape: [rows, columns].
    private func product(
        _ a: [Float], _ matrix: ReducedMatrix, bias: [Float]?, rows: Int, depth: Int, columns: Int,
        workers: Int = 1, activation: Activation? = nil
    ) -> [Float] {
        let (aStride, cStride) = (FloatRows.stride(columns: depth), FloatRows.stride(columns: columns))
        let (aMemory, cMemory) = (FloatBuffer(count: rows * aStride), FloatBuffer(count: rows * cStride))
        for row in 0..<rows {
            for k in 0..<depth { aMemory.pointer[row * aStride + k] = a[row * depth + k] }
        }
        let team = Team(workers: workers)
        var memory = FloatBuffer(count: 0)
        return withExtendedLifetime((aMemory, cMemory)) {
            let left = ReducedRows(
                FloatRows(aMemory.pointer, rows: rows, columns: depth, stride: aStride), matrix.form,
                in: &memory, team)
            let c = FloatRows(cMemory.pointer, rows: rows, columns: columns, stride: cStride)
            matrix.product(
                left, plus: bias.map { FloatBuffer($0, paddedTo: PanelMatrix.padded(columns)) }, into: c,
                activation: activation, team)
            return (0..<rows).flatMap { UnsafeBufferPointer(start: c[$0], count: columns) }
        }
    }

    private func expectTwin(
        _ kind: Kind, _ a: [Float], _ w: [Float], bias: [Float], rows: Int, depth: Int, columns: Int,
        location: SourceLocation = #_sourceLocation
    ) throws {
        let found = product(
            a, try kind.matrix(w, columns: columns, depth: depth), bias: bias, rows: rows, depth: depth,
            columns: columns)
        for row in 0..<rows {
            for column in 0..<columns {
                let expected = kind.twin(
                    Array(a[row * depth..<(row + 1) * depth]),
                    Array(w[column * depth..<(column + 1) * depth]), bias: bias[column])
                let value = found[row * columns + column]
                #expect(
                    value.bitPattern == expected.bitPattern || value.isNaN && expected.isNaN,
                    "\(kind), row \(row), column \(column): \(value), expected \(expected)",
                    sourceLocation: location)
            }
        }
    }

    /// Every number of rows up to more than a tile, odd depths, depths of more than a block, columns that fill no panel.
    @Test(arguments: Kind.allCases, [(1, 1), (5, 31), (38, 97), (64, 32), (1601, 7)])
    func agreesWithTheTwin(kind: Kind, _ size: (depth: Int, columns: Int)) throws {
        let w = random(size.depth * size.columns, 1)
        let bias = random(size.columns, 2)
        for rows in size.depth > 1000 ? [1, 15] : Array(0...31) {
            try expectTwin(
                kind, random(rows * size.depth, 3), w, bias: bias, rows: rows, depth: size.depth,
                columns: size.columns)
        }
    }

    /// The bits that Python found; without fused multiply-add, numbers near them.
    @Test func agreesWithTheOracle() throws {
        struct Golden: Decodable {
            struct Product: Decodable {
                let rows, depth, columns: Int
                let a, w, bias, bf16, int8, fine: [UInt32]
            }
            let roundings: [[UInt32]]
            let products: [Product]
        }
        let golden = try JSONDecoder().decode(
            Golden.self, from: Data(contentsOf: oracle("LinearAlgebra/reduced.json")))
        #expect(golden.roundings.count > 400)
        for pair in golden.roundings {
            #expect(UInt32(Float(bitPattern: pair[0]).nearestBFloat16) == pair[1])
        }
        for product in golden.products {
            func floats(_ bits: [UInt32]) -> [Float] { bits.map { Float(bitPattern: $0) } }
            for kind in Kind.allCases {
                let matrix = try kind.matrix(
                    floats(product.w), columns: product.columns, depth: product.depth)
                let found = self.product(
                    floats(product.a), matrix, bias: floats(product.bias), rows: product.rows,
                    depth: product.depth, columns: product.columns)
                let expected =
                    switch kind {
                    case .bf16: product.bf16
                    case .int8: product.int8
                    case .fine: product.fine
                    }
                if Instructions.fuseMultiplyAdd {
                    #expect(found.map(\.bitPattern) == expected, "\(kind), depth \(product.depth)")
                } else {
                    // A number halfway between two whole ones may fall to the other: a step of it times the other factor.
                    let largest = [product.a, product.w].map { floats($0).reduce(0) { max($0, abs($1)) } }
                    let bound = 1e-5 + (kind == .bf16 ? 0 : largest[0] * largest[1] / 127)
                    for (x, y) in zip(found, floats(expected)) {
                        #expect(abs(x - y) < bound, "\(kind), depth \(product.depth)")
                    }
                }
            }
        }
    }

    /// Numbers from the whole range, those below the normal one and infinite ones among them.
    @Test(arguments: Kind.allCases) func takesEveryNumber(kind: Kind) throws {
        var random = RandomStream(seed: 19, stream: 1)
        func bits() -> Float { Float(bitPattern: UInt32(truncatingIfNeeded: random.next())) }
        for round in 0..<300 {
            let (rows, depth, columns) = (3, 9, 5)
            func value() -> Float {
                switch round % 3 {
                case 0: bits()
                case 1: Float(bitPattern: bits().bitPattern & 0x83FF_FFFF | 0x1C00_0000)
                default: bits().magnitude < 1e-20 ? bits() : Float(random.nextUniform())
                }
            }
            try expectTwin(
                kind, (0..<rows * depth).map { _ in value() }, (0..<columns * depth).map { _ in value() },
                bias: (0..<columns).map { _ in value() }, rows: rows, depth: depth, columns: columns)
        }
    }

    /// The largest sums that there are: all numbers at the end of their range.
    @Test(arguments: Kind.allCases, [4, 515, 3072]) func holdsTheLargestSums(kind: Kind, depth: Int) throws {
        let ones = [Float](repeating: 1, count: depth)
        let mixed = ones.indices.map { Float($0.isMultiple(of: 2) ? 1 : -1) }
        try expectTwin(
            kind, ones + mixed + ones.map { -$0 }, ones + ones.map { -$0 } + mixed,
            bias: [0, 0.5, -1], rows: 3, depth: depth, columns: 3)
    }

    /// Zeros give the bias; a number that is infinite or none spoils its own row alone.
    @Test(arguments: Kind.allCases) func zerosAndDamage(kind: Kind) throws {
        let (depth, columns) = (11, 3)
        let w = random(columns * depth, 4)
        let matrix = try kind.matrix(w, columns: columns, depth: depth)
        var a = [Float](repeating: 0, count: 3 * depth)
        for k in 0..<depth { a[depth + k] = Float(k) }
        a[depth + 4] = .infinity
        let found = product(a, matrix, bias: [1, 2, 3], rows: 3, depth: depth, columns: columns)
        #expect(Array(found[0..<3]) == [1, 2, 3])
        #expect(found[3..<6].allSatisfy { !$0.isFinite })
        #expect(Array(found[6...]) == [1, 2, 3])
        let zeros = try kind.matrix(
            Array(repeating: 0, count: columns * depth), columns: columns, depth: depth)
        #expect(
            product(
                random(depth, 5), zeros, bias: nil, rows: 1, depth: depth, columns: columns) == [0, 0, 0])
    }

    /// The bits of a row are its own, at any number of threads and beside any rows.
    @Test(arguments: Kind.allCases) func rowsAreIndependent(kind: Kind) throws {
        let (rows, depth, columns) = (131, 97, 419)
        let a = random(rows * depth, 6)
        let bias = random(columns, 7)
        let matrix = try kind.matrix(random(columns * depth, 8), columns: columns, depth: depth)
        let all = product(
            a, matrix, bias: bias, rows: rows, depth: depth, columns: columns, workers: 2,
            activation: .geluExact)
        for row in 0..<rows {
            let one = product(
                Array(a[row * depth..<(row + 1) * depth]), matrix, bias: bias, rows: 1, depth: depth,
                columns: columns, activation: .geluExact)
            #expect(one == Array(all[row * columns..<(row + 1) * columns]))
        }
    }

    /// What is stored is within half a step of what was given, and takes a half or a quarter of the memory.
    @Test func storesWeights() throws {
        let (depth, columns) = (256, 64)
        let w = random(columns * depth, 9)
        let bf16 = try Kind.bf16.matrix(w, columns: columns, depth: depth)
        #expect(
            bf16.transposed() == w.map { Float(bitPattern: UInt32($0.nearestBFloat16) << 16) })
        let int8 = try Kind.int8.matrix(w, columns: columns, depth: depth)
        for (stored, given) in zip(int8.transposed(), w) { #expect(abs(stored - given) <= 0.5001 / 127) }
        #expect(bf16.byteCount == 2 * w.count && int8.byteCount == w.count + 4 * w.count / Int8Matrix.group)
    }

    /// A table's rows, each with its own scale.
    @Test func tables() throws {
        let (rows, columns) = (5, 7)
        var values = random(rows * columns, 10)
        for i in 0..<columns {
            values[i] *= 1000
            values[columns + i] = 0
        }
        try values.withUnsafeBufferPointer { buffer in
            #expect(ReducedTable(buffer, columns: columns, .f32) == nil)
            for precision in [Precision.bf16, .int8] {
                let table = try #require(ReducedTable(buffer, columns: columns, precision))
                var row = [Float](repeating: .nan, count: columns)
                for index in 0..<rows {
                    table.copy(row: index, to: &row)
                    let given = Array(values[index * columns..<(index + 1) * columns])
                    let largest = given.reduce(0) { max($0, abs($1)) }
                    switch precision {
                    case .f32: break
                    case .bf16:
                        #expect(row == given.map { Float(bitPattern: UInt32($0.nearestBFloat16) << 16) })
                    case .int8:
                        for (found, value) in zip(row, given) {
                            #expect(abs(found - value) <= largest * 0.5001 / 127)
                        }
                    }
                }
            }
        }
    }
}
