/// GPT-2's words, which RoBERTa and ModernBERT have too, found without a regular expression.
///
/// The expression is `expression`; as a whole it matches at every place, so a text is nothing but matches.
package enum BytePairWords {
    package static let expression =
        #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#

    private enum Kind: UInt8 { case other, letter, number, whitespace }

    /// Shape: [128].
    private static let ascii = (UInt32(0)..<128).map(slowKind)

    private static let letters = GeneralCategory.Set(named: "L")?.rawValue ?? 0
    private static let numbers = GeneralCategory.Set(named: "N")?.rawValue ?? 0

    private static func slowKind(_ scalar: UInt32) -> Kind {
        let category = GeneralCategory.table[scalar]
        if category & letters != 0 { return .letter }
        if category & numbers != 0 { return .number }
        return CharacterClass.table[scalar].contains(.whitespace) ? .whitespace : .other
    }

    /// Calls `body` with each word of `bytes[text]`, in order.
    @inline(__always)
    package static func forEach(of bytes: [UInt8], _ text: Range<Int>, _ body: (Range<Int>) -> Void) {
        let ascii = Self.ascii
        @inline(__always)
        func kind(_ position: Int) -> (kind: Kind, next: Int) {
            if bytes[position] < 0x80 { return (ascii[Int(bytes[position])], position + 1) }
            let (scalar, next) = UTF8Bytes.scalar(in: bytes, at: position, end: text.upperBound)
            return (slowKind(scalar), next)
        }
        var start = text.lowerBound
        while start < text.upperBound {
            if bytes[start] == UInt8(ascii: "'"),
                let end = contraction(bytes, start + 1, text.upperBound)
            {
                body(start..<end)
                start = end
                continue
            }
            var (first, end) = kind(start)
            if bytes[start] == UInt8(ascii: " "), end < text.upperBound {
                let (second, next) = kind(end)
                if second != .whitespace { (first, end) = (second, next) }
            }
            var last = start  // where the last code point of the run begins
            while end < text.upperBound {
                let (other, next) = kind(end)
                if other != first { break }
                (last, end) = (end, next)
            }
            // Of blanks before a word, the last goes with the word if it is a space, and is a word of its own if not.
            if first == .whitespace && end < text.upperBound && last > start { end = last }
            body(start..<end)
            start = end
        }
    }

    /// The end of an English contraction whose apostrophe is before `start`.
    private static func contraction(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int? {
        guard start < end else { return nil }
        switch bytes[start] {
        case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"): return start + 1
        case UInt8(ascii: "r"), UInt8(ascii: "v"):
            return start + 1 < end && bytes[start + 1] == UInt8(ascii: "e") ? start + 2 : nil
        case UInt8(ascii: "l"):
            return start + 1 < end && bytes[start + 1] == UInt8(ascii: "l") ? start + 2 : nil
        default: return nil
        }
    }
}
