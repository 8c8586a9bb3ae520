import LinearAlgebra

/// What linear layers read: rows, and the same in fewer bits where they multiply in those.
struct LinearInput {
    let rows: FloatRows
    /// Nil where they multiply in float32.
    let reduced: ReducedRows?
}
