import CKernels

/// How rows of the left factor of a product stand in memory, as a `ReducedMatrix` reads them.
package enum ReducedForm: Equatable, Sendable {
    /// bfloat16 in pairs.
    case bf16
    /// Whole numbers with a scale for each group of columns, as bytes; with two planes an upper and a lower byte each.
    case int8(planes: Int)

    /// Bytes of a row of so many columns: cache lines, in an odd number, so that the rows of a tile do not compete for the
    /// same cache sets.
    func stride(columns: Int) -> Int {
        let line = FloatBuffer.alignment
        let bytes =
            switch self {
            case .bf16: 4 * ((columns + 1) / 2) * ck_bf16_left_units()
            case .int8(let planes): 4 * Int8Matrix.groups(columns) * ck_int8_left_units(planes)
            }
        return ((bytes + line - 1) / line | 1) * line
    }
}

/// Rows in fewer bits: a view of memory that someone else owns. Shape: [rows, columns].
package struct ReducedRows: @unchecked Sendable {
    private let pointer: UnsafeMutableRawPointer
    package let rows: Int
    package let columns: Int
    package let form: ReducedForm
    /// Bytes from row to row.
    private let stride: Int

    private init(_ pointer: UnsafeMutableRawPointer, rows: Int, columns: Int, _ form: ReducedForm) {
        self.pointer = pointer
        self.rows = rows
        self.columns = columns
        self.form = form
        stride = form.stride(columns: columns)
    }

    /// Some of the rows, in the same memory.
    subscript(rows range: Range<Int>) -> ReducedRows {
        precondition(range.lowerBound >= 0 && range.upperBound <= rows)
        return ReducedRows(pointer + range.lowerBound * stride, rows: range.count, columns: columns, form)
    }

    /// Rows that a thread reduces at once.
    private static let rowBlock = 32

    /// The numbers of `x` in this form.
    /// - Parameter memory: Made larger if it has no room for them; they are there until it is used again.
    package init(_ x: FloatRows, _ form: ReducedForm, in memory: inout FloatBuffer, _ team: Team) {
        let stride = form.stride(columns: x.columns)
        let count = x.rows * stride / MemoryLayout<Float>.size
        if memory.count < count { memory = FloatBuffer(uninitialized: count + count / 8) }
        self.init(UnsafeMutableRawPointer(memory.pointer), rows: x.rows, columns: x.columns, form)
        let all = self
        team.blocks(of: x.rows, blockSize: ReducedRows.rowBlock) { rows, _ in
            all[rows: rows].set(x[rows: rows])
        }
    }

    private func set(_ x: FloatRows) {
        switch form {
        case .bf16: ck_rows_to_bf16(x.pointer, x.stride, units, unitStride, rows, columns)
        case .int8(let planes):
            ck_rows_to_int8(x.pointer, x.stride, units, unitStride, rows, columns, planes)
        }
    }

    /// The kernels' units of four bytes, of which each form has its own number for a row.
    var units: UnsafeMutablePointer<UInt32> { pointer.assumingMemoryBound(to: UInt32.self) }

    /// Units from row to row.
    var unitStride: Int { stride / MemoryLayout<UInt32>.size }
}
