import DeterministicWork
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
    /// Whether training changes it by a product of low rank alone, if it is not frozen.
    var isAdapted = false
    /// Whether its numbers were drawn at random, as the checkpoint has none.
    var isNew = false

    /// What new weights are drawn from.
    private enum Start {
        /// A normal distribution around 0.
        case normal
        case constant(Float)
    }

    private let start: Start

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

    /// Numbers in fewer bits than float32.
    enum Reduced: Sendable {
        case matrix(ReducedMatrix)
        case table(ReducedTable)
    }

    let layout: Layout
    /// The numbers, as products and sums read them; none where they are in fewer bits.
    private(set) var values = Parameter.nothing
    /// The numbers in fewer bits, which are then not trained.
    private(set) var reduced: Reduced?
    /// Whether a matrix of bytes reads its inputs in more bits than a byte.
    private let needsFineInputs: Bool
    /// Its place among the tensors, the tables or, if it is adapted, the adapters of a training; nil outside of one.
    var slot: Int?

    private static let nothing = FloatBuffer(count: 0)

    private init(
        shape: [Axis], decays: Bool, layout: Layout, start: Start = .normal, needsFineInputs: Bool = false
    ) {
        self.start = start
        self.needsFineInputs = needsFineInputs
        self.shape = shape
        self.decays = decays
        self.layout = layout
    }

    /// The weights of a linear layer. Shape: [outputs, inputs].
    /// - Parameter needsFineInputs: Whether int8 weights read their inputs in up to 16 bits, since few of those are so much larger
    ///   than the others that these would be lost.
    public static func matrix(outputs: Axis, inputs: Axis, needsFineInputs: Bool = false) -> Parameter {
        Parameter(
            shape: [outputs, inputs], decays: true, layout: .packed, needsFineInputs: needsFineInputs)
    }

    /// A vector that is added or multiplied, such as a bias. Shape: [count].
    /// - Parameter start: What its elements are before anything is learnt.
    public static func vector(_ count: Axis, startingAt start: Float = 0) -> Parameter {
        Parameter(shape: [count], decays: false, layout: .plain, start: .constant(start))
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
        precondition(reduced == nil, "numbers in fewer bits are read by `copy(row:to:)`")
        return UnsafePointer(values.pointer)
    }

    /// Writes a row of a table of tokens.
    public func copy(row: Int, to: UnsafeMutablePointer<Float>) {
        if case .table(let table) = reduced { return table.copy(row: row, to: to) }
        let columns = shape[1].size
        to.update(from: pointer + row * columns, count: columns)
    }

    /// The packed matrix, transposed. Shape: [inputs, outputs].
    package var panels: PanelMatrix { panels(in: values) }

    /// The packed matrix in fewer bits, transposed; nil where it is in float32. Shape: [inputs, outputs].
    package var reducedPanels: ReducedMatrix? {
        if case .matrix(let matrix) = reduced { matrix } else { nil }
    }

    /// Bytes in memory.
    package var byteCount: Int {
        switch reduced {
        case nil: values.count * MemoryLayout<Float>.size
        case .matrix(let matrix): matrix.byteCount
        case .table(let table): table.byteCount
        }
    }

    /// Other numbers in this parameter's layout, such as its gradient.
    func panels(in buffer: FloatBuffer) -> PanelMatrix {
        PanelMatrix(depth: shape[1].size, columns: shape[0].size, storage: buffer)
    }
}

// MARK: Reading and writing

extension Parameter {
    /// The numbers as a checkpoint has them; where they are in fewer bits, what those stand for. Shape: `shape`.
    public func checkpointValues() -> [Float] {
        switch reduced {
        case nil: return checkpointValues(in: values)
        case .matrix(let matrix): return matrix.transposed()
        case .table(let table):
            let (rows, columns) = (shape[0].size, shape[1].size)
            return [Float](unsafeUninitializedCapacity: rows * columns) { buffer, filled in
                filled = rows * columns
                guard let base = buffer.baseAddress else { return }
                for row in 0..<rows { table.copy(row: row, to: base + row * columns) }
            }
        }
    }

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

    /// Replaces the numbers by new ones: of a matrix or table drawn around 0, of a vector what it starts at.
    mutating func drawAnew(standardDeviation: Double, _ random: inout RandomStream) {
        switch start {
        case .normal:
            set((0..<count).map { _ in Float(random.nextNormal() * standardDeviation) })
        case .constant(let value): set(Array(repeating: value, count: count))
        }
    }

    private mutating func set(_ checkpoint: UnsafeBufferPointer<Float>) {
        reduced = nil
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

    /// The numbers of a matrix or a table of tokens in fewer bits; nil in float32, and of other tensors, which are small.
    private func reduced(_ checkpoint: UnsafeBufferPointer<Float>, to precision: Precision) -> Reduced? {
        switch layout {
        case .packed:
            ReducedMatrix(
                transposing: checkpoint, columns: shape[0].size, depth: shape[1].size, precision,
                fineInputs: needsFineInputs
            ).map { .matrix($0) }
        case .table: ReducedTable(checkpoint, columns: shape[1].size, precision).map { .table($0) }
        case .plain: nil
        }
    }

    /// Has the numbers in fewer bits, if they are a matrix' or a table's of tokens.
    mutating func reduce(to precision: Precision) {
        if precision == .f32 { return }
        let smaller = checkpointValues().withUnsafeBufferPointer { reduced($0, to: precision) }
        guard let smaller else { return }
        (reduced, values) = (smaller, Parameter.nothing)
    }

    /// Reads the numbers from a tensor of this shape.
    mutating func load(
        _ name: String, from weights: SafetensorsFolder, _ precision: Precision = .f32
    ) throws(SafetensorsError) {
        let sizes = shape.map(\.size)
        if precision != .f32 {
            reduced = try weights.withFloats(name, shape: sizes) { reduced($0, to: precision) }
            if reduced != nil { return }
        }
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
        precondition(reduced == nil, "numbers in fewer bits are not trained")
        if !isKnownUniquelyReferenced(&values) {
            let copy = FloatBuffer(uninitialized: values.count)
            copy.pointer.update(from: values.pointer, count: values.count)
            values = copy
        }
        return values.pointer
    }
}
