/// A view of rows of float32 numbers that someone else owns. Shape: [rows, columns], `stride` elements from row to row.
///
/// The owner outlives the view; nothing checks that. As with `FloatBuffer`, who shares it between threads keeps writers
/// apart.
public struct FloatRows: @unchecked Sendable {
    public let pointer: UnsafeMutablePointer<Float>
    public let rows: Int
    public let columns: Int
    public let stride: Int

    @inlinable
    public init(_ pointer: UnsafeMutablePointer<Float>, rows: Int, columns: Int, stride: Int) {
        precondition(rows >= 0 && columns >= 0 && stride >= columns)
        self.pointer = pointer
        self.rows = rows
        self.columns = columns
        self.stride = stride
    }

    /// The start of row `row`, counted from 0.
    @inlinable
    public subscript(row: Int) -> UnsafeMutablePointer<Float> {
        pointer + row * stride
    }

    /// Some of the rows, in the same memory.
    @inlinable
    public subscript(rows range: Range<Int>) -> FloatRows {
        precondition(range.lowerBound >= 0 && range.upperBound <= rows)
        return FloatRows(self[range.lowerBound], rows: range.count, columns: columns, stride: stride)
    }

    /// Some of the columns, in the same memory.
    @inlinable
    public subscript(columns range: Range<Int>) -> FloatRows {
        precondition(range.lowerBound >= 0 && range.upperBound <= columns)
        return FloatRows(pointer + range.lowerBound, rows: rows, columns: range.count, stride: stride)
    }

    /// The distance between rows for `columns` columns: room for whole panels and one more, in an odd number of cache
    /// lines, so that the rows of a tile do not compete for the same cache sets.
    public static func stride(columns: Int) -> Int {
        let line = FloatBuffer.alignment / MemoryLayout<Float>.stride
        return PanelMatrix.padded(columns) + PanelMatrix.panel + line
    }
}
