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

    private init(depth: Int, columns: Int, storage: FloatBuffer) {
        precondition(storage.count >= PanelMatrix.padded(columns) * depth)
        self.depth = depth
        self.columns = columns
        self.storage = storage
    }

    /// A matrix of the same shape in other memory.
    package func with(_ storage: FloatBuffer) -> PanelMatrix {
        PanelMatrix(depth: depth, columns: columns, storage: storage)
    }

    /// The transpose of `weight`, as a linear layer needs it: outputs become columns.
    /// - Parameter weight: Shape: [columns, depth].
    package init(transposing weight: UnsafeBufferPointer<Float>, columns: Int, depth: Int) {
        precondition(weight.count == columns * depth)
        self.depth = depth
        self.columns = columns
        storage = FloatBuffer(count: PanelMatrix.padded(columns) * depth)
        guard let base = weight.baseAddress else { return }
        for column in stride(from: 0, to: columns, by: PanelMatrix.panel) {
            ck_pack_transposed(
                base + column * depth, depth, min(PanelMatrix.panel, columns - column), depth,
                storage.pointer + column * depth)
        }
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
    ///   - bias: Shape: [padded columns].
    ///   - c: Shape: [rows, columns]; its stride has room for whole panels, which are overwritten.
    ///   - activated: Where the activation goes: c itself, or as large.
    package func product(
        _ a: FloatRows, plus bias: FloatBuffer, into c: FloatRows, activation: Activation? = nil,
        activated: FloatRows? = nil, _ team: Team
    ) {
        let activated = activated ?? c
        precondition(a.columns == depth && c.columns == columns && a.rows == c.rows)
        precondition(activated.columns == columns && activated.rows == c.rows)
        precondition(bias.count >= PanelMatrix.padded(columns) && c.stride >= PanelMatrix.padded(columns))
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
        _ a: FloatRows, plus bias: FloatBuffer, into c: FloatRows, activation: Activation?,
        activated: FloatRows, panels: Range<Int>
    ) {
        for done in stride(from: 0, to: depth, by: PanelMatrix.depthBlock) {
            let step = min(PanelMatrix.depthBlock, depth - done)
            for p in panels {
                let column = p * PanelMatrix.panel
                let to = c.pointer + column
                ck_panel_product(
                    a.rows, step, a.pointer + done, a.stride, 1, panel(p) + done * PanelMatrix.panel,
                    PanelMatrix.panel, done == 0 ? UnsafePointer(bias.pointer + column) : UnsafePointer(to),
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

/// A function of single elements.
package enum Activation: Sendable, Equatable {
    /// x (1 + erf(x / √2)) / 2: Hugging Face's `gelu`.
    case geluExact
    /// x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2: Hugging Face's `gelu_new` and its other names.
    case geluTanh
    case relu
    case tanh

    /// Of one panel, from `column` on.
    fileprivate func apply(_ x: FloatRows, into y: FloatRows, column: Int) {
        let (from, to) = (x.pointer + column, y.pointer + column)
        switch self {
        case .geluExact: ck_gelu_erf(from, x.stride, to, y.stride, x.rows, PanelMatrix.panel)
        case .geluTanh: ck_gelu_tanh(from, x.stride, to, y.stride, x.rows, PanelMatrix.panel)
        case .relu: ck_relu(from, x.stride, to, y.stride, x.rows, PanelMatrix.panel)
        case .tanh: ck_tanh(from, x.stride, to, y.stride, x.rows, PanelMatrix.panel)
        }
    }

    /// dX = dY * the derivative at x, for `.tanh` taken from y = tanh x. All of one shape.
    /// - Parameter d: dY; overwritten with dX.
    package func backward(_ x: FloatRows, gradient d: FloatRows) {
        precondition(x.rows == d.rows && x.columns == d.columns)
        switch self {
        case .geluExact: ck_gelu_erf_backward(x.pointer, x.stride, d.pointer, d.stride, d.rows, d.columns)
        case .geluTanh: ck_gelu_tanh_backward(x.pointer, x.stride, d.pointer, d.stride, d.rows, d.columns)
        case .relu: ck_relu_backward(x.pointer, x.stride, d.pointer, d.stride, d.rows, d.columns)
        case .tanh: ck_tanh_backward(x.pointer, x.stride, d.pointer, d.stride, d.rows, d.columns)
        }
    }
}
