import CKernels
import Compute

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

    /// The depth done at once, so that the left factor's part stays in the second-level cache. (Measured on MiniLM's
    /// and BERT-base's sizes: 512 to 1,024 are alike, 256 is slower.)
    private static let depthBlock = 768

    package static func padded(_ columns: Int) -> Int {
        (columns + panel - 1) / panel * panel
    }

    package var panels: Int { PanelMatrix.padded(columns) / PanelMatrix.panel }

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
    ///   - parallel: Whether to share the panels among threads; no bit depends on it.
    package func product(
        _ a: FloatRows, plus bias: FloatBuffer, into c: FloatRows, activation: Activation? = nil,
        parallel: Bool = false
    ) {
        precondition(a.columns == depth && c.columns == columns && a.rows == c.rows)
        precondition(bias.count >= PanelMatrix.padded(columns) && c.stride >= PanelMatrix.padded(columns))
        if parallel && Threads.count > 1 {
            parallelBlocks(of: panels, blockSize: PanelMatrix.panelsPerTask) {
                product(a, plus: bias, into: c, activation: activation, panels: $0)
            }
        } else {
            product(a, plus: bias, into: c, activation: activation, panels: 0..<panels)
        }
    }

    /// Panels a thread takes at once: some microseconds of work even for a single row.
    private static let panelsPerTask = 6

    private func product(
        _ a: FloatRows, plus bias: FloatBuffer, into c: FloatRows, activation: Activation?, panels: Range<Int>
    ) {
        for done in stride(from: 0, to: depth, by: PanelMatrix.depthBlock) {
            let step = min(PanelMatrix.depthBlock, depth - done)
            for p in panels {
                let column = p * PanelMatrix.panel
                let to = c.pointer + column
                ck_panel_product(
                    a.rows, step, a.pointer + done, a.stride, 1,
                    storage.pointer + (p * depth + done) * PanelMatrix.panel, PanelMatrix.panel,
                    done == 0 ? UnsafePointer(bias.pointer + column) : UnsafePointer(to),
                    done == 0 ? 0 : c.stride, to, c.stride)
                if done + step == depth { activation?.apply(to, rows: c.rows, stride: c.stride) }
            }
        }
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

    /// In place, one panel wide.
    fileprivate func apply(_ x: UnsafeMutablePointer<Float>, rows: Int, stride: Int) {
        switch self {
        case .geluExact: ck_gelu_erf(x, rows, PanelMatrix.panel, stride)
        case .geluTanh: ck_gelu_tanh(x, rows, PanelMatrix.panel, stride)
        case .relu: ck_relu(x, rows, PanelMatrix.panel, stride)
        case .tanh: ck_tanh(x, rows, PanelMatrix.panel, stride)
        }
    }
}
