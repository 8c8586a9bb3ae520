import CKernels

/// A matrix packed to be the right factor of products. Shape: [depth, columns].
///
/// Panel p holds columns 32p ..< 32p + 32 as [depth, 32] one row after another; the last panel is padded with zeros.
/// The product kernel then reads it from start to end. Every element of a product is one chain of multiply-adds over
/// the depth in rising order, so the bits of a row depend neither on the other rows nor on the number of threads.
package struct PanelMatrix: Sendable {
    package let depth: Int
    package let columns: Int
    /// Shape: [panels, depth, 32].
    package let storage: FloatBuffer

    /// Columns of a panel.
    package static let panel = Int(CK_PANEL)

    /// The rows and the depth done at once, so that the left factor's part stays in the second-level cache. (Measured at
    /// MiniLM's and BERT-base's sizes: depths of 512 to 1,024 are alike, 256 is slower; 112 rows are eight tiles of the
    /// widest kernel.)
    static let rowBlock = 112
    static let depthBlock = 768

    /// What a product without a bias starts from.
    static let zeros = FloatBuffer(count: panel)

    package static func padded(_ columns: Int) -> Int {
        (columns + panel - 1) / panel * panel
    }

    package var panels: Int { PanelMatrix.padded(columns) / PanelMatrix.panel }

    /// All zero.
    package init(depth: Int, columns: Int) {
        self.init(
            depth: depth, columns: columns,
            storage: FloatBuffer(count: PanelMatrix.padded(columns) * depth))
    }

    /// A matrix in memory that is there. Shape of the storage: [panels, depth, 32].
    package init(depth: Int, columns: Int, storage: FloatBuffer) {
        precondition(storage.count >= PanelMatrix.padded(columns) * depth)
        self.depth = depth
        self.columns = columns
        self.storage = storage
    }

    /// The transpose of `weight`, as a linear layer needs it: outputs become columns.
    /// - Parameter weight: Shape: [columns, depth].
    package init(transposing weight: UnsafeBufferPointer<Float>, columns: Int, depth: Int) {
        precondition(weight.count == columns * depth)
        self.init(
            depth: depth, columns: columns,
            storage: FloatBuffer(uninitialized: PanelMatrix.padded(columns) * depth))
        guard let base = weight.baseAddress else { return }
        for column in stride(from: 0, to: columns, by: PanelMatrix.panel) {
            pack(base + column * depth, at: column)
        }
    }

    /// The transpose of a matrix whose rows are asked for panel by panel, so that it is nowhere in memory as a whole.
    /// - Parameters:
    ///   - storage: Overwritten. Shape: [panels, depth, 32].
    ///   - read: Writes these rows of the matrix. Shape: [rows, depth].
    package init<Failure: Error>(
        depth: Int, columns: Int, storage: FloatBuffer,
        transposing read: (Range<Int>, UnsafeMutableBufferPointer<Float>) throws(Failure) -> Void
    ) throws(Failure) {
        self.init(depth: depth, columns: columns, storage: storage)
        let rows = FloatBuffer(uninitialized: PanelMatrix.panel * depth)
        for column in stride(from: 0, to: columns, by: PanelMatrix.panel) {
            let range = column..<min(columns, column + PanelMatrix.panel)
            try read(range, UnsafeMutableBufferPointer(rebasing: rows.values[..<(range.count * depth)]))
            pack(rows.pointer, at: column)
        }
    }

    /// Writes the panel of the columns from `column` on, which are rows of `weight`. Shape: [up to 32, depth].
    private func pack(_ weight: UnsafePointer<Float>, at column: Int) {
        ck_pack_transposed(
            weight, depth, min(PanelMatrix.panel, columns - column), depth, storage.pointer + column * depth)
    }

    /// The inverse of `init(transposing:)`. Shape: [columns, depth].
    package func transposed() -> [Float] {
        (0..<columns).flatMap { column in
            let (panel, lane) = column.quotientAndRemainder(dividingBy: PanelMatrix.panel)
            let from = storage.pointer + panel * depth * PanelMatrix.panel + lane
            return (0..<depth).map { from[$0 * PanelMatrix.panel] }
        }
    }

    /// c = a * self + bias, and then `activation` of it.
    ///
    /// - Parameters:
    ///   - a: Shape: [rows, depth].
    ///   - bias: Shape: [padded columns]; nil for none.
    ///   - c: Shape: [rows, columns]; its stride has room for whole panels, which are overwritten.
    ///   - activated: Where the activation goes: c itself, or as large.
    package func product(
        _ a: FloatRows, plus bias: FloatBuffer?, into c: FloatRows, activation: Activation? = nil,
        activated: FloatRows? = nil, _ team: Team
    ) {
        let activated = activated ?? c
        precondition(a.columns == depth && c.columns == columns && a.rows == c.rows)
        precondition(activated.columns == columns && activated.rows == c.rows)
        if let bias { precondition(bias.count >= PanelMatrix.padded(columns)) }
        precondition(c.stride >= PanelMatrix.padded(columns))
        team.blocks(of: panels, blockSize: PanelMatrix.panelsPerTask) { panels, _ in
            for top in stride(from: 0, to: a.rows, by: PanelMatrix.rowBlock) {
                let rows = top..<min(a.rows, top + PanelMatrix.rowBlock)
                product(
                    a[rows: rows], plus: bias, into: c[rows: rows], activation: activation,
                    activated: activated[rows: rows], panels: panels)
            }
        }
    }

    /// Panels a thread takes at once: some microseconds of work even for a single row.
    static let panelsPerTask = 6

    private func product(
        _ a: FloatRows, plus bias: FloatBuffer?, into c: FloatRows, activation: Activation?,
        activated: FloatRows, panels: Range<Int>
    ) {
        let start = (bias ?? PanelMatrix.zeros).pointer
        for done in stride(from: 0, to: depth, by: PanelMatrix.depthBlock) {
            let step = min(PanelMatrix.depthBlock, depth - done)
            for p in panels {
                let column = p * PanelMatrix.panel
                let to = c.pointer + column
                ck_panel_product(
                    a.rows, step, a.pointer + done, a.stride, 1, panel(p) + done * PanelMatrix.panel,
                    PanelMatrix.panel,
                    done == 0 ? UnsafePointer(start + (bias == nil ? 0 : column)) : UnsafePointer(to),
                    done == 0 ? 0 : c.stride, to, c.stride)
                if done + step == depth { activation?.apply(c, into: activated, column: column) }
            }
        }
    }

    /// Panel `index`. Shape: [depth, 32].
    func panel(_ index: Int) -> UnsafeMutablePointer<Float> {
        storage.pointer + index * depth * PanelMatrix.panel
    }
}
