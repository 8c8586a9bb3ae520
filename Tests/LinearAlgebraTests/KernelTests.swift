import CKernels
import DeterministicWork
import Foundation
import Testing

/// The kernels' documented accuracy, against Double. (The largest errors seen stand beside the bounds.)
@Suite struct KernelTests {
    /// From -100 to 100, dense near 0, with the edges.
    private static let sweep: [Float] = {
        let edges: [Float] = [0, -0.0, .leastNonzeroMagnitude, .leastNormalMagnitude, 1e30, -1e30, .infinity]
        return edges
            + (-4000...4000).flatMap { step -> [Float] in
                let x = Float(step)
                return [x / 40, x / 4000, x / 4_000_000]
            }
    }()

    private func applied(
        _ kernel: (UnsafePointer<Float>, Int, UnsafeMutablePointer<Float>, Int, Int, Int) -> Void,
        to x: [Float]
    ) -> [Float] {
        var y = x
        kernel(x, x.count, &y, x.count, 1, x.count)
        return y
    }

    private func exponentials(of x: [Float]) -> [Float] {
        var y = x
        y.withUnsafeMutableBufferPointer { buffer in
            ck_exp(buffer.baseAddress, x.count)
        }
        return y
    }

    private func expectClose(
        _ y: [Float], _ x: [Float], bound: (Double) -> Double, _ exact: (Double) -> Double,
        location: SourceLocation = #_sourceLocation
    ) {
        for (x, y) in zip(x, y) {
            let expected = exact(Double(x))
            let close = y == Float(expected) || abs(Double(y) - expected) <= bound(Double(x))
            #expect(close, "x \(x): \(y), expected \(expected)", sourceLocation: location)
        }
    }

    @Test func geluByErf() {
        let x = Self.sweep
        expectClose(applied(ck_gelu_erf, to: x), x, bound: { 4e-7 * max(1, abs($0)) }) {
            $0 == .infinity ? $0 : 0.5 * $0 * erfc(-$0 / 2.0.squareRoot())
        }
        #expect(applied(ck_gelu_erf, to: [.nan, 1])[0].isNaN)
    }

    @Test func geluByTanh() {
        let x = Self.sweep.filter { abs($0) < 1e10 }
        expectClose(applied(ck_gelu_tanh, to: x), x, bound: { 4e-7 * max(1, abs($0)) }) {
            0.5 * $0 * (1 + tanh((2 / Double.pi).squareRoot() * ($0 + 0.044715 * $0 * $0 * $0)))
        }
        #expect(applied(ck_gelu_tanh, to: [.nan, 1])[0].isNaN)
    }

    @Test func relu() {
        let x = Self.sweep
        #expect(zip(x, applied(ck_relu, to: x)).allSatisfy { $1 == max($0, 0) })
        #expect(applied(ck_relu, to: [.nan])[0].isNaN)
    }

    @Test func tanhAndExp() {
        let x = Self.sweep
        expectClose(applied(ck_tanh, to: x), x, bound: { _ in 3e-7 }) { tanh($0) }
        let inRange = x.filter { $0 > -87 && $0 < 88.7 }
        let y = exponentials(of: inRange)
        for (x, y) in zip(inRange, y) {
            let expected = exp(Double(x))
            #expect(abs(Double(y) - expected) <= 2 * Double(Float(expected).ulp), "exp \(x)")
        }
        let edges = exponentials(of: [-88, -1e30, -.infinity, 89, .infinity, .nan])
        #expect(edges[0..<3].allSatisfy { $0 == 0 } && edges[3] == .infinity && edges[4] == .infinity)
        #expect(edges[5].isNaN)
    }

    /// Strides leave what is between the rows alone.
    @Test func stridesAreRespected() {
        var x = [Float](repeating: -1, count: 3 * 23)
        x.withUnsafeMutableBufferPointer { ck_relu($0.baseAddress, 23, $0.baseAddress, 23, 3, 17) }
        for (place, value) in x.enumerated() { #expect(value == (place % 23 < 17 ? 0 : -1)) }
    }

    @Test(arguments: [1, 2, 15, 16, 17, 31, 32, 61, 512])
    func softmax(columns: Int) {
        var random = RandomStream(seed: 1, stream: UInt64(columns))
        let rows = 3
        let stride = (columns + 15) / 16 * 16 + 16
        for (range, scale) in [(Float(1), Float(1)), (30, 0.2), (300, 1)] {
            var x = (0..<rows * stride).map { _ in range * Float(random.nextUniform() * 2 - 1) }
            let before = x
            x.withUnsafeMutableBufferPointer { ck_softmax_rows($0.baseAddress, rows, columns, stride, scale) }
            for row in 0..<rows {
                let logits = (0..<columns).map { Double(before[row * stride + $0] * scale) }
                let top = logits.max() ?? 0
                let total = logits.reduce(0) { $0 + exp($1 - top) }
                for column in 0..<stride {
                    let found = Double(x[row * stride + column])
                    if column < columns {
                        let expected = exp(logits[column] - top) / total
                        // One rounding of the exponent's argument counts once for each of its sizes.
                        let bound = Double(Float(expected).ulp) * (8 + Double(range * scale))
                        #expect(abs(found - expected) <= max(1e-30, bound))
                    } else if column < (columns + 15) / 16 * 16 {
                        #expect(found == 0)
                    } else {
                        #expect(found == Double(before[row * stride + column]))
                    }
                }
            }
        }
    }

    @Test func softmaxOfNaN() {
        var x = [Float](repeating: 0, count: 32)
        x[3] = .nan
        x.withUnsafeMutableBufferPointer { ck_softmax_rows($0.baseAddress, 1, 20, 32, 1) }
        #expect(x[..<20].allSatisfy { $0.isNaN })
    }

    @Test(arguments: [1, 7, 16, 37, 384])
    func layerNorm(columns: Int) {
        var random = RandomStream(seed: 2, stream: UInt64(columns))
        func numbers(_ count: Int, around center: Float = 0) -> [Float] {
            (0..<count).map { _ in center + Float(random.nextUniform() * 2 - 1) }
        }
        let (rows, xStride, yStride) = (5, columns + 3, columns + 1)
        for (center, epsilon) in [(Float(0), Float(1e-12)), (5, 1e-5)] {
            let x = numbers(rows * xStride, around: center)
            let residual = numbers(rows * columns)
            let (gain, shift) = (numbers(columns), numbers(columns))
            for other in [nil, residual] {
                var y = [Float](repeating: 9, count: rows * yStride)
                var sums = [Float](repeating: 0, count: rows * columns)
                ck_layer_norm_rows(
                    x, xStride, other, columns, &sums, columns, gain, shift, epsilon, &y, yStride, rows,
                    columns)
                for row in 0..<rows {
                    let values = (0..<columns).map {
                        Double(x[row * xStride + $0] + (other?[row * columns + $0] ?? 0))
                    }
                    let mean = values.reduce(0, +) / Double(columns)
                    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(columns)
                    let factor = 1 / (variance + Double(epsilon)).squareRoot()
                    if columns == 1 { continue }  // all is rounding error, multiplied
                    for i in 0..<columns {
                        let expected = (values[i] - mean) * factor * Double(gain[i]) + Double(shift[i])
                        // The mean's rounding error, about an ulp of the center, is multiplied by the factor.
                        let bound = 4e-6 + Double(center.ulp) * factor * 2
                        #expect(abs(Double(y[row * yStride + i]) - expected) <= bound)
                    }
                    #expect(y[row * yStride + columns] == 9)
                }
            }
        }
    }
}
