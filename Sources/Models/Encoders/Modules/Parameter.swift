import LinearAlgebra
import TensorFiles

/// A tensor of a module's weights, which a checkpoint holds under a name.
///
/// A value: copies share their memory until one of them is written to. It has no memory until it is loaded or set.
public struct Parameter: Sendable {
    /// As the checkpoint has it.
    public let shape: [Axis]
    /// Whether weight decay applies to it: not to biases and LayerNorms.
    public let decays: Bool
    /// Whether training leaves it as it is.
    public internal(set) var isFrozen = false

    /// How the numbers lie in memory.
    enum Layout: Sendable {
        /// As the checkpoint has them, with room for whole panels.
        case plain
        /// The transposed matrix in panels, as products read it.
        case packed
        /// As the checkpoint has them, a row for each token, of which a step of training touches some; the padding token's
        /// row gets no gradient.
        case table(padding: Int?)
    }

    let layout: Layout
    private(set) var values = Parameter.nothing
    /// Its place among those that are trained; nil outside of a training.
    var slot: Int?

    private static let nothing = FloatBuffer(count: 0)

    private init(shape: [Axis], decays: Bool, layout: Layout) {
        self.shape = shape
        self.decays = decays
        self.layout = layout
    }

    /// The weights of a linear layer. Shape: [outputs, inputs].
    public static func matrix(outputs: Axis, inputs: Axis) -> Parameter {
        Parameter(shape: [outputs, inputs], decays: true, layout: .packed)
    }

    /// A vector that is added or multiplied, such as a bias. Shape: [count].
    public static func vector(_ count: Axis) -> Parameter {
        Parameter(shape: [count], decays: false, layout: .plain)
    }

    /// A table whose rows are added to vectors, such as those of positions. Shape: [rows, columns].
    /// - Parameter decays: Whether weight decay applies to it: not to what has `bias` in its name, as in `transformers`' `Trainer`.
    public static func table(rows: Axis, columns: Axis, decays: Bool = true) -> Parameter {
        Parameter(shape: [rows, columns], decays: decays, layout: .plain)
    }

    /// A table of token vectors, whose gradient is one of the rows that a step touches. Shape: [vocabulary, columns].
    /// - Parameter padding: The token whose row gets no gradient; nil for none.
    public static func tokenTable(vocabulary: Axis, columns: Axis, padding: Int?) -> Parameter {
        Parameter(shape: [vocabulary, columns], decays: true, layout: .table(padding: padding))
    }

    /// The number of elements.
    public var count: Int { shape.reduce(1) { $0 * $1.size } }

    /// The numbers in memory, with those that fill the last panels.
    var storedCount: Int {
        switch layout {
        case .packed: PanelMatrix.padded(shape[0].size) * shape[1].size
        case .plain, .table: PanelMatrix.padded(count)
        }
    }

    /// The start of its numbers, row by row. Never of a matrix of a linear layer, which is packed.
    public var pointer: UnsafePointer<Float> {
        if case .packed = layout { preconditionFailure("a packed matrix has no rows") }
        return UnsafePointer(values.pointer)
    }

    /// The packed matrix, transposed. Shape: [inputs, outputs].
    package var panels: PanelMatrix { panels(in: values) }

    /// Other numbers in this parameter's layout, such as its gradient.
    func panels(in buffer: FloatBuffer) -> PanelMatrix {
        PanelMatrix(depth: shape[1].size, columns: shape[0].size, storage: buffer)
    }
}

// MARK: Reading and writing

extension Parameter {
    /// The numbers as a checkpoint has them. Shape: `shape`.
    public func checkpointValues() -> [Float] { checkpointValues(in: values) }

    /// Other numbers in this parameter's layout, as a checkpoint has them. Shape: `shape`.
    package func checkpointValues(in buffer: FloatBuffer) -> [Float] {
        switch layout {
        case .packed: panels(in: buffer).transposed()
        case .plain, .table: Array(buffer.values[..<count])
        }
    }

    /// Replaces the numbers.
    /// - Parameter checkpoint: As a checkpoint has them. Shape: `shape`.
    public mutating func set(_ checkpoint: [Float]) {
        precondition(checkpoint.count == count)
        checkpoint.withUnsafeBufferPointer { set($0) }
    }

    private mutating func set(_ checkpoint: UnsafeBufferPointer<Float>) {
        switch layout {
        case .packed:
            values =
                PanelMatrix(transposing: checkpoint, columns: shape[0].size, depth: shape[1].size).storage
        case .plain, .table:
            let buffer = FloatBuffer(count: storedCount)
            _ = buffer.values.update(from: checkpoint)
            values = buffer
        }
    }

    /// Reads the numbers from a tensor of this shape.
    mutating func load(_ name: String, from weights: SafetensorsFolder) throws(SafetensorsError) {
        let sizes = shape.map(\.size)
        switch layout {
        case .packed:
            values = try weights.withFloats(name, shape: sizes) {
                PanelMatrix(transposing: $0, columns: sizes[0], depth: sizes[1]).storage
            }
        case .plain, .table:
            let buffer = FloatBuffer(uninitialized: storedCount)
            (buffer.pointer + count).update(repeating: 0, count: storedCount - count)
            try weights.copyFloats(name, shape: sizes, into: buffer.values)
            values = buffer
        }
    }

    /// Its numbers, in memory that no copy shares: to be written to while this parameter lives and is not copied.
    mutating func uniqueValues() -> UnsafeMutablePointer<Float> {
        if !isKnownUniquelyReferenced(&values) {
            let copy = FloatBuffer(uninitialized: values.count)
            copy.pointer.update(from: values.pointer, count: values.count)
            values = copy
        }
        return values.pointer
    }
}
