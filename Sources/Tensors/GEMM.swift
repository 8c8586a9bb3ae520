import COpenBLAS

/// Matrix products by OpenBLAS, on the calling thread alone: parallel work is cut into blocks by the caller, so that
/// the bits of a result do not depend on the number of threads.
package enum GEMM {
    /// Called before every use; setting it is cheap.
    private static let singleThreaded: Void = openblas_set_num_threads(1)

    /// c = alpha a b + beta c.
    /// - Parameters:
    ///   - a: Shape: [rows, depth].
    ///   - b: Shape: [depth, columns], or [columns, depth] if `transposingB`.
    ///   - c: Shape: [rows, columns].
    package static func multiply(
        _ a: FloatRows, _ b: FloatRows, transposingB: Bool = false, into c: FloatRows, alpha: Float = 1,
        beta: Float = 0
    ) {
        _ = singleThreaded
        precondition(a.rows == c.rows && a.columns == (transposingB ? b.columns : b.rows))
        precondition(c.columns == (transposingB ? b.rows : b.columns))
        if c.rows == 0 || c.columns == 0 { return }
        cblas_sgemm(
            CblasRowMajor, CblasNoTrans, transposingB ? CblasTrans : CblasNoTrans, blasint(c.rows),
            blasint(c.columns), blasint(a.columns), alpha, a.pointer, blasint(a.stride), b.pointer,
            blasint(b.stride), beta, c.pointer, blasint(c.stride))
    }
}
