import COpenBLAS
import LinearAlgebra

/// A few rows of dense features at hand, each with the column of the intercept, A = [X 1], for the products that linear
/// models are made of. OpenBLAS runs on the calling thread alone, so the bits depend on the rows and weights only.
package final class DenseBlock {
    /// The most rows at a time.
    private let capacity: Int
    /// H + 1.
    private let width: Int
    /// What stands in the intercept's column: 1, or 0 for models without.
    private let intercept: Double
    /// Shape: [capacity, H + 1], row-major.
    private let rows: AlignedDoubles
    /// n, the rows that are loaded.
    private var count = 0

    /// - Parameter columnCount: H.
    package init(capacity: Int, columnCount: Int, hasIntercept: Bool) {
        self.capacity = capacity
        width = columnCount + 1
        intercept = hasIntercept ? 1 : 0
        rows = AlignedDoubles(count: capacity * width)
        BLAS.useCallingThread()
    }

    /// Loads the given rows of `X`.
    package func load(_ X: FeatureMatrix, _ indices: some Collection<Int>) {
        precondition(indices.count <= capacity && X.columnCount + 1 == width)
        count = indices.count
        for (place, row) in indices.enumerated() {
            X.copy(row: row, to: rows.base + place * width)
            rows.base[place * width + width - 1] = intercept
        }
    }

    /// A Wᵀ. Shape: [n, M], row-major.
    /// - Parameter W: Shape: [M, H + 1], row-major.
    package func scores(_ W: [Double]) -> [Double] {
        let M = W.count / width
        precondition(W.count == M * width)
        var out = [Double](repeating: 0, count: count * M)
        if out.isEmpty { return out }
        cblas_dgemm(
            CblasRowMajor, CblasNoTrans, CblasTrans, blasint(count), blasint(M), blasint(width), 1, rows.base,
            blasint(width), W, blasint(width), 0, &out, blasint(M))
        return out
    }

    /// Rᵀ A. Shape: [M, H + 1], row-major.
    /// - Parameter R: Shape: [n, M], row-major.
    package func products(_ R: [Double], modelCount M: Int) -> [Double] {
        precondition(R.count == count * M)
        var out = [Double](repeating: 0, count: M * width)
        if R.isEmpty { return out }
        cblas_dgemm(
            CblasRowMajor, CblasTrans, CblasNoTrans, blasint(M), blasint(width), blasint(count), 1, R,
            blasint(M), rows.base, blasint(width), 0, &out, blasint(width))
        return out
    }

    /// Scales the loaded rows a by √weight, and adds their a aᵀ to the lower triangle of `sum`.
    /// - Parameters:
    ///   - weights: Not negative. Shape: [n].
    ///   - sum: Shape: [H + 1, H + 1], row-major.
    func addGram(weights: ArraySlice<Double>, to sum: AlignedDoubles) {
        precondition(weights.count == count)
        for (place, weight) in weights.enumerated() {
            let root = weight.squareRoot()
            let row = rows.base + place * width
            for i in 0..<width { row[i] *= root }
        }
        cblas_dsyrk(
            CblasRowMajor, CblasLower, CblasTrans, blasint(width), blasint(count), 1, rows.base,
            blasint(width), 1, sum.base, blasint(width))
    }
}
