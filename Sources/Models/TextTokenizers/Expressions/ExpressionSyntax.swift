/// A part of a regular expression.
indirect enum ExpressionSyntax: Sendable {
    case empty
    case set(ScalarSet)
    case sequence([ExpressionSyntax])
    case alternatives([ExpressionSyntax])
    /// - max: nil where there is no limit.
    case repeated(ExpressionSyntax, min: Int, max: Int?, Repetition)
    /// What must follow, or must not.
    case lookahead(ExpressionSyntax, isNegative: Bool)
    /// Matched once and not tried again in another way.
    case atomic(ExpressionSyntax)
    case lineStart, lineEnd, textStart, textEnd

    enum Repetition: Sendable { case greedy, lazy, possessive }
}

/// Why an expression is not taken: it is malformed, or has a part that is not supported. Worded to follow "has".
package struct ExpressionFailure: Error, Equatable {
    package var reason: String
}
