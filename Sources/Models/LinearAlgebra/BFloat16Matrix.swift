import CKernels

/// A matrix of bfloat16 numbers, packed to be the right factor of products. Shape: [depth, columns].
///
/// Panel p holds columns 32p ..< 32p + 32 as [depth / 2, 32, 2]: pairs that follow each other in depth, as the CPU's
/// instruction reads them. The last panel and an odd depth are padded with zeros.
package struct BFloat16Matrix: Sendable {
    let depth: Int
    let columns: Int
    /// A pair in each element. Shape: [panels, pairs, 32].
    private let storage: FloatBuffer

    private var pairs: Int { (depth + 1) / 2 }

    /// - Parameter weight: Shape: [columns, depth].
    package init(transposing weight: UnsafeBufferPointer<Float>, columns: Int, depth: Int) {
        precondition(weight.count == columns * depth)
        self.depth = depth
        self.columns = columns
        storage = FloatBuffer(uninitialized: PanelMatrix.padded(columns) * ((depth + 1) / 2))
        guard let base = weight.baseAddress else { return }
        for column in stride(from: 0, to: columns, by: PanelMatrix.panel) {
            ck_pack_bf16(
                base + column * depth, depth, min(PanelMatrix.panel, columns - column), depth,
                UnsafeMutableRawPointer(storage.pointer + column * pairs).assumingMemoryBound(to: UInt16.self)
            )
        }
    }

    var byteCount: Int { storage.count * MemoryLayout<Float>.size }

    /// Panel `index`. Shape: [pairs, 32].
    private func panel(_ index: Int) -> UnsafePointer<UInt32> {
        UnsafePointer(
            UnsafeMutableRawPointer(storage.pointer + index * pairs * PanelMatrix.panel)
                .assumingMemoryBound(to: UInt32.self))
    }

    /// The numbers. Shape: [columns, depth].
    func transposed() -> [Float] {
        (0..<columns).flatMap { column in
            let (index, lane) = column.quotientAndRemainder(dividingBy: PanelMatrix.panel)
            let panel = panel(index)
            return (0..<depth).map { k in
                let pair = panel[k / 2 * PanelMatrix.panel + lane]
                return Float(bitPattern: k.isMultiple(of: 2) ? pair << 16 : pair & 0xFFFF_0000)
            }
        }
    }

    /// The pairs done at once, so that the left factor's part stays in the second-level cache.
    private static let pairBlock = 768

    /// One panel of a * self + bias.
    func product(_ a: ReducedRows, plus bias: FloatBuffer?, into c: FloatRows, panel index: Int) {
        precondition(a.columns == depth && c.columns == columns)
        let column = index * PanelMatrix.panel
        let to = c.pointer + column
        let left = ck_bf16_left_units()
        for done in stride(from: 0, to: pairs, by: BFloat16Matrix.pairBlock) {
            let isFirst = done == 0
            let start = bias.map { $0.pointer + column } ?? PanelMatrix.zeros.pointer
            ck_panel_product_bf16(
                a.rows, min(BFloat16Matrix.pairBlock, pairs - done), a.units + done * left, a.unitStride,
                left, panel(index) + done * PanelMatrix.panel, PanelMatrix.panel, isFirst ? start : to,
                isFirst ? 0 : c.stride, to, c.stride)
        }
    }
}
