import LinearAlgebra

/// The table of relative positions of a network with disentangled attention, which its layers share; normalised where it has
/// a norm.
package struct RelativeTable: Module {
    /// Shape: [2 S, H].
    package var table: Parameter
    package var norm: LayerNorm?
    let distances: RelativeDistances

    /// What forward leaves for backward.
    package struct Activations: Sendable {
        package let rows: RelativeRows
        /// The rows of the table. Shape: [R, H].
        let values: FloatRows
        /// norm(values). Shape: [R, H].
        package let output: FloatRows
    }

    /// - Parameter key: That of `config.json` that states half the rows.
    init(_ distances: RelativeDistances, key: String, hidden: Axis, normEpsilon: Float?) {
        self.distances = distances
        table = .table(rows: Axis(2 * distances.span, key: "2 * \(key)"), columns: hidden)
        norm = normEpsilon.map { LayerNorm(width: hidden, epsilon: $0) }
    }

    package mutating func visit(_ visitor: ParameterVisitor) {
        visitor.visit("rel_embeddings.weight", &table)
        visitor.visit("LayerNorm", &norm)
    }

    private var hidden: Int { table.shape[1].size }

    /// The rows that sequences up to a length read, R of them.
    package func forward(length: Int, _ pass: Pass) -> Activations {
        let rows = RelativeRows(distances, length: length)
        let values = pass.rows(rows.range.count, columns: hidden)
        for (row, place) in rows.range.enumerated() {
            values[row].update(from: table.pointer + place * hidden, count: hidden)
        }
        guard let norm else { return Activations(rows: rows, values: values, output: values) }
        let output = pass.kept(values.rows, columns: hidden) ?? values
        norm.forward(values, into: output, pass)
        return Activations(rows: rows, values: values, output: output)
    }

    /// output = norm(the rows of the table).
    /// - Parameter d: dOutput; overwritten. Shape: [R, H].
    package func backward(_ activations: Activations, gradient d: FloatRows, _ pass: Pass) {
        norm?.backward(activations.values, gradient: d, pass)
        pass.addGradient(of: table) { gradient in
            for (row, place) in activations.rows.range.enumerated() {
                let to = gradient + place * hidden
                for i in 0..<hidden { to[i] += d[row][i] }
            }
        }
    }
}
