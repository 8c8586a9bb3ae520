import LinearAlgebra

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
    enum Start {
        /// A normal distribution around 0.
        case normal
        case constant(Float)
    }

    let start: Start

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
    var values = Parameter.nothing
    /// The numbers in fewer bits, which are then not trained.
    var reduced: Reduced?
    /// What reads rows of `values` when they are asked for; nil where all of them are in memory.
    var unread: TokenRows?
    /// Whether a matrix of bytes reads its inputs in more bits than a byte.
    let needsFineInputs: Bool
    /// Its place among the tensors, the tables or, if it is adapted, the adapters of a training; nil outside of one.
    var slot: Int?

    static let nothing = FloatBuffer(count: 0)

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
        unread?.readAllThereIs()
        return UnsafePointer(values.pointer)
    }

    /// Writes a row of a table of tokens.
    public func copy(row: Int, to: UnsafeMutablePointer<Float>) {
        if case .table(let table) = reduced { return table.copy(row: row, to: to) }
        if let unread { return unread.copy(row: row, to: to) }
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
        case nil: unread?.byteCount ?? values.count * MemoryLayout<Float>.size
        case .matrix(let matrix): matrix.byteCount
        case .table(let table): table.byteCount
        }
    }

    /// Other numbers in this parameter's layout, such as its gradient.
    func panels(in buffer: FloatBuffer) -> PanelMatrix {
        PanelMatrix(depth: shape[1].size, columns: shape[0].size, storage: buffer)
    }
}
