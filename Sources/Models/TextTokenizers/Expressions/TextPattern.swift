/// What a part of a tokenizer looks for in a text.
package enum TextPattern: Sendable, Equatable {
    /// Not empty.
    case literal([UInt8])
    case expression(Expression)
    /// GPT-2's expression, by hand: `BytePairWords`.
    case bytePairWords

    /// Calls `body` with every stretch of `bytes[range]` in order, those that match and those between.
    ///
    /// An empty match counts unless it touches the match before it.
    @inline(__always)
    package func forEachStretch(
        _ bytes: [UInt8], _ range: Range<Int>, _ memory: inout Expression.Memory,
        _ body: (_ stretch: Range<Int>, _ isMatch: Bool) -> Void
    ) {
        var done = range.lowerBound
        switch self {
        case .bytePairWords:
            BytePairWords.forEach(of: bytes, range) { body($0, true) }
            done = range.upperBound
        case .literal(let literal):
            while let match = Self.firstMatch(of: literal, in: bytes, done..<range.upperBound) {
                if done < match.lowerBound { body(done..<match.lowerBound, false) }
                body(match, true)
                done = match.upperBound
            }
        case .expression(let expression):
            var next = range.lowerBound
            var lastEnd = -1
            while next <= range.upperBound,
                let match = expression.firstMatch(bytes, range, from: next, &memory)
            {
                if match.isEmpty && match.lowerBound == lastEnd {
                    if next == range.upperBound { break }
                    next = UTF8Bytes.scalar(in: bytes, at: next, end: range.upperBound).next
                    continue
                }
                if done < match.lowerBound { body(done..<match.lowerBound, false) }
                body(match, true)
                (done, next, lastEnd) = (match.upperBound, match.upperBound, match.upperBound)
            }
        }
        if done < range.upperBound { body(done..<range.upperBound, false) }
    }

    private static func firstMatch(
        of literal: [UInt8], in bytes: [UInt8], _ range: Range<Int>
    ) -> Range<Int>? {
        var start = range.lowerBound
        while start + literal.count <= range.upperBound {
            if bytes[start] == literal[0], bytes[start..<start + literal.count].elementsEqual(literal) {
                return start..<start + literal.count
            }
            start += 1
        }
        return nil
    }
}
