import CKernels

/// Products of small matrices that are not packed beforehand, such as those of an attention head, on the calling
/// thread. Whole panels of 32 columns are read and written, so `c`, and `b` where it is not transposed, have room for
/// 32 columns from the start of their last panel on; what stands in `c` to the right of its columns is lost.
public enum PanelProduct {
    /// c = a b.
    /// - Parameters:
    ///   - a: Shape: [rows, depth].
    ///   - b: Shape: [depth, columns].
    ///   - c: Shape: [rows, columns].
    ///   - accumulating: Whether c is added to instead.
    public static func multiply(_ a: FloatRows, _ b: FloatRows, into c: FloatRows, accumulating: Bool = false)
    {
        precondition(a.rows == c.rows && a.columns == b.rows && b.columns == c.columns)
        for column in stride(from: 0, to: c.columns, by: PanelMatrix.panel) {
            let start = accumulating ? c.pointer + column : PanelMatrix.zeros.pointer
            ck_panel_product(
                a.rows, a.columns, a.pointer, a.stride, 1, b.pointer + column, b.stride,
                start, accumulating ? c.stride : 0, c.pointer + column, c.stride)
        }
    }

    /// c = aᵀ b.
    /// - Parameters:
    ///   - a: Shape: [depth, rows].
    ///   - b: Shape: [depth, columns].
    ///   - c: Shape: [rows, columns].
    ///   - accumulating: Whether c is added to instead.
    public static func multiply(
        transposed a: FloatRows, _ b: FloatRows, into c: FloatRows, accumulating: Bool = false
    ) {
        precondition(a.columns == c.rows && a.rows == b.rows && b.columns == c.columns)
        for column in stride(from: 0, to: c.columns, by: PanelMatrix.panel) {
            let start = UnsafePointer(accumulating ? c.pointer + column : PanelMatrix.zeros.pointer)
            ck_panel_product(
                c.rows, a.rows, a.pointer, 1, a.stride, b.pointer + column, b.stride,
                start, accumulating ? c.stride : 0, c.pointer + column, c.stride)
        }
    }

    /// c = a bᵀ.
    /// - Parameters:
    ///   - a: Shape: [rows, depth].
    ///   - b: Shape: [columns, depth].
    ///   - c: Shape: [rows, columns].
    ///   - scratch: At least 32 times the depth.
    public static func multiply(
        _ a: FloatRows, transposed b: FloatRows, into c: FloatRows, scratch: FloatBuffer
    ) {
        precondition(a.rows == c.rows && a.columns == b.columns && b.rows == c.columns)
        precondition(scratch.count >= PanelMatrix.panel * a.columns)
        for column in stride(from: 0, to: c.columns, by: PanelMatrix.panel) {
            let width = min(PanelMatrix.panel, c.columns - column)
            ck_pack_transposed(b[column], b.stride, width, b.columns, scratch.pointer)
            ck_panel_product(
                a.rows, a.columns, a.pointer, a.stride, 1, scratch.pointer, PanelMatrix.panel,
                PanelMatrix.zeros.pointer,
                0,
                c.pointer + column, c.stride)
        }
    }
}
