import CKernels

/// Rows anywhere in a table of numbers that stand one row after another. Shape: [rows, width]; the width is a multiple of 8.
package struct TableRows {
    private let table: UnsafeMutablePointer<Float>
    private let rowCount: Int
    private let width: Int

    package init(_ values: UnsafeMutableBufferPointer<SIMD8<Float>>, lanes: Int) {
        precondition(lanes > 0 && values.count.isMultiple(of: lanes))
        guard let base = UnsafeMutableRawPointer(values.baseAddress) else {
            preconditionFailure("a table has rows")
        }
        table = base.assumingMemoryBound(to: Float.self)
        (rowCount, width) = (values.count / lanes, 8 * lanes)
    }

    /// Writes the sum of some rows, added in their order.
    /// - Parameter next: Rows that are wanted soon, which memory is asked for meanwhile.
    package func sum(_ rows: [Int32], next: [Int32], into sum: inout [SIMD8<Float>]) {
        precondition(8 * sum.count == width && areThere(rows) && areThere(next))
        sum.withUnsafeMutableBytes {
            ck_sum_table_rows(
                table, width, rows, rows.count, next, next.count,
                $0.assumingMemoryBound(to: Float.self).baseAddress)
        }
    }

    /// Adds the same to each of some rows, twice to one that is there twice.
    package func add(_ change: [SIMD8<Float>], to rows: [Int32]) {
        precondition(8 * change.count == width && areThere(rows))
        change.withUnsafeBytes {
            ck_add_to_table_rows(
                table, width, rows, rows.count, $0.assumingMemoryBound(to: Float.self).baseAddress)
        }
    }

    private func areThere(_ rows: [Int32]) -> Bool { rows.allSatisfy { 0..<rowCount ~= Int($0) } }
}
