/// Finds added tokens in a text: of those that begin leftmost the longest, then on behind it.
struct AddedTokenFinder: Sendable {
    /// A part of the text: an added token, or (-1) what lies between.
    struct Part {
        var id: Int32
        var range: Range<Int>
    }

    private let trie: ByteTrie
    /// By value in the trie.
    private let tokens: [(token: AddedToken, id: Int32)]
    /// Whether any token begins with this byte. Shape: [256].
    private var beginsToken = [Bool](repeating: false, count: 256)

    var isEmpty: Bool { tokens.isEmpty }

    /// - Parameter patterns: what each token looks like in the text; of equal ones the first counts.
    init(_ tokens: [(token: AddedToken, id: Int32)], patterns: [[UInt8]]) {
        self.tokens = tokens
        var seen = Set<[UInt8]>()
        let distinct = patterns.enumerated().filter {
            !$0.element.isEmpty && seen.insert($0.element).inserted
        }
        trie = ByteTrie(distinct.map { (key: $0.element, value: Int32($0.offset)) })
        for pattern in distinct { beginsToken[Int(pattern.element[0])] = true }
    }

    /// Whether the text holds a byte that a token could begin with: a quick test, for most texts do not.
    @inline(__always)
    func mayOccur(in bytes: [UInt8], _ range: Range<Int>) -> Bool {
        for i in range where beginsToken[Int(bytes[i])] { return true }
        return false
    }

    /// The parts of `bytes[text]`, in order.
    ///
    /// As in the peer, a match that is refused (`isSingleWord`) still hides what it covers, and one that took blanks
    /// along does not hide a token that begins with them. A token of blanks that has `stripsLeft`, all of which the one
    /// before took along, is left out; where that one took further ones along, the peer stops with a panic instead.
    func parts(of bytes: [UInt8], _ text: Range<Int>) -> [Part] {
        var parts: [Part] = []
        var done = text.lowerBound
        var position = text.lowerBound
        while position < text.upperBound {
            guard beginsToken[Int(bytes[position])] else {
                position += 1
                continue
            }
            let match = trie.longestMatch(bytes, position..<text.upperBound, from: ByteTrie.root)
            guard match.value >= 0 else {
                position += 1
                continue
            }
            let found = position..<match.end
            position = match.end
            let (token, id) = tokens[Int(match.value)]
            if token.isSingleWord && touchesWord(bytes, found, in: text) { continue }
            var (start, end) = (found.lowerBound, found.upperBound)
            if token.stripsLeft { start = max(done, blanks(bytes, before: start, in: text)) }
            if token.stripsRight { end = blanks(bytes, after: end, in: text) }
            if start >= end { continue }
            let range = start..<end
            if done < range.lowerBound { parts.append(Part(id: -1, range: done..<range.lowerBound)) }
            parts.append(Part(id: id, range: range))
            done = range.upperBound
        }
        if done < text.upperBound { parts.append(Part(id: -1, range: done..<text.upperBound)) }
        return parts
    }

    private func touchesWord(_ bytes: [UInt8], _ range: Range<Int>, in text: Range<Int>) -> Bool {
        if let before = UTF8Bytes.scalar(in: bytes, before: range.lowerBound, from: text.lowerBound),
            UnicodeMapping.isWord(before.scalar)
        {
            return true
        }
        return range.upperBound < text.upperBound
            && UnicodeMapping.isWord(
                UTF8Bytes.scalar(in: bytes, at: range.upperBound, end: text.upperBound).scalar)
    }

    private func blanks(_ bytes: [UInt8], before end: Int, in text: Range<Int>) -> Int {
        var end = end
        while let before = UTF8Bytes.scalar(in: bytes, before: end, from: text.lowerBound),
            CharacterClass.table[before.scalar].contains(.whitespace)
        {
            end = before.start
        }
        return end
    }

    private func blanks(_ bytes: [UInt8], after start: Int, in text: Range<Int>) -> Int {
        var start = start
        while start < text.upperBound {
            let (scalar, next) = UTF8Bytes.scalar(in: bytes, at: start, end: text.upperBound)
            if !CharacterClass.table[scalar].contains(.whitespace) { break }
            start = next
        }
        return start
    }
}
