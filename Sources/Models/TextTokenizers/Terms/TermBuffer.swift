/// Where the terms of a text stand. One serves for many texts in turn, so that no memory is allocated for each.
public struct TermBuffer: Sendable {
    /// UTF-8 that holds every term.
    public private(set) var bytes: [UInt8] = []
    /// Each term's place in `bytes`; terms may overlap.
    public private(set) var terms: [Range<Int>] = []
    /// Where each unit of an n-gram starts or, shifted by one, ends.
    private var bounds: [Int] = []

    public init() {}

    mutating func read(_ text: [UInt8]) {
        bytes = text
        terms.removeAll(keepingCapacity: true)
    }

    // MARK: Words

    /// Each run of two or more word characters.
    mutating func findWords() {
        bytes.withUnsafeBufferPointer { bytes in
            var start = 0
            var length = 0
            var next = 0
            while next < bytes.count {
                let here = next
                if isWordCharacter(bytes, &next) {
                    if length == 0 { start = here }
                    length += 1
                } else {
                    if length >= 2 { terms.append(start..<here) }
                    length = 0
                }
            }
            if length >= 2 { terms.append(start..<bytes.count) }
        }
    }

    /// Whether the character at `next` belongs to a word; moves `next` past it.
    @inline(__always)
    private func isWordCharacter(_ bytes: UnsafeBufferPointer<UInt8>, _ next: inout Int) -> Bool {
        let byte = bytes[next]
        if byte < 0x80 {
            next += 1
            return (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10
                || byte == UInt8(ascii: "_")
        }
        return PythonCharacters.isWord(scalar(bytes, &next))
    }

    mutating func dropWords(in stopWords: TermTable) {
        bytes.withUnsafeBufferPointer { bytes in
            terms.removeAll { stopWords.contains(bytes, $0) }
        }
    }

    /// Replaces the words by their n-grams: words with one space between them.
    mutating func joinWords(_ range: ClosedRange<Int>) {
        var joined: [UInt8] = []
        joined.reserveCapacity(bytes.count + 1)
        var words: [Range<Int>] = []
        for word in terms {
            words.append(joined.count..<joined.count + word.count)
            joined += bytes[word]
            joined.append(UInt8(ascii: " "))
        }
        bytes = joined
        terms.removeAll(keepingCapacity: true)
        for n in stride(from: range.lowerBound, through: min(range.upperBound, words.count), by: 1) {
            for first in 0...words.count - n {
                terms.append(words[first].lowerBound..<words[first + n - 1].upperBound)
            }
        }
    }

    // MARK: Characters

    /// N-grams of all characters, runs of two and more white spaces taken for one space.
    mutating func findCharacters(_ range: ClosedRange<Int>) {
        collapseSpaces()
        findBounds(in: 0..<bytes.count)
        let count = bounds.count - 1
        for n in stride(from: range.lowerBound, through: min(range.upperBound, count), by: 1) {
            for first in 0...count - n { terms.append(bounds[first]..<bounds[first + n]) }
        }
    }

    /// N-grams of each word's characters, with a space before and after it. A word too short for an n-gram is a
    /// term as a whole, once.
    mutating func findCharactersInWords(_ range: ClosedRange<Int>) {
        var padded: [UInt8] = []
        padded.reserveCapacity(bytes.count + 16)
        var words: [Range<Int>] = []
        forEachRun { run, isSpace in
            if isSpace { return }
            let start = padded.count
            padded.append(UInt8(ascii: " "))
            padded += bytes[run]
            padded.append(UInt8(ascii: " "))
            words.append(start..<padded.count)
        }
        bytes = padded
        for word in words {
            findBounds(in: word)
            let count = bounds.count - 1
            for n in range {
                for first in 0...max(0, count - n) {
                    terms.append(bounds[first]..<bounds[min(count, first + n)])
                }
                if n >= count { break }
            }
        }
    }

    private mutating func collapseSpaces() {
        var collapsed: [UInt8] = []
        collapsed.reserveCapacity(bytes.count)
        forEachRun { run, isSpace in
            if isSpace && characterCount(run) >= 2 {
                collapsed.append(UInt8(ascii: " "))
            } else {
                collapsed += bytes[run]
            }
        }
        bytes = collapsed
    }

    /// Each longest run of white space or of other characters, in order.
    private func forEachRun(_ body: (_ run: Range<Int>, _ isSpace: Bool) -> Void) {
        bytes.withUnsafeBufferPointer { bytes in
            var start = 0
            var wasSpace = false
            var next = 0
            while next < bytes.count {
                let here = next
                let isSpace = PythonCharacters.isSpace(scalar(bytes, &next))
                if here > start && isSpace != wasSpace {
                    body(start..<here, wasSpace)
                    start = here
                }
                wasSpace = isSpace
            }
            if start < bytes.count { body(start..<bytes.count, wasSpace) }
        }
    }

    private func characterCount(_ range: Range<Int>) -> Int {
        bytes[range].reduce(0) { $0 + (isContinuation($1) ? 0 : 1) }
    }

    /// Sets `bounds` to where each character of `range` starts, and its end.
    private mutating func findBounds(in range: Range<Int>) {
        bounds.removeAll(keepingCapacity: true)
        for i in range where !isContinuation(bytes[i]) { bounds.append(i) }
        bounds.append(range.upperBound)
    }
}

/// Whether a byte of UTF-8 is not the first of its character.
@inline(__always)
private func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

/// The character that starts at `next`, in valid UTF-8; moves `next` past it.
@inline(__always)
private func scalar(_ bytes: UnsafeBufferPointer<UInt8>, _ next: inout Int) -> Unicode.Scalar {
    let first = UInt32(bytes[next])
    next += 1
    if first < 0x80 { return Unicode.Scalar(UInt8(first)) }
    var value = first < 0xE0 ? first & 0x1F : first < 0xF0 ? first & 0x0F : first & 0x07
    while next < bytes.count && isContinuation(bytes[next]) {
        value = value << 6 | UInt32(bytes[next] & 0x3F)
        next += 1
    }
    return Unicode.Scalar(value) ?? "\u{FFFD}"
}
