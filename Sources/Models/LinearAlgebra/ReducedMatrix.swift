/// A matrix in fewer bits than float32, packed to be the right factor of products. Shape: [depth, columns].
///
/// As with a `PanelMatrix`, the bits of a product's row depend neither on the other rows nor on the number of threads, nor, with
/// fused multiply-add, on the instructions.
package enum ReducedMatrix: Sendable {
    case bf16(BFloat16Matrix)
    case int8(Int8Matrix)

    /// The transpose of `weight`, as a linear layer needs it.
    /// - Parameters:
    ///   - weight: Shape: [columns, depth].
    ///   - fineInputs: Whether int8 weights read what they are multiplied with in 16 bits rather than 8.
    /// - Returns: Nil for float32.
    package init?(
        transposing weight: UnsafeBufferPointer<Float>, columns: Int, depth: Int, _ precision: Precision,
        fineInputs: Bool
    ) {
        switch precision {
        case .f32: return nil
        case .bf16: self = .bf16(BFloat16Matrix(transposing: weight, columns: columns, depth: depth))
        case .int8:
            self = .int8(
                Int8Matrix(transposing: weight, columns: columns, depth: depth, fineInputs: fineInputs))
        }
    }

    package var precision: Precision {
        switch self {
        case .bf16: .bf16
        case .int8: .int8
        }
    }

    /// How the left factor's rows are to stand.
    package var form: ReducedForm {
        switch self {
        case .bf16: .bf16
        case .int8(let matrix): .int8(planes: matrix.planes)
        }
    }

    /// Bytes in memory.
    package var byteCount: Int {
        switch self {
        case .bf16(let matrix): matrix.byteCount
        case .int8(let matrix): matrix.byteCount
        }
    }

    /// The numbers as they are stored. Shape: [columns, depth].
    package func transposed() -> [Float] {
        switch self {
        case .bf16(let matrix): matrix.transposed()
        case .int8(let matrix): matrix.transposed()
        }
    }

    /// c = a * self + bias, and then `activation` of it.
    /// - Parameters:
    ///   - a: In the form that `form` says. Shape: [rows, depth].
    ///   - bias: Shape: [padded columns]; nil for none.
    ///   - c: Shape: [rows, columns]; its stride has room for whole panels, which are overwritten.
    ///   - activated: Where the activation goes: c itself, or as large.
    package func product(
        _ a: ReducedRows, plus bias: FloatBuffer?, into c: FloatRows, activation: Activation? = nil,
        activated: FloatRows? = nil, _ team: Team
    ) {
        let activated = activated ?? c
        precondition(a.form == form && a.rows == c.rows)
        precondition(activated.columns == c.columns && activated.rows == c.rows)
        precondition(c.stride >= PanelMatrix.padded(c.columns))
        if let bias { precondition(bias.count >= PanelMatrix.padded(c.columns)) }
        let panels = PanelMatrix.padded(c.columns) / PanelMatrix.panel
        team.blocks(of: panels, blockSize: PanelMatrix.panelsPerTask) { panels, _ in
            for top in stride(from: 0, to: a.rows, by: PanelMatrix.rowBlock) {
                let rows = top..<min(a.rows, top + PanelMatrix.rowBlock)
                let (c, activated) = (c[rows: rows], activated[rows: rows])
                for p in panels {
                    switch self {
                    case .bf16(let matrix): matrix.product(a[rows: rows], plus: bias, into: c, panel: p)
                    case .int8(let matrix): matrix.product(a[rows: rows], plus: bias, into: c, panel: p)
                    }
                    activation?.apply(c, into: activated, column: p * PanelMatrix.panel)
                }
            }
        }
    }
}
