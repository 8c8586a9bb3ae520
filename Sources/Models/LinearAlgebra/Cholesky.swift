import COpenBLAS

/// The Cholesky factor of a symmetric positive definite matrix, by LAPACK, on the calling thread alone.
public struct Cholesky: Sendable {
    /// n.
    private let size: Int
    /// L of A = L Lᵀ in the lower triangle. Shape: [n, n], column-major.
    private let factor: [Double]

    /// - Parameter matrix: Symmetric. Shape: [n, n].
    /// - Returns: nil if the matrix is not positive definite, holds NaN, or is so ill-conditioned (by LAPACK's estimate)
    ///   that a solution would have no correct digit.
    public init?(_ matrix: Matrix<Double>) {
        precondition(matrix.rowCount == matrix.columnCount)
        BLAS.useCallingThread()
        size = matrix.rowCount
        var values = matrix.values
        let info = LAPACKE_dpotrf(LAPACK_COL_MAJOR, Cholesky.lower, .init(size), &values, .init(size))
        if info != 0 { return nil }
        factor = values
        var reciprocal = 0.0
        LAPACKE_dpocon(
            LAPACK_COL_MAJOR, Cholesky.lower, .init(size), factor, .init(size), Cholesky.norm(matrix),
            &reciprocal)
        // Where SciPy's `solve`, and so scikit-learn, warns.
        if !(reciprocal >= .ulpOfOne) { return nil }
    }

    /// x of A x = b.
    public func solve(_ b: [Double]) -> [Double] {
        precondition(b.count == size)
        var x = b
        let info = LAPACKE_dpotrs(
            LAPACK_COL_MAJOR, Cholesky.lower, .init(size), 1, factor, .init(size), &x,
            .init(size))
        // LAPACKE refuses a NaN in b and leaves x as it was.
        return info == 0 ? x : Array(repeating: .nan, count: size)
    }

    /// The 1-norm: the largest sum of a column's absolute values; of a row's, as the matrix is symmetric.
    private static func norm(_ matrix: Matrix<Double>) -> Double {
        (0..<matrix.rowCount).reduce(0) { max($0, matrix.row($1).reduce(0) { $0 + abs($1) }) }
    }

    private static let lower = CChar(UInt8(ascii: "L"))
}
