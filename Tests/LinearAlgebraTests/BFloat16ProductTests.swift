import DeterministicWork
import LinearAlgebra
import Testing

/// The three products of a layer that is trained in bfloat16: the bits of a naive twin.
@Suite struct BFloat16ProductTests {
    /// Rows with their memory.
    private struct Rows {
        let memory: FloatBuffer
        let view: FloatRows

        init(_ values: [Float], rows: Int, columns: Int) {
            let stride = FloatRows.stride(columns: columns)
            memory = FloatBuffer(count: rows * stride)
            view = FloatRows(memory.pointer, rows: rows, columns: columns, stride: stride)
            for row in 0..<rows {
                for column in 0..<columns { view[row][column] = values[row * columns + column] }
            }
        }

        var values: [Float] {
            withExtendedLifetime(memory) {
                (0..<view.rows).flatMap { UnsafeBufferPointer(start: view[$0], count: view.columns) }
            }
        }
    }

    private static let sizes = [(1, 1, 1), (3, 5, 31), (31, 38, 97), (7, 811, 35), (523, 67, 33)]

    /// What a layer multiplies, and what products are added to.
    private struct Factors {
        let rows: Int
        let depth: Int
        let columns: Int
        /// Shape: [rows, depth].
        let x: [Float]
        /// W. Shape: [columns, depth].
        let w: [Float]
        /// The gradient of the outputs. Shape: [rows, columns].
        let d: [Float]
        let bias: [Float]
        let dX: [Float]
        let dW: [Float]

        init(_ size: (rows: Int, depth: Int, columns: Int), _ draw: () -> Float) {
            (rows, depth, columns) = size
            func numbers(_ count: Int) -> [Float] { (0..<count).map { _ in draw() } }
            x = numbers(rows * depth)
            w = numbers(columns * depth)
            d = numbers(rows * columns)
            bias = numbers(columns)
            dX = numbers(rows * depth)
            dW = numbers(columns * depth)
        }

        func panels(_ values: [Float]) -> PanelMatrix {
            values.withUnsafeBufferPointer { PanelMatrix(transposing: $0, columns: columns, depth: depth) }
        }
    }

    private func factors(_ size: (Int, Int, Int)) -> Factors {
        var random = RandomStream(seed: 20, stream: 1)
        return Factors(size) { Float(random.nextUniform() * 2 - 1) }
    }

    private func reduced<R>(_ rows: Rows, _ team: Team, _ body: (ReducedRows) -> R) -> R {
        var memory = FloatBuffer(count: 0)
        let reduced = ReducedRows(rows.view, .bf16, in: &memory, team)
        return withExtendedLifetime((memory, rows.memory)) { body(reduced) }
    }

    /// - Parameter expected: The number in a row and column.
    private func expectSame(
        _ found: [Float], columns: Int, location: SourceLocation = #_sourceLocation,
        _ expected: (_ row: Int, _ column: Int) -> Float
    ) {
        for (place, x) in found.enumerated() {
            let (row, column) = place.quotientAndRemainder(dividingBy: columns)
            let y = expected(row, column)
            if x.bitPattern != y.bitPattern && !(x.isNaN && y.isNaN) {
                Issue.record("row \(row), column \(column): \(x), expected \(y)", sourceLocation: location)
                return
            }
        }
    }

    private func expectForward(_ f: Factors, workers: Int) {
        let (rows, depth, columns) = (f.rows, f.depth, f.columns)
        let c = Rows(Array(repeating: 7, count: rows * columns), rows: rows, columns: columns)
        let team = Team(workers: workers)
        reduced(Rows(f.x, rows: rows, columns: depth), team) {
            f.panels(f.w).product(
                $0, plus: FloatBuffer(f.bias, paddedTo: PanelMatrix.padded(columns)), into: c.view, team)
        }
        expectSame(c.values, columns: columns) { row, column in
            NaiveReduced.bf16(
                Array(f.x[row * depth..<(row + 1) * depth]),
                Array(f.w[column * depth..<(column + 1) * depth]),
                bias: f.bias[column])
        }
    }

    private func expectBackward(_ f: Factors, accumulating: Bool) {
        let (rows, depth, columns) = (f.rows, f.depth, f.columns)
        let dX = Rows(f.dX, rows: rows, columns: depth)
        let team = Team(workers: 2)
        reduced(Rows(f.d, rows: rows, columns: columns), team) {
            f.panels(f.w).backward($0, into: dX.view, accumulating: accumulating, team)
        }
        expectSame(dX.values, columns: depth) { row, k in
            NaiveReduced.bf16(
                Array(f.d[row * columns..<(row + 1) * columns]),
                (0..<columns).map { f.w[$0 * depth + k] }, bias: accumulating ? f.dX[row * depth + k] : 0)
        }
    }

    /// - Returns: The gradient of the bias.
    @discardableResult private func expectGradient(_ f: Factors, accumulating: Bool) -> [Float] {
        let (rows, depth, columns) = (f.rows, f.depth, f.columns)
        let gradient = f.panels(f.dW)
        let bias = FloatBuffer(f.bias, paddedTo: PanelMatrix.padded(columns))
        let (x, d) = (Rows(f.x, rows: rows, columns: depth), Rows(f.d, rows: rows, columns: columns))
        withExtendedLifetime((x, d)) {
            gradient.setBFloat16Gradient(
                x.view, d.view, bias: bias, accumulating: accumulating, Team(workers: 2))
        }
        expectSame(gradient.transposed(), columns: depth) { column, k in
            NaiveReduced.bf16(
                (0..<rows).map { f.x[$0 * depth + k] }, (0..<rows).map { f.d[$0 * columns + column] },
                bias: accumulating ? f.dW[column * depth + k] : 0)
        }
        return withExtendedLifetime(bias) { (0..<columns).map { bias.pointer[$0] } }
    }

    @Test(arguments: sizes, [1, 2]) func forward(_ size: (Int, Int, Int), workers: Int) {
        expectForward(factors(size), workers: workers)
    }

    @Test(arguments: sizes, [false, true]) func backward(_ size: (Int, Int, Int), accumulating: Bool) {
        expectBackward(factors(size), accumulating: accumulating)
    }

    @Test(arguments: sizes, [false, true]) func gradient(_ size: (Int, Int, Int), accumulating: Bool) {
        let factors = factors(size)
        let bias = expectGradient(factors, accumulating: accumulating)
        for (column, found) in bias.enumerated() {
            let start = accumulating ? Double(factors.bias[column]) : 0
            let sum = (0..<factors.rows).reduce(start) {
                $0 + Double(factors.d[$1 * factors.columns + column])
            }
            #expect(abs(Double(found) - sum) < 1e-4)
        }
    }

    /// Numbers from the whole range, those below the normal one, infinite ones and NaN among them.
    @Test(arguments: [false, true]) func takesEveryNumber(accumulating: Bool) {
        var random = RandomStream(seed: 20, stream: 2)
        func bits() -> UInt32 { UInt32(truncatingIfNeeded: random.next()) }
        for round in 0..<300 {
            let factors = Factors((9, 7, 5)) {
                switch round % 3 {
                case 0: Float(bitPattern: bits())
                // Products of these are about where the normal range begins.
                case 1: Float(bitPattern: bits() & 0x83FF_FFFF | 0x1C00_0000)
                default: bits() % 16 == 0 ? Float(bitPattern: bits()) : Float(random.nextUniform())
                }
            }
            expectForward(factors, workers: 1)
            expectBackward(factors, accumulating: accumulating)
            expectGradient(factors, accumulating: accumulating)
        }
    }
}
