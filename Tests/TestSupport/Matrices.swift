import DeterministicWork
import LinearAlgebra

/// A dense matrix with about one value in `1 / density` not zero.
public func randomMatrix(_ rows: Int, _ columns: Int, density: Double = 1, seed: UInt64) -> Matrix<Double> {
    var random = RandomStream(seed: seed)
    return Matrix(
        rowCount: rows, columnCount: columns,
        values: (0..<rows * columns).map { _ in
            random.nextUniform() < density ? random.nextUniform() * 2 - 1 : 0
        })
}

/// The naive twin of sparse products.
public func naiveProduct(_ A: Matrix<Double>, _ B: Matrix<Double>) -> Matrix<Double> {
    var out = Matrix<Double>(rowCount: A.rowCount, columnCount: B.columnCount)
    for i in 0..<A.rowCount {
        for j in 0..<B.columnCount {
            for k in 0..<A.columnCount { out[i, j] += A[i, k] * B[k, j] }
        }
    }
    return out
}

/// The largest difference of elements; infinite for different counts, or where a difference is not a number.
@inlinable
public func largestDifference<T: FloatingPoint>(_ a: [T], _ b: [T]) -> T {
    guard a.count == b.count else { return .infinity }
    return zip(a, b).reduce(0) { largest, pair in
        let difference = abs(pair.0 - pair.1)
        return difference.isNaN ? .infinity : max(largest, difference)
    }
}
