import LinearAlgebra

/// The norm of a token's vector plus its position's plus its type's. Vectors of another width E than the norm's, H, are
/// brought to it first, by a linear layer.
public struct Embeddings: Module {
    /// Shape: [vocabulary, E].
    public var words: Parameter
    /// Nil in a network that adds none. Shape: [positions, E].
    public var positions: Parameter?
    /// Nil in a network without token types. Shape: [types, E].
    public var tokenTypes: Parameter?
    /// E to H, without biases; nil where E is H.
    public var projection: Linear?
    public var norm: LayerNorm
    private let typeCount: Axis?
    private let padding: Int?
    private let numbering: PositionNumbering

    /// What forward leaves for backward.
    public struct Activations: Sendable {
        /// The sums of vectors. Shape: [T, E].
        let vectors: FloatRows
        /// What is normalised. Shape: [T, H].
        let sums: FloatRows
        /// The row of the position table of each token; empty without that table. Shape: [T] or [0].
        let positions: [Int]
        let dropout: Dropout?
    }

    /// - Parameters:
    ///   - hidden: H: the width of the result, which a projection after it may bring to that of the layers.
    ///   - width: E; by default H.
    ///   - positions: Nil where none are added.
    ///   - tokenTypes: Nil, or a size of 0, for none.
    ///   - padding: The token whose vector gets no gradient, as in PyTorch.
    public init(
        vocabulary: Axis, hidden: Axis, width: Axis? = nil, positions: Axis?, tokenTypes: Axis?,
        epsilon: Float, padding: Int?, numbering: PositionNumbering = .fromZero
    ) {
        self.padding = padding
        self.numbering = numbering
        let width = width ?? hidden
        words = .tokenTable(vocabulary: vocabulary, columns: width, padding: padding)
        self.positions = positions.map { .table(rows: $0, columns: width) }
        typeCount = tokenTypes
        self.tokenTypes = tokenTypes.flatMap { $0.size > 0 ? .table(rows: $0, columns: width) : nil }
        projection = width.size == hidden.size ? nil : Linear(inputs: width, outputs: hidden, hasBias: false)
        norm = LayerNorm(width: hidden, epsilon: epsilon)
    }

    /// Under the names that BERT and its relatives have.
    public mutating func visit(_ visitor: ParameterVisitor) {
        visitor.visit("word_embeddings.weight", &words)
        if var table = positions {
            positions = nil
            visitor.visit("position_embeddings.weight", &table)
            positions = table
        }
        if var types = tokenTypes {
            tokenTypes = nil
            visitor.at("token_type_embeddings", because: typeCount).visit("weight", &types)
            tokenTypes = types
        }
        visitor.visit("embed_proj", &projection)
        norm.visit(visitor.at("LayerNorm"))
    }

    /// E.
    private var width: Int { words.shape[1].size }

    /// x[t] = norm(projection(words[id] + types[type] + positions[its number]))
    /// - Returns: x. Shape: [T, H].
    public func forward(_ block: TokenBlock, _ pass: Pass) -> (output: FloatRows, activations: Activations) {
        pass.tableGradient(of: words)?.prepare(block.ids, pass.team)
        let x = pass.rows(block.tokens, columns: norm.width)
        let sums = pass.kept(block.tokens, columns: norm.width) ?? x
        let vectors = projection == nil ? sums : pass.rows(block.tokens, columns: width)
        let numbers = positions == nil ? [] : numbering.rows(of: block, padding: padding)
        add(block, numbers, into: vectors)
        projection?.forward(vectors, into: sums, pass)
        norm.forward(sums, keeping: sums, into: x, pass)
        let dropout = pass.dropout(.hidden)
        dropout?.apply(x, firstRow: 0)
        pass.embedded(x)
        return (x, Activations(vectors: vectors, sums: sums, positions: numbers, dropout: dropout))
    }

    /// vectors[t] = words[id] + types[type] + positions[its number]
    private func add(_ block: TokenBlock, _ numbers: [Int], into vectors: FloatRows) {
        let E = width
        for token in 0..<block.tokens {
            let to = vectors[token]
            words.copy(row: Int(block.ids[token]), to: to)
            if let tokenTypes {
                let kind =
                    tokenTypes.pointer + (block.tokenTypes.isEmpty ? 0 : Int(block.tokenTypes[token])) * E
                for i in 0..<E { to[i] += kind[i] }
            }
            if let positions {
                let place = positions.pointer + numbers[token] * E
                for i in 0..<E { to[i] += place[i] }
            }
        }
    }

    /// x[t] = dropped(norm(projection(words[id] + types[type] + positions[its number]))): the gradient of the sum is added to
    /// the rows of all three. As in PyTorch, the row of a padding token gets none where its table has one.
    /// - Parameter d: dX; overwritten. Shape: [T, H].
    public func backward(_ block: TokenBlock, _ activations: Activations, gradient d: FloatRows, _ pass: Pass)
    {
        pass.embedded(gradient: d)
        activations.dropout?.apply(d, firstRow: 0)
        norm.backward(activations.sums, gradient: d, pass)
        var d = d
        if let projection {
            let dVectors = pass.rows(d.rows, columns: width)
            projection.backward(activations.vectors, gradient: d, into: dVectors, pass)
            d = dVectors
        }
        pass.tableGradient(of: words)?.add(block.ids, d, pass.team)
        if let positions {
            pass.addRows(
                d, toGradientOf: positions, at: activations.positions,
                except: numbering == .afterPadding ? padding : nil)
        }
        if let tokenTypes {
            pass.addRows(
                d, toGradientOf: tokenTypes,
                at: block.tokenTypes.isEmpty
                    ? Array(repeating: 0, count: block.tokens) : block.tokenTypes.map { Int($0) })
        }
    }
}

extension Pass {
    /// Columns that a thread adds at once: whole cache lines.
    private static let columnBlock = 64

    /// The gradient of row `places[t]` += d[t], in the order of t.
    /// - Parameter padding: The row that gets none.
    fileprivate func addRows(
        _ d: FloatRows, toGradientOf parameter: Parameter, at places: [Int], except padding: Int? = nil
    ) {
        addGradient(of: parameter) { gradient in
            nonisolated(unsafe) let gradient = gradient
            team.blocks(of: d.columns, blockSize: Pass.columnBlock) { columns, _ in
                for (token, place) in places.enumerated() where place != padding {
                    let to = gradient + place * d.columns
                    let from = d[token]
                    for i in columns { to[i] += from[i] }
                }
            }
        }
    }
}
