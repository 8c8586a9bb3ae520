import LinearAlgebra

/// What linear layers read: rows, and the same in fewer bits where their weights are.
struct LinearInput {
    let rows: FloatRows
    /// Nil where weights are in float32.
    let reduced: ReducedRows?
}
