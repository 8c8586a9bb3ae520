import LinearAlgebra

/// The features of N rows, dense in single or double precision or sparse; all arithmetic on them is in double.
public struct FeatureMatrix: Sendable {
    private enum Storage {
        case float32(Matrix<Float>)
        case float64(Matrix<Double>)
        case sparse(SparseMatrix)
    }

    private let storage: Storage
    /// N.
    public let rowCount: Int
    /// D.
    public let columnCount: Int

    /// - Parameter matrix: Shape: [N, D].
    public init(_ matrix: Matrix<Float>) {
        storage = .float32(matrix)
        rowCount = matrix.rowCount
        columnCount = matrix.columnCount
    }

    /// - Parameter matrix: Shape: [N, D].
    public init(_ matrix: Matrix<Double>) {
        storage = .float64(matrix)
        rowCount = matrix.rowCount
        columnCount = matrix.columnCount
    }

    /// - Parameter matrix: Shape: [N, D].
    public init(_ matrix: SparseMatrix) {
        storage = .sparse(matrix)
        rowCount = matrix.rowCount
        columnCount = matrix.columnCount
    }

    /// The matrix itself where it is stored as a sparse one.
    public var storedSparse: SparseMatrix? {
        if case .sparse(let matrix) = storage { matrix } else { nil }
    }

    /// The non-zeros, whatever the storage.
    public var nonZeros: SparseMatrix {
        switch storage {
        case .sparse(let matrix): matrix
        case .float64(let matrix): SparseMatrix(matrix)
        case .float32(let matrix):
            SparseMatrix(
                Matrix(
                    rowCount: rowCount, columnCount: columnCount, values: matrix.values.map { Double($0) }))
        }
    }

    /// About how much memory it takes.
    package var byteCount: Int {
        switch storage {
        case .float32: rowCount * columnCount * MemoryLayout<Float>.stride
        case .float64: rowCount * columnCount * MemoryLayout<Double>.stride
        case .sparse(let matrix):
            matrix.nonZeroCount * (MemoryLayout<Double>.stride + MemoryLayout<Int32>.stride)
                + rowCount * MemoryLayout<Int>.stride
        }
    }

    /// The rows with the given indices, in the given order.
    func selecting(_ rows: [Int]) -> FeatureMatrix {
        switch storage {
        case .float32(let matrix): FeatureMatrix(matrix.selecting(rows))
        case .float64(let matrix): FeatureMatrix(matrix.selecting(rows))
        case .sparse(let matrix): FeatureMatrix(matrix.selecting(rows))
        }
    }

    /// The same with one more column behind the others. Shape: [N, D + 1].
    func appendingColumn(_ column: [Double]) -> FeatureMatrix {
        switch storage {
        case .float32(let matrix): FeatureMatrix(matrix.appendingColumn(column.map { Float($0) }))
        case .float64(let matrix): FeatureMatrix(matrix.appendingColumn(column))
        case .sparse(let matrix): FeatureMatrix(matrix.appendingColumn(column))
        }
    }

    /// How many rows hold nothing but zeros.
    public var emptyRowCount: Int {
        guard let matrix = storedSparse else { return 0 }
        return (0..<rowCount).reduce(0) { $0 + (matrix.valueCount(ofRow: $1) == 0 ? 1 : 0) }
    }

    /// Row and column of the first value that is infinite or no number.
    public var firstNonFinite: (row: Int, column: Int)? { first { !$0.isFinite } }

    /// Row and column of the first value below 0.
    public var firstNegative: (row: Int, column: Int)? { first { $0 < 0 } }

    private func first(where isFound: (Double) -> Bool) -> (row: Int, column: Int)? {
        let place: Int?
        switch storage {
        case .float32(let matrix): place = matrix.values.firstIndex { isFound(Double($0)) }
        case .float64(let matrix): place = matrix.values.firstIndex(where: isFound)
        case .sparse(let matrix):
            guard let place = matrix.values.firstIndex(where: isFound) else { return nil }
            let row = (0..<rowCount).first { matrix.rowOffsets[$0 + 1] > place } ?? 0
            return (row, Int(matrix.columns[place]))
        }
        return place.map { ($0 / columnCount, $0 % columnCount) }
    }

    /// Copies one row, D Doubles.
    func copy(row: Int, to out: UnsafeMutablePointer<Double>) {
        precondition((0..<rowCount).contains(row))
        switch storage {
        case .float32(let matrix):
            matrix.values.withUnsafeBufferPointer { values in
                for i in 0..<columnCount { out[i] = Double(values[row * columnCount + i]) }
            }
        case .float64(let matrix):
            matrix.values.withUnsafeBufferPointer { values in
                for i in 0..<columnCount { out[i] = values[row * columnCount + i] }
            }
        case .sparse(let matrix):
            out.update(repeating: 0, count: columnCount)
            for i in matrix.rowOffsets[row]..<matrix.rowOffsets[row + 1] {
                out[Int(matrix.columns[i])] = matrix.values[i]
            }
        }
    }

    /// Throws unless there are as many targets as rows, one at least, and every number is finite.
    func check(_ targetCount: Int) throws(LinearModelError) {
        if rowCount != targetCount { throw .rowCountsDiffer(texts: rowCount, targets: targetCount) }
        if rowCount == 0 { throw .noRows }
        if let place = firstNonFinite { throw .nonFiniteFeature(row: place.row, column: place.column) }
    }

    /// Throws the same, and where a number is below 0.
    func checkCounts(_ targetCount: Int) throws(LinearModelError) {
        try check(targetCount)
        if let place = firstNegative { throw .negativeFeature(row: place.row, column: place.column) }
    }
}
