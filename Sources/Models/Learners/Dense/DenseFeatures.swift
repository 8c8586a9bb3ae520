import LinearAlgebra

/// Dense features of N rows, as single or double precision; all arithmetic on them is in double.
public struct DenseFeatures: Sendable {
    private enum Storage {
        case float32(Matrix<Float>)
        case float64(Matrix<Double>)
    }

    private let storage: Storage
    /// N.
    public let rowCount: Int
    /// H.
    public let columnCount: Int

    /// - Parameter matrix: Shape: [N, H].
    public init(_ matrix: Matrix<Float>) {
        storage = .float32(matrix)
        rowCount = matrix.rowCount
        columnCount = matrix.columnCount
    }

    /// - Parameter matrix: Shape: [N, H].
    public init(_ matrix: Matrix<Double>) {
        storage = .float64(matrix)
        rowCount = matrix.rowCount
        columnCount = matrix.columnCount
    }

    /// Row and column of the first value that is infinite or no number.
    public var firstNonFinite: (row: Int, column: Int)? {
        let index =
            switch storage {
            case .float32(let matrix): matrix.values.firstIndex { !$0.isFinite }
            case .float64(let matrix): matrix.values.firstIndex { !$0.isFinite }
            }
        return index.map { ($0 / columnCount, $0 % columnCount) }
    }

    /// Copies one row, H Doubles.
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
        }
    }
}
