/// fastText's hashes of words and n-grams.
package enum NgramHash {
    /// FNV-1a of 32 bits, in which a byte counts as a signed number, as in fastText.
    package static func hash(_ bytes: some Sequence<UInt8>) -> UInt32 {
        var hash: UInt32 = 2_166_136_261
        for byte in bytes {
            hash ^= UInt32(bitPattern: Int32(Int8(bitPattern: byte)))
            hash = hash &* 16_777_619
        }
        return hash
    }

    /// The hash of the words so far, and one word more.
    package static func joined(_ hash: UInt64, _ word: UInt32) -> UInt64 {
        hash &* 116_049_371 &+ first(word)
    }

    /// The hash of a first word.
    package static func first(_ word: UInt32) -> UInt64 { UInt64(bitPattern: Int64(Int32(bitPattern: word))) }

    /// Calls `body` with the hash of each character n-gram of `<word>`, but of its first and last sign alone.
    package static func characterNgrams(
        of word: some Collection<UInt8>, _ lengths: ClosedRange<Int>, _ body: (UInt32) -> Void
    ) {
        let word = [UInt8(ascii: "<")] + word + [UInt8(ascii: ">")]
        func continues(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
        for start in word.indices where !continues(word[start]) {
            var (end, length) = (start, 1)
            while end < word.count && length <= lengths.upperBound {
                end += 1
                while end < word.count && continues(word[end]) { end += 1 }
                let isSign = length == 1 && (start == 0 || end == word.count)
                if length >= lengths.lowerBound && !isSign { body(hash(word[start..<end])) }
                length += 1
            }
        }
    }
}
