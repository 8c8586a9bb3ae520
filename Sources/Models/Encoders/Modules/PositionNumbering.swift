/// The rows of the position table that a sequence's tokens have.
public enum PositionNumbering: Sendable {
    /// 0, 1, 2, ...
    case fromZero
    /// From the padding token's id + 1 on. A padding token in the sequence has the row of its id and is not counted.
    case afterPadding

    /// Rows of the table that no token of a sequence without padding has.
    func unusedRows(padding: Int?) -> Int {
        switch self {
        case .fromZero: 0
        case .afterPadding: (padding ?? -1) + 1
        }
    }

    /// The row of each token. Shape: [T].
    func rows(of block: TokenBlock, padding: Int?) -> [Int] {
        switch self {
        case .fromZero: return block.spans.flatMap { Array(0..<$0.tokens.count) }
        case .afterPadding:
            guard let padding else {
                preconditionFailure("positions after a padding token that is not there")
            }
            return block.spans.flatMap { span in
                var last = padding
                return block.ids[span.tokens].map { id in
                    if Int(id) == padding { return padding }
                    last += 1
                    return last
                }
            }
        }
    }
}
