import CKernels

/// A panel of bfloat16 numbers, as products read their right factor: a view of memory that someone else owns. Shape:
/// [pairs, 32], pairs that follow each other in depth.
struct BFloat16Panel {
    let units: UnsafeMutablePointer<UInt32>
    let pairs: Int

    /// The pairs done at once, so that the left factor's part stays in the second-level cache.
    private static let pairBlock = 768

    init(_ memory: UnsafeMutablePointer<Float>, pairs: Int) {
        units = UnsafeMutableRawPointer(memory).assumingMemoryBound(to: UInt32.self)
        self.pairs = pairs
    }

    /// Rounds rows, along which the depth runs. Shape: [rows, 32].
    func set(_ x: UnsafePointer<Float>, stride: Int, rows: Int) {
        precondition((rows + 1) / 2 <= pairs)
        ck_row_pairs_to_bf16(x, stride, units, PanelMatrix.panel, rows, PanelMatrix.panel)
    }

    /// The panel's columns of c = a * self + bias.
    /// - Parameters:
    ///   - column: The panel's first.
    ///   - accumulating: Whether c is added to instead; there is no bias then.
    func product(
        _ a: ReducedRows, plus bias: FloatBuffer? = nil, into c: FloatRows, column: Int,
        accumulating: Bool = false
    ) {
        let to = c.pointer + column
        let start = bias.map { $0.pointer + column } ?? PanelMatrix.zeros.pointer
        let left = ck_bf16_left_units()
        for done in stride(from: 0, to: pairs, by: BFloat16Panel.pairBlock) {
            let isFirst = done == 0 && !accumulating
            ck_panel_product_bf16(
                a.rows, min(BFloat16Panel.pairBlock, pairs - done), a.units + done * left, a.unitStride,
                left, units + done * PanelMatrix.panel, PanelMatrix.panel, isFirst ? start : to,
                isFirst ? 0 : c.stride, to, c.stride)
        }
    }
}
