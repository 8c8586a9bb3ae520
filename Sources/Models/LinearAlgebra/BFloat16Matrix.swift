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

    private func panel(_ index: Int) -> BFloat16Panel {
        BFloat16Panel(storage.pointer + index * pairs * PanelMatrix.panel, pairs: pairs)
    }

    /// The numbers. Shape: [columns, depth].
    func transposed() -> [Float] {
        (0..<columns).flatMap { column in
            let (index, lane) = column.quotientAndRemainder(dividingBy: PanelMatrix.panel)
            let panel = panel(index)
            return (0..<depth).map { k in
                let pair = panel.units[k / 2 * PanelMatrix.panel + lane]
                return Float(bitPattern: k.isMultiple(of: 2) ? pair << 16 : pair & 0xFFFF_0000)
            }
        }
    }

    /// One panel of a * self + bias.
    func product(_ a: ReducedRows, plus bias: FloatBuffer?, into c: FloatRows, panel index: Int) {
        precondition(a.columns == depth && c.columns == columns)
        panel(index).product(a, plus: bias, into: c, column: index * PanelMatrix.panel)
    }
}
