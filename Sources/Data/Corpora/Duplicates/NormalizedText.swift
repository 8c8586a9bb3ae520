import Tables

/// A text in lower case with single spaces between its words, and the number of these: what makes two texts equal for
/// the counts of duplicates, conflicts and leaks.
struct NormalizedText {
    let text: String
    let wordCount: Int

    init(_ original: String) {
        let lower = original.lowercased()
        var words = 0
        // Written in one pass: an array of a long text's words would be many times the text.
        text = String(unsafeUninitializedCapacity: max(1, lower.utf8.count)) { buffer in
            var size = 0
            var isInWord = false
            for scalar in lower.unicodeScalars {
                if isWhiteSpace(scalar) {
                    isInWord = false
                    continue
                }
                if !isInWord {
                    if words > 0 {
                        buffer[size] = ASCII.space
                        size += 1
                    }
                    words += 1
                    isInWord = true
                }
                if scalar.value < 0x80 {
                    buffer[size] = UInt8(scalar.value)
                    size += 1
                } else {
                    for byte in scalar.utf8 {
                        buffer[size] = byte
                        size += 1
                    }
                }
            }
            return size
        }
        wordCount = words
    }
}
