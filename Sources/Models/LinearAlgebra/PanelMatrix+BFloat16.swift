import CKernels

// The three products of a linear layer that is trained in bfloat16. The matrix is in float32 and is rounded panel by panel where
// a product reads it; sums are in float32.
extension PanelMatrix {
    private static func pairs(_ depth: Int) -> Int { (depth + 1) / 2 }

    /// c = a * self + bias, and then `activation` of it; both factors in bfloat16.
    /// - Parameters:
    ///   - a: Shape: [rows, depth].
    ///   - bias: Shape: [padded columns]; nil for none.
    ///   - c: Shape: [rows, columns]; its stride has room for whole panels, which are overwritten.
    ///   - activated: Where the activation goes: c itself, or as large.
    package func product(
        _ a: ReducedRows, plus bias: FloatBuffer?, into c: FloatRows, activation: Activation? = nil,
        activated: FloatRows? = nil, _ team: Team
    ) {
        let activated = activated ?? c
        precondition(a.form == .bf16 && a.columns == depth && c.columns == columns && a.rows == c.rows)
        precondition(activated.columns == columns && activated.rows == c.rows)
        precondition(c.stride >= PanelMatrix.padded(columns))
        if let bias { precondition(bias.count >= PanelMatrix.padded(columns)) }
        let pairs = PanelMatrix.pairs(depth)
        team.blocks(of: panels, blockSize: PanelMatrix.panelsPerTask) { panels, scratch in
            let rounded = BFloat16Panels(panels.count, pairs: pairs, scratch, 0)
            for (slot, p) in panels.enumerated() {
                rounded[slot].set(panel(p), stride: PanelMatrix.panel, rows: depth)
            }
            for top in stride(from: 0, to: a.rows, by: PanelMatrix.rowBlock) {
                let rows = top..<min(a.rows, top + PanelMatrix.rowBlock)
                for (slot, p) in panels.enumerated() {
                    let column = p * PanelMatrix.panel
                    rounded[slot].product(a[rows: rows], plus: bias, into: c[rows: rows], column: column)
                    activation?.apply(c[rows: rows], into: activated[rows: rows], column: column)
                }
            }
        }
    }

    /// c = a W: dA = dC Wᵀ; both factors in bfloat16.
    /// - Parameters:
    ///   - d: dC. Shape: [rows, columns].
    ///   - into: dA. Shape: [rows, depth]; its stride has room for whole panels, which are overwritten.
    ///   - accumulating: Whether dA is added to.
    package func backward(_ d: ReducedRows, into a: FloatRows, accumulating: Bool, _ team: Team) {
        precondition(d.form == .bf16 && d.columns == columns && a.columns == depth && d.rows == a.rows)
        precondition(a.stride >= PanelMatrix.padded(depth))
        let width = PanelMatrix.panel
        let pairs = PanelMatrix.pairs(columns)
        team.blocks(of: PanelMatrix.padded(depth) / width, blockSize: PanelMatrix.panelsPerTask) {
            targets, scratch in
            let transposed = scratch.buffer(0, count: panels * width * width).pointer
            let rounded = BFloat16Panels(targets.count, pairs: pairs, scratch, 1)
            for (slot, target) in targets.enumerated() {
                transpose(target, into: transposed)
                rounded[slot].set(transposed, stride: width, rows: columns)
            }
            for top in stride(from: 0, to: d.rows, by: PanelMatrix.rowBlock) {
                let rows = top..<min(d.rows, top + PanelMatrix.rowBlock)
                for (slot, target) in targets.enumerated() {
                    rounded[slot].product(
                        d[rows: rows], into: a[rows: rows], column: target * width,
                        accumulating: accumulating)
                }
            }
        }
    }

    /// c = a W + bias: dW = aᵀ dC with both factors in bfloat16, dBias = the sum of dC's rows; self is dW.
    /// - Parameters:
    ///   - a: Shape: [tokens, depth].
    ///   - d: dC. Shape: [tokens, columns], zero from there to the end of the last panel.
    ///   - bias: dBias. Shape: [padded columns]; nil where there is no bias.
    ///   - accumulating: Whether dW and dBias are added to.
    package func setBFloat16Gradient(
        _ a: FloatRows, _ d: FloatRows, bias: FloatBuffer?, accumulating: Bool, _ team: Team
    ) {
        precondition(a.columns == depth && d.columns == columns && a.rows == d.rows && a.rows > 0)
        if let bias { precondition(bias.count >= PanelMatrix.padded(columns)) }
        let width = PanelMatrix.panel
        let pairs = PanelMatrix.pairs(PanelMatrix.gradientDepth)
        let unit = ck_bf16_left_units()
        let stripStride = PanelMatrix.stripStride * unit
        team.blocks(of: panels, blockSize: PanelMatrix.panelsPerTask) { panels, scratch in
            let rounded = BFloat16Panels(panels.count, pairs: pairs, scratch, 0)
            // a's columns as the product reads them.
            let strip = UnsafeMutableRawPointer(scratch.buffer(1, count: pairs * stripStride).pointer)
                .assumingMemoryBound(to: UInt32.self)
            if let bias, !accumulating {
                (bias.pointer + panels.lowerBound * width).update(repeating: 0, count: panels.count * width)
            }
            for done in stride(from: 0, to: a.rows, by: PanelMatrix.gradientDepth) {
                let step = min(PanelMatrix.gradientDepth, a.rows - done)
                for (slot, p) in panels.enumerated() {
                    let from = d[done] + p * width
                    rounded[slot].set(from, stride: d.stride, rows: step)
                    if let bias { ck_add_column_sums(from, d.stride, bias.pointer + p * width, step, width) }
                }
                let isFirst = done == 0 && !accumulating
                for top in stride(from: 0, to: depth, by: PanelMatrix.gradientRows) {
                    let rows = min(PanelMatrix.gradientRows, depth - top)
                    ck_row_pairs_to_bf16_left(a[done] + top, a.stride, strip, stripStride, step, rows)
                    for (slot, p) in panels.enumerated() {
                        let to = panel(p) + top * width
                        ck_panel_product_bf16(
                            rows, PanelMatrix.pairs(step), strip, unit, stripStride, rounded[slot].units,
                            width, isFirst ? PanelMatrix.zeros.pointer : to, isFirst ? 0 : width, to, width)
                    }
                }
            }
        }
    }
}

/// Panels one after another in a thread's scratch memory.
private struct BFloat16Panels {
    private let memory: UnsafeMutablePointer<Float>
    private let pairs: Int

    init(_ count: Int, pairs: Int, _ scratch: Scratch, _ buffer: Int) {
        memory = scratch.buffer(buffer, count: count * pairs * PanelMatrix.panel).pointer
        self.pairs = pairs
    }

    subscript(index: Int) -> BFloat16Panel {
        BFloat16Panel(memory + index * pairs * PanelMatrix.panel, pairs: pairs)
    }
}
