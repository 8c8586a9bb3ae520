import CKernels

/// A matrix of bytes, packed to be the right factor of products. Shape: [depth, columns].
///
/// A weight is a whole number from -127 to 127 times a scale, which the 64 weights of a group have in common: those that follow
/// each other in the depth of a column. Panel p holds columns 32p ..< 32p + 32, group by group: the scales of the 32 columns, and
/// then the bytes as [16, 32, 4], four that follow each other in depth, as the CPU's instruction reads them. The last group
/// and the last panel are filled with zeros.
package struct Int8Matrix: Sendable {
    let depth: Int
    let columns: Int
    /// Bytes of each number that it is multiplied with.
    let planes: Int
    /// Four bytes, or a scale, in each element. Shape: [panels, groups, 1 + 16, 32].
    private let storage: FloatBuffer

    /// Numbers that have one scale.
    package static let group = Int(CK_INT8_GROUP)

    static func groups(_ depth: Int) -> Int { (depth + group - 1) / group }

    /// Elements of a panel's part for one group.
    private static let groupSize = (1 + group / 4) * PanelMatrix.panel

    private var panelSize: Int { Int8Matrix.groups(depth) * Int8Matrix.groupSize }

    /// - Parameters:
    ///   - weight: Shape: [columns, depth].
    ///   - fineInputs: Whether it is multiplied with numbers of 16 bits rather than 8.
    package init(
        transposing weight: UnsafeBufferPointer<Float>, columns: Int, depth: Int, fineInputs: Bool
    ) {
        precondition(weight.count == columns * depth)
        self.depth = depth
        self.columns = columns
        planes = fineInputs ? 2 : 1
        let panels = PanelMatrix.padded(columns) / PanelMatrix.panel
        storage = FloatBuffer(
            uninitialized: panels * Int8Matrix.groups(depth) * Int8Matrix.groupSize)
        guard let base = weight.baseAddress else { return }
        for index in 0..<panels {
            let column = index * PanelMatrix.panel
            ck_pack_int8(
                base + column * depth, depth, min(PanelMatrix.panel, columns - column), depth,
                panel(index).assumingMemoryBound(to: UInt8.self))
        }
    }

    var byteCount: Int { storage.count * MemoryLayout<Float>.size }

    /// Panel `index`. Shape: [groups, 1 + 16, 32].
    private func panel(_ index: Int) -> UnsafeMutableRawPointer {
        UnsafeMutableRawPointer(storage.pointer + index * panelSize)
    }

    /// The numbers. Shape: [columns, depth].
    func transposed() -> [Float] {
        (0..<columns).flatMap { column in
            let (index, lane) = column.quotientAndRemainder(dividingBy: PanelMatrix.panel)
            return (0..<depth).map { k in
                let (group, place) = k.quotientAndRemainder(dividingBy: Int8Matrix.group)
                let part = storage.pointer + index * panelSize + group * Int8Matrix.groupSize
                let bytes = UnsafeRawPointer(part + PanelMatrix.panel).assumingMemoryBound(to: UInt8.self)
                let byte = bytes[(place / 4 * PanelMatrix.panel + lane) * 4 + place % 4]
                return Float(Int(byte) - Int(CK_INT8_ZERO)) * part[lane]
            }
        }
    }

    /// One panel of a * self + bias.
    func product(_ a: ReducedRows, plus bias: FloatBuffer?, into c: FloatRows, panel index: Int) {
        precondition(a.columns == depth && c.columns == columns)
        let column = index * PanelMatrix.panel
        ck_panel_product_int8(
            a.rows, Int8Matrix.groups(depth), a.units, a.unitStride,
            planes, panel(index).assumingMemoryBound(to: UInt32.self), PanelMatrix.panel,
            bias.map { $0.pointer + column } ?? PanelMatrix.zeros.pointer, 0, c.pointer + column, c.stride)
    }
}
