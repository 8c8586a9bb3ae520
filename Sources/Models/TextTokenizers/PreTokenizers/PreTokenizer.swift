/// A step that cuts a normalized text into the pieces that a model cuts into tokens, or rewrites them for it.
package enum PreTokenizer: Sendable, Equatable {
    /// At blanks, and around punctuation (`BertSplitter`).
    case bert
    /// A space before every piece that does not begin with one (`add_prefix_space`).
    case prefixSpace
    /// Every byte as the letter that stands for it (`ByteLetters`).
    case byteLetters
    /// Spaces as a visible sign, with which pieces begin.
    case metaspace(Metaspace)
    /// Words (`\w+`) and what is neither word nor blank.
    case words
    case blanks
    case punctuation(SplitBehavior)
    case digits(SplitBehavior)
    case delimiter(UInt32)
    /// - isInverted: the pattern is what a piece looks like, not a delimiter.
    case split(TextPattern, SplitBehavior, isInverted: Bool)

    func apply(to pieces: inout Pieces) {
        switch self {
        case .bert:
            pieces.otherRanges.removeAll(keepingCapacity: true)
            for range in pieces.ranges {
                BertSplitter.forEachWord(of: pieces.bytes, range) {
                    pieces.otherRanges.append($0)
                    return true
                }
            }
            let first = pieces.ranges.first?.lowerBound
            swap(&pieces.ranges, &pieces.otherRanges)
            if pieces.ranges.first?.lowerBound != first { pieces.beginsText = false }
        case .prefixSpace:
            pieces.rewrite { bytes, range, out in
                if bytes[range.lowerBound] != UInt8(ascii: " ") { out.append(UInt8(ascii: " ")) }
                out.append(contentsOf: bytes[range])
            }
        case .byteLetters:
            pieces.rewrite { bytes, range, out in
                for i in range { ByteLetters.append(bytes[i], to: &out) }
            }
        case .metaspace(let metaspace): metaspace.apply(to: &pieces)
        case .words:
            pieces.split(.isolated) { bytes, range, collector in
                var start = range.lowerBound
                var isWord = false
                var position = start
                while position < range.upperBound {
                    let (scalar, next) = UTF8Bytes.scalar(in: bytes, at: position, end: range.upperBound)
                    let isBlank = CharacterClass.table[scalar].contains(.whitespace)
                    if isBlank || UnicodeMapping.isWord(scalar) != isWord {
                        if start < position { collector.add(start..<position, isDelimiter: false) }
                        start = isBlank ? next : position
                        if !isBlank { isWord.toggle() }
                    }
                    position = next
                }
                if start < range.upperBound {
                    collector.add(start..<range.upperBound, isDelimiter: false)
                }
            }
        case .blanks:
            pieces.split(.removed, at: { CharacterClass.table[$0].contains(.whitespace) })
        case .punctuation(let behavior):
            pieces.split(behavior, at: { CharacterClass.table[$0].contains(.punctuation) })
        case .digits(let behavior): pieces.split(behavior, at: UnicodeMapping.isNumeric)
        case .delimiter(let delimiter): pieces.split(.removed, at: { $0 == delimiter })
        case .split(let pattern, let behavior, let isInverted):
            var memory = Expression.Memory()
            swap(&memory, &pieces.memory)
            pieces.split(behavior) { bytes, range, collector in
                pattern.forEachStretch(bytes, range, &memory) { stretch, isMatch in
                    collector.add(stretch, isDelimiter: isMatch != isInverted)
                }
            }
            swap(&memory, &pieces.memory)
        }
    }
}

extension Pieces {
    /// Cuts every piece into those that `cut` gives a collector.
    @inline(__always)
    mutating func split(
        _ behavior: SplitBehavior, _ cut: ([UInt8], Range<Int>, inout PieceCollector) -> Void
    ) {
        let first = ranges.first?.lowerBound
        var spare: [Range<Int>] = []
        swap(&spare, &otherRanges)
        var collector = PieceCollector(behavior, reusing: consume spare)
        otherRanges = ranges
        for range in otherRanges {
            collector.beginText()
            cut(bytes, range, &collector)
        }
        ranges = collector.finish()
        if ranges.first?.lowerBound != first { beginsText = false }
    }

    /// Cuts at every code point for which `isDelimiter` holds.
    @inline(__always)
    mutating func split(_ behavior: SplitBehavior, at isDelimiter: (UInt32) -> Bool) {
        split(behavior) { bytes, range, collector in
            var start = range.lowerBound
            var position = start
            while position < range.upperBound {
                let (scalar, next) = UTF8Bytes.scalar(in: bytes, at: position, end: range.upperBound)
                if isDelimiter(scalar) {
                    if start < position { collector.add(start..<position, isDelimiter: false) }
                    collector.add(position..<next, isDelimiter: true)
                    start = next
                }
                position = next
            }
            if start < range.upperBound { collector.add(start..<range.upperBound, isDelimiter: false) }
        }
    }

    /// Puts what `append` makes of each piece in its place.
    @inline(__always)
    mutating func rewrite(_ append: ([UInt8], Range<Int>, inout [UInt8]) -> Void) {
        otherBytes.removeAll(keepingCapacity: true)
        for i in ranges.indices {
            let start = otherBytes.count
            append(bytes, ranges[i], &otherBytes)
            ranges[i] = start..<otherBytes.count
        }
        swap(&bytes, &otherBytes)
    }
}

extension PreTokenizer {
    var isBert: Bool { if case .bert = self { true } else { false } }
}
