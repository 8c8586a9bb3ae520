/// Splits normalized text as BERT does: at blanks, and around every punctuation sign, which is a word of its own.
enum BertSplitter {
    /// Calls `body` with the range of each word of `bytes[text]`, in order, until it returns false.
    @inline(__always)
    static func forEachWord(of bytes: [UInt8], _ text: Range<Int>, _ body: (Range<Int>) -> Bool) {
        let classes = CharacterClass.table
        let ascii = classes.ascii
        let splitting = CharacterClass([.whitespace, .punctuation])
        var wordStart = text.lowerBound
        var position = text.lowerBound
        while position < text.upperBound {
            var next = position + 1
            var kind: CharacterClass
            if bytes[position] < 0x80 {
                kind = CharacterClass(rawValue: ascii[Int(bytes[position])])
            } else {
                let scalar: UInt32
                (scalar, next) = UTF8Bytes.scalar(in: bytes, at: position, end: text.upperBound)
                kind = classes[scalar]
            }
            kind.formIntersection(splitting)
            if !kind.isEmpty {
                if wordStart < position, !body(wordStart..<position) { return }
                if kind.contains(.punctuation), !body(position..<next) { return }
                wordStart = next
            }
            position = next
        }
        if wordStart < text.upperBound { _ = body(wordStart..<text.upperBound) }
    }
}
