import LinearAlgebra

/// The norm of a token's vector plus its position's plus its type's.
public struct Embeddings: Module {
    /// Shape: [vocabulary, H].
    public var words: Parameter
    /// Shape: [positions, H].
    public var positions: Parameter
    /// Nil in a network without token types. Shape: [types, H].
    public var tokenTypes: Parameter?
    public var norm: LayerNorm
    private let typeCount: Axis?
    private let padding: Int?
    private let numbering: PositionNumbering

    /// What forward leaves for backward.
    public struct Activations: Sendable {
        /// What is normalised. Shape: [T, H].
        let sums: FloatRows
        /// The row of the position table of each token. Shape: [T].
        let positions: [Int]
        let dropout: Dropout?
    }

    /// - Parameters:
    ///   - hidden: H here: the width of the vectors, which a projection may bring to that of the layers.
    ///   - tokenTypes: Nil, or a size of 0, for none.
    ///   - padding: The token whose vector gets no gradient, as in PyTorch.
    public init(
        vocabulary: Axis, hidden: Axis, positions: Axis, tokenTypes: Axis?,
        epsilon: Float, padding: Int?, numbering: PositionNumbering = .fromZero
    ) {
        self.padding = padding
        self.numbering = numbering
        words = .tokenTable(vocabulary: vocabulary, columns: hidden, padding: padding)
        self.positions = .table(rows: positions, columns: hidden)
        typeCount = tokenTypes
        self.tokenTypes = tokenTypes.flatMap { $0.size > 0 ? .table(rows: $0, columns: hidden) : nil }
        norm = LayerNorm(width: hidden, epsilon: epsilon)
    }

    /// Under the names that BERT and its relatives have.
    public mutating func visit(_ visitor: ParameterVisitor) {
        visitor.visit("word_embeddings.weight", &words)
        visitor.visit("position_embeddings.weight", &positions)
        if var types = tokenTypes {
            tokenTypes = nil
            visitor.at("token_type_embeddings", because: typeCount).visit("weight", &types)
            tokenTypes = types
        }
        norm.visit(visitor.at("LayerNorm"))
    }

    /// x[t] = norm(words[id] + types[type] + positions[its number])
    /// - Returns: x. Shape: [T, H].
    public func forward(_ block: TokenBlock, _ pass: Pass) -> (output: FloatRows, activations: Activations) {
        pass.tableGradient(of: words)?.prepare(block.ids, pass.team)
        let H = norm.width
        let x = pass.rows(block.tokens, columns: H)
        let sums = pass.kept(block.tokens, columns: H) ?? x
        let numbers = numbering.rows(of: block, padding: padding)
        for (token, number) in numbers.enumerated() {
            let to = sums[token]
            let word = words.pointer + Int(block.ids[token]) * H
            let place = positions.pointer + number * H
            if let tokenTypes {
                let type = block.tokenTypes.isEmpty ? 0 : Int(block.tokenTypes[token])
                let kind = tokenTypes.pointer + type * H
                for i in 0..<H { to[i] = word[i] + kind[i] + place[i] }
            } else {
                for i in 0..<H { to[i] = word[i] + place[i] }
            }
        }
        norm.forward(sums, keeping: sums, into: x, pass)
        let dropout = pass.dropout(.hidden)
        dropout?.apply(x, firstRow: 0)
        return (x, Activations(sums: sums, positions: numbers, dropout: dropout))
    }

    /// x[t] = dropped(norm(words[id] + types[type] + positions[its number])): the gradient of the sum is added to the rows
    /// of all three. As in PyTorch, the row of a padding token gets none where its table has one.
    /// - Parameter d: dX; overwritten. Shape: [T, H].
    public func backward(_ block: TokenBlock, _ activations: Activations, gradient d: FloatRows, _ pass: Pass)
    {
        activations.dropout?.apply(d, firstRow: 0)
        norm.backward(activations.sums, gradient: d, pass)
        pass.tableGradient(of: words)?.add(block.ids, d, pass.team)
        pass.addRows(
            d, toGradientOf: positions, at: activations.positions,
            except: numbering == .afterPadding ? padding : nil)
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
