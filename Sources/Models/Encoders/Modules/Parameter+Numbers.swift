import DeterministicWork
import LinearAlgebra
import TensorFiles

// How a parameter gets its numbers and gives them.
extension Parameter {
    /// The numbers as a checkpoint has them; where they are in fewer bits, what those stand for. Shape: `shape`.
    public func checkpointValues() -> [Float] {
        switch reduced {
        case nil:
            unread?.readAllThereIs()
            return checkpointValues(in: values)
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
        (reduced, unread) = (nil, nil)
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
        (reduced, values, unread) = (smaller, Parameter.nothing, nil)
    }

    /// Reads what is still in its file.
    func readAll() throws(SafetensorsError) { try unread?.readAll() }

    /// Reads the numbers from a tensor of this shape.
    /// - Parameter place: Memory for those of a packed matrix; nil for memory of its own. Shape: [storedCount].
    mutating func load(
        _ name: String, from weights: SafetensorsFolder, _ loading: WeightLoading = .init(),
        into place: FloatBuffer? = nil
    ) throws(SafetensorsError) {
        let (precision, sizes) = (loading.precision, shape.map(\.size))
        if precision != .f32 {
            reduced = try weights.withFloats(name, shape: sizes) { reduced($0, to: precision) }
            if reduced != nil { return }
        }
        switch layout {
        case .packed:
            values = try packed(name, from: weights, into: place)
        case .table where loading.keepsNumbers:
            guard let rows = try weights.rows(name, shape: sizes) else { fallthrough }
            let table = TokenRows(rows, storedCount: storedCount)
            (values, unread) = (table.values, table)
        case .plain, .table:
            let buffer = FloatBuffer(uninitialized: storedCount)
            (buffer.pointer + count).update(repeating: 0, count: storedCount - count)
            try weights.copyFloats(name, shape: sizes, into: buffer.values)
            values = buffer
        }
    }

    /// A matrix in panels, which is packed panel by panel as it is read.
    private func packed(
        _ name: String, from weights: SafetensorsFolder, into place: FloatBuffer?
    ) throws(SafetensorsError) -> FloatBuffer {
        let (columns, depth) = (shape[0].size, shape[1].size)
        guard let rows = try weights.rows(name, shape: [columns, depth]) else {
            return try weights.withFloats(name, shape: [columns, depth]) {
                PanelMatrix(transposing: $0, columns: columns, depth: depth).storage
            }
        }
        return try PanelMatrix(
            depth: depth, columns: columns, storage: place ?? FloatBuffer(uninitialized: storedCount)
        ) { range, buffer throws(SafetensorsError) in
            try rows.copy(range, into: buffer)
        }.storage
    }

    /// Its numbers, in memory that no copy shares: to be written to while this parameter lives and is not copied.
    mutating func uniqueValues() -> UnsafeMutablePointer<Float> {
        precondition(reduced == nil, "numbers in fewer bits are not trained")
        unread?.readAllThereIs()
        unread = nil
        if !isKnownUniquelyReferenced(&values) {
            let copy = FloatBuffer(uninitialized: values.count)
            copy.pointer.update(from: values.pointer, count: values.count)
            values = copy
        }
        return values.pointer
    }
}
