/// What becomes of the delimiters at which a text is split.
package enum SplitBehavior: String, Sendable, CaseIterable {
    case removed = "Removed"
    case isolated = "Isolated"
    case mergedWithPrevious = "MergedWithPrevious"
    case mergedWithNext = "MergedWithNext"
    /// Neighbouring delimiters become one piece.
    case contiguous = "Contiguous"
}

/// Puts the stretches of a text, delimiters and what lies between, together to pieces.
struct PieceCollector {
    private(set) var ranges: [Range<Int>] = []
    private let behavior: SplitBehavior
    /// Where the pieces of this text begin in `ranges`.
    private var first = 0
    private var lastWasDelimiter = false
    private var hasEmpty = false

    /// - Parameter ranges: An array to use again; its contents go.
    init(_ behavior: SplitBehavior, reusing ranges: consuming [Range<Int>] = []) {
        self.behavior = behavior
        self.ranges = ranges
        self.ranges.removeAll(keepingCapacity: true)
    }

    /// A text follows that no piece of the texts before goes into.
    mutating func beginText() {
        first = ranges.count
        lastWasDelimiter = false
    }

    @inline(__always)
    mutating func add(_ range: Range<Int>, isDelimiter: Bool) {
        if range.isEmpty { hasEmpty = true }
        switch behavior {
        case .removed: if !isDelimiter { ranges.append(range) }
        case .isolated: ranges.append(range)
        case .mergedWithPrevious: append(range, extending: isDelimiter && !lastWasDelimiter)
        case .mergedWithNext: append(range, extending: !isDelimiter && lastWasDelimiter)
        case .contiguous: append(range, extending: isDelimiter == lastWasDelimiter)
        }
        lastWasDelimiter = isDelimiter
    }

    @inline(__always)
    private mutating func append(_ range: Range<Int>, extending: Bool) {
        if extending && ranges.count > first {
            ranges[ranges.count - 1] = ranges[ranges.count - 1].lowerBound..<range.upperBound
        } else {
            ranges.append(range)
        }
    }

    /// The pieces of all texts; empty ones are none.
    mutating func finish() -> [Range<Int>] {
        if hasEmpty { ranges.removeAll(where: \.isEmpty) }
        return ranges
    }
}
