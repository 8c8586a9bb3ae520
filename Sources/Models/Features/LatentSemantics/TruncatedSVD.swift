import COpenBLAS
import DeterministicWork
import LinearAlgebra

/// The largest singular values of a sparse matrix with their right singular vectors.
///
/// By Lanczos' method with full reorthogonalization on XᵀX or XXᵀ, whichever is smaller, started from a fixed random vector:
/// it ends when no residual is above 1e-12 of the largest eigenvalue, or when the space is exhausted. There is no seed, as the
/// result is the matrix's own.
package struct TruncatedSVD: Sendable {
    /// Descending. Shape: [k].
    package let singularValues: [Double]
    /// In each row the entry that is largest in size is positive; rows of singular values that are 0 are 0. Shape: [k, D].
    package let components: Matrix<Double>

    /// - Parameter k: At most as many as X has rows and columns are found.
    package init(_ X: SparseMatrix, components k: Int) {
        precondition(k >= 1)
        let isOfColumns = X.columnCount <= X.rowCount
        let transposed = X.transposed()
        let (inner, outer) = isOfColumns ? (X, transposed) : (transposed, X)
        let n = inner.columnCount
        let k = min(k, n)
        var basis = LanczosBasis(size: n)
        var eigen = TridiagonalEigen(diagonal: [], offDiagonal: [])
        while true {
            let goal = min(n, max(2 * k, basis.count + max(20, k / 2)))
            while basis.count < goal, basis.extend(by: { outer.times(inner.times($0)) }) {}
            eigen = TridiagonalEigen(diagonal: basis.diagonal, offDiagonal: basis.offDiagonal)
            let isWhole = basis.count == n || basis.isExhausted
            if isWhole || eigen.largest(k, residualScale: basis.lastNorm) <= TruncatedSVD.tolerance { break }
        }
        var vectors = eigen.vectors(k, of: basis)
        let values = eigen.values.suffix(k).reversed().map { max(0, $0).squareRoot() }
        if !isOfColumns {
            // v = Xᵀ u / σ.
            vectors = transposed.times(vectors.transposed()).transposed()
        }
        let least = (values.first ?? 0) * TruncatedSVD.rankTolerance
        for row in 0..<vectors.rowCount {
            let range = row * vectors.columnCount..<(row + 1) * vectors.columnCount
            let norm = vectors.values[range].reduce(0) { $0 + $1 * $1 }.squareRoot()
            let largest = vectors.values[range].max { abs($0) < abs($1) } ?? 0
            let scale = norm == 0 || values[row] <= least ? 0 : (largest < 0 ? -1 : 1) / norm
            for i in range { vectors.values[i] *= scale }
        }
        singularValues = values.map { $0 <= least ? 0 : $0 }
        components = vectors
    }

    private static let tolerance = 1e-12
    /// Below this share of the largest a singular value is rounding: eigenvalues of a product are its squares.
    private static let rankTolerance = 1e-7
}

/// An orthonormal basis in which a symmetric operator is tridiagonal.
private struct LanczosBasis {
    let size: Int
    /// Shape: [count][size], flat.
    private var vectors: [Double] = []
    private(set) var count = 0
    private(set) var diagonal: [Double] = []
    /// Between each vector and the next. Shape: [count - 1].
    private(set) var offDiagonal: [Double] = []
    /// The norm of what the last vector's image has outside the basis.
    private(set) var lastNorm = 0.0
    /// Whether no vector is left that is orthogonal to all.
    private(set) var isExhausted = false
    private var next: [Double]
    private var random = RandomStream(seed: 0)
    private var scale = 0.0

    init(size: Int) {
        self.size = size
        next = []
        BLAS.useCallingThread()
    }

    /// Takes one vector more.
    /// - Returns: False where there is none.
    mutating func extend(by apply: (Matrix<Double>) -> Matrix<Double>) -> Bool {
        if isExhausted { return false }
        if count == 0 || lastNorm <= scale * 1e-14 {
            // An invariant space is full: another one begins beside it.
            guard let fresh = freshVector() else {
                isExhausted = true
                return false
            }
            if count > 0 { offDiagonal.append(0) }
            next = fresh
        } else {
            offDiagonal.append(lastNorm)
        }
        vectors += next
        count += 1
        var image = apply(Matrix(rowCount: size, columnCount: 1, values: next)).values
        diagonal.append(zip(image, next).reduce(0) { $0 + $1.0 * $1.1 })
        scale = max(scale, abs(diagonal[count - 1]))
        orthogonalize(&image)
        lastNorm = image.norm
        if lastNorm > 0 { next = image.map { $0 / lastNorm } }
        return true
    }

    private mutating func freshVector() -> [Double]? {
        if count == size { return nil }
        for _ in 0..<5 {
            var vector = (0..<size).map { _ in random.nextUniform() - 0.5 }
            let before = vector.norm
            orthogonalize(&vector)
            let norm = vector.norm
            if norm > before * 1e-10 { return vector.map { $0 / norm } }
        }
        return nil
    }

    /// Takes what lies in the basis out of a vector, twice, as once is not enough.
    private func orthogonalize(_ vector: inout [Double]) {
        if count == 0 { return }
        var shares = [Double](repeating: 0, count: count)
        let (rows, columns) = (Int32(count), Int32(size))
        for _ in 0..<2 {
            cblas_dgemv(
                CblasRowMajor, CblasNoTrans, rows, columns, 1, vectors, columns, vector, 1, 0, &shares, 1)
            cblas_dgemv(
                CblasRowMajor, CblasTrans, rows, columns, -1, vectors, columns, shares, 1, 1, &vector, 1)
        }
    }

    /// Combinations of the basis: S V. Shapes: S [k, count], V [count, size].
    func combined(_ S: Matrix<Double>) -> Matrix<Double> {
        var out = Matrix<Double>(rowCount: S.rowCount, columnCount: size)
        let (k, m, n) = (Int32(S.rowCount), Int32(count), Int32(size))
        cblas_dgemm(
            CblasRowMajor, CblasNoTrans, CblasNoTrans, k, n, m, 1, S.values, m, vectors, n, 0, &out.values, n)
        return out
    }
}

/// The eigenvalues, ascending, and eigenvectors of a symmetric tridiagonal matrix.
private struct TridiagonalEigen {
    private(set) var values: [Double]
    /// Shape: [m, m], an eigenvector a row.
    private var vectors: [Double]

    init(diagonal: [Double], offDiagonal: [Double]) {
        let m = diagonal.count
        values = diagonal
        vectors = [Double](repeating: 0, count: m * m)
        if m == 0 { return }
        var rest = offDiagonal + [0]
        let info = LAPACKE_dstevd(
            LAPACK_COL_MAJOR, CChar(UInt8(ascii: "V")), .init(m), &values, &rest, &vectors, .init(m))
        precondition(info == 0, "LAPACK found no eigenvalues of a finite matrix")
    }

    /// The largest residual of the k largest, as a share of the largest eigenvalue.
    func largest(_ k: Int, residualScale norm: Double) -> Double {
        let m = values.count
        guard let top = values.last, top > 0, k <= m else { return 0 }
        return (m - k..<m).map { norm * abs(vectors[$0 * m + m - 1]) / top }.max() ?? 0
    }

    /// The vectors of the k largest, the largest first, in the space of the basis. Shape: [k, size].
    func vectors(_ k: Int, of basis: LanczosBasis) -> Matrix<Double> {
        let m = values.count
        let rows = (m - k..<m).reversed().flatMap { vectors[$0 * m..<($0 + 1) * m] }
        return basis.combined(Matrix(rowCount: k, columnCount: m, values: rows))
    }
}

extension [Double] {
    fileprivate var norm: Double { reduce(0) { $0 + $1 * $1 }.squareRoot() }
}
