/// SentencePiece's map of characters to what they become, as its files hold it: a trie in a double array, and the texts
/// that its values point at.
///
/// Characters are grapheme clusters. One of fewer than six bytes is looked up whole, any other code point by code point;
/// and of all keys that it begins with the shortest counts, as in the peer.
package struct PrecompiledMap: Sendable, Equatable {
    /// The units of the trie: label, offset and value in the bits that Darts gives them.
    private let units: [UInt32]
    /// Texts, each up to a NUL.
    private let texts: [UInt8]
    /// What becomes of each ASCII character alone: a range of `texts`, nil where it stays. Shape: [128].
    private var ascii: [Range<Int>?] = []

    /// - Parameter bytes: The length of the trie in bytes (4, little-endian), the trie, the texts.
    /// - Returns: nil where they are not so laid out.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count >= 4 else { return nil }
        func word(_ place: Int) -> UInt32 {
            (0..<4).reduce(0) { $0 | UInt32(bytes[place + $1]) << UInt32(8 * $1) }
        }
        let length = Int(word(0))
        guard length > 0, length % 4 == 0, length <= bytes.count - 4 else { return nil }
        units = stride(from: 4, to: 4 + length, by: 4).map(word)
        texts = Array(bytes[(4 + length)...])
        guard String(validating: texts, as: UTF8.self) != nil else { return nil }
        let single = (UInt8(0)..<128).map { self.text(of: [$0], 0..<1) }
        ascii = single
    }

    /// The text that stands for the shortest key that `bytes[range]` begins with.
    private func text(of bytes: [UInt8], _ range: Range<Int>) -> Range<Int>? {
        func offset(_ unit: UInt32) -> Int { Int(unit >> 10) << Int((unit & 1 << 9) >> 6) }
        var node = offset(units[0])
        for i in range {
            if bytes[i] == 0 { return nil }
            node ^= Int(bytes[i])
            guard node < units.count else { return nil }
            let unit = units[node]
            guard unit & (1 << 31 | 0xFF) == UInt32(bytes[i]) else { return nil }
            node ^= offset(unit)
            if unit >> 8 & 1 == 1 {
                guard node < units.count else { return nil }
                let start = Int(units[node] & ~(1 << 31))
                guard start < texts.count else { return nil }
                return start..<(texts[start...].firstIndex(of: 0) ?? texts.count)
            }
        }
        return nil
    }

    /// Appends the image of `bytes[range]` to `out`.
    func normalize(_ bytes: [UInt8], _ range: Range<Int>, into out: inout [UInt8]) {
        var start = range.lowerBound
        while start < range.upperBound {
            let isAlone =
                bytes[start] < 0x80 && (start + 1 == range.upperBound || bytes[start + 1] < 0x80)
                && bytes[start] != 0x0D
            if isAlone {
                if let text = ascii[Int(bytes[start])] {
                    out.append(contentsOf: texts[text])
                } else {
                    out.append(bytes[start])
                }
                start += 1
                continue
            }
            // Up to the second of two ASCII characters side by side, between which a cluster ends in any case.
            var end = start + 1
            while end < range.upperBound && !(bytes[end - 1] < 0x80 && bytes[end] < 0x80) { end += 1 }
            if bytes[end - 1] == 0x0D && end < range.upperBound && bytes[end] == 0x0A { end += 1 }
            var cluster = start
            for character in String(decoding: bytes[start..<end], as: UTF8.self) {
                let next = cluster + character.utf8.count
                append(bytes, cluster..<next, to: &out)
                cluster = next
            }
            start = end
        }
    }

    /// Appends the image of one cluster.
    private func append(_ bytes: [UInt8], _ cluster: Range<Int>, to out: inout [UInt8]) {
        if cluster.count < 6, let text = text(of: bytes, cluster) {
            return out.append(contentsOf: texts[text])
        }
        var position = cluster.lowerBound
        while position < cluster.upperBound {
            let next = UTF8Bytes.scalar(in: bytes, at: position, end: cluster.upperBound).next
            let one = position..<next
            if let text = text(of: bytes, one) {
                out.append(contentsOf: texts[text])
            } else {
                out.append(contentsOf: bytes[one])
            }
            position = next
        }
    }
}
