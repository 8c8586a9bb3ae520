import CKernels

// The two products that take a gradient back through c = a W + bias, where W is the matrix of panels.
extension PanelMatrix {
    /// c = a W: dA = dC Wᵀ.
    ///
    /// Each panel of Wᵀ is made where it is needed: a transposition within the cache, under 2% of the product's time.
    /// - Parameters:
    ///   - d: dC. Shape: [rows, columns].
    ///   - into: dA. Shape: [rows, depth]; its stride has room for whole panels, which are overwritten.
    ///   - accumulating: Whether dA is added to.
    package func backward(_ d: FloatRows, into a: FloatRows, accumulating: Bool, _ team: Team) {
        precondition(d.columns == columns && a.columns == depth && d.rows == a.rows)
        precondition(a.stride >= PanelMatrix.padded(depth))
        let width = PanelMatrix.panel
        team.blocks(of: PanelMatrix.padded(depth) / width, blockSize: PanelMatrix.panelsPerTask) {
            targets, scratch in
            let transposed = scratch.buffer(0, count: targets.count * panels * width * width).pointer
            for (slot, target) in targets.enumerated() {
                transpose(target, into: transposed + slot * panels * width * width)
            }
            for top in stride(from: 0, to: d.rows, by: PanelMatrix.rowBlock) {
                let rows = top..<min(d.rows, top + PanelMatrix.rowBlock)
                for done in stride(from: 0, to: columns, by: PanelMatrix.depthBlock) {
                    let step = min(PanelMatrix.depthBlock, columns - done)
                    for (slot, target) in targets.enumerated() {
                        let to = a[rows.lowerBound] + target * width
                        let isFirst = done == 0 && !accumulating
                        ck_panel_product(
                            rows.count, step, d[rows.lowerBound] + done, d.stride, 1,
                            transposed + (slot * panels * width + done) * width, width,
                            isFirst ? UnsafePointer(PanelMatrix.zeros.pointer) : UnsafePointer(to),
                            isFirst ? 0 : a.stride, to, a.stride)
                    }
                }
            }
        }
    }

    /// Rows 32 `target` ..< 32 `target` + 32 of the matrix as columns. Shape: [padded columns, 32].
    func transpose(_ target: Int, into transposed: UnsafeMutablePointer<Float>) {
        let width = PanelMatrix.panel
        let row = target * width
        if row + width <= depth {
            ck_transpose_panel(panel(0) + row * width, depth * width, panels, transposed)
        } else {
            transposed.update(repeating: 0, count: panels * width * width)
            for p in 0..<panels {
                for r in row..<depth {
                    for k in 0..<width {
                        transposed[(p * width + k) * width + r - row] = panel(p)[r * width + k]
                    }
                }
            }
        }
    }

    /// The tokens done at once, and the rows of the gradient: so that both factors' parts stay in the second-level cache.
    /// (84 rows are six tiles of the widest kernel and 14 of AVX2's.)
    static let gradientDepth = 256
    static let gradientRows = 84
    /// Floats from a token's part of a strip to the next one's: whole cache lines, so many that the addresses of a tile
    /// do not fall on the same sets of the first-level cache, as those of the activations themselves do.
    static let stripStride = 96

    /// c = a W + bias: dW = aᵀ dC, dBias = the sum of dC's rows; self is dW.
    ///
    /// - Parameters:
    ///   - a: Shape: [tokens, depth].
    ///   - d: dC. Shape: [tokens, columns], zero from there to the end of the last panel.
    ///   - bias: dBias. Shape: [padded columns]; nil where there is no bias.
    ///   - accumulating: Whether dW and dBias are added to.
    package func setGradient(
        _ a: FloatRows, _ d: FloatRows, bias: FloatBuffer?, accumulating: Bool, _ team: Team
    ) {
        precondition(a.columns == depth && d.columns == columns && a.rows == d.rows && a.rows > 0)
        if let bias { precondition(bias.count >= PanelMatrix.padded(columns)) }
        let width = PanelMatrix.panel
        team.blocks(of: panels, blockSize: PanelMatrix.panelsPerTask) { panels, scratch in
            let packed = scratch.buffer(0, count: panels.count * PanelMatrix.gradientDepth * width).pointer
            // a's columns as the product reads them, copied for all panels of the task: faster by a fifth.
            let strip = scratch.buffer(1, count: PanelMatrix.gradientDepth * PanelMatrix.stripStride).pointer
            if let bias, !accumulating {
                (bias.pointer + panels.lowerBound * width).update(repeating: 0, count: panels.count * width)
            }
            for done in stride(from: 0, to: a.rows, by: PanelMatrix.gradientDepth) {
                let step = min(PanelMatrix.gradientDepth, a.rows - done)
                for (slot, p) in panels.enumerated() {
                    let to = packed + slot * PanelMatrix.gradientDepth * width
                    ck_copy_panel(d[done] + p * width, d.stride, step, to)
                    if let bias { ck_add_column_sums(to, width, bias.pointer + p * width, step, width) }
                }
                let isFirst = done == 0 && !accumulating
                for top in stride(from: 0, to: depth, by: PanelMatrix.gradientRows) {
                    let rows = min(PanelMatrix.gradientRows, depth - top)
                    for token in 0..<step {
                        (strip + token * PanelMatrix.stripStride).update(
                            from: a[done + token] + top, count: rows)
                    }
                    for (slot, p) in panels.enumerated() {
                        let to = panel(p) + top * width
                        ck_panel_product(
                            rows, step, strip, 1, PanelMatrix.stripStride,
                            packed + slot * PanelMatrix.gradientDepth * width, width,
                            isFirst ? UnsafePointer(PanelMatrix.zeros.pointer) : UnsafePointer(to),
                            isFirst ? 0 : width, to, width)
                    }
                }
            }
        }
    }
}
