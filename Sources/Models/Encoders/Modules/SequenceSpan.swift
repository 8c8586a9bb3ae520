/// Where a sequence stands in the matrices of a pass.
public struct SequenceSpan: Sendable {
    /// Its rows among all tokens.
    public let tokens: Range<Int>
    /// Its rows among the tokens whose output is wanted.
    public let queries: Range<Int>

    public init(tokens: Range<Int>, queries: Range<Int>) {
        self.tokens = tokens
        self.queries = queries
    }
}
