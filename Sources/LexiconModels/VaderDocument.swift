/// A token of a text, as far as the rules are concerned.
struct VaderToken {
    /// Where its bytes are in `VaderDocument.bytes`.
    var range: Range<Int>
    /// What is known about the word in lower case.
    var term = VaderTerm()
    /// The word as phrases ("kiss of death", "never so") see it. NLTK compares those with their case, so there a
    /// word with capitals is `.other`.
    var phraseWord = RuleWord.other
    /// Written in capitals.
    var isUpper = false
}

/// A text taken apart. One serves for many texts in turn, so that no memory is allocated for each.
struct VaderDocument {
    /// UTF-8 of the text; emoji replaced by their descriptions (upstream), wide white space by spaces.
    private(set) var bytes: [UInt8] = []
    private(set) var tokens: [VaderToken] = []
    /// The sentiments that are not 0, by position. Filled by the rules.
    var sentiments: [VaderSentiment] = []
    private(set) var exclamations = 0
    private(set) var questions = 0
    private var upperTokens = 0

    /// Whether some tokens, but not all, are in capitals; only then do capitals count.
    var capitalsDiffer: Bool { 0 < upperTokens && upperTokens < tokens.count }

    /// The spelling of a token.
    func text(of token: VaderToken) -> String { String(decoding: bytes[token.range], as: UTF8.self) }

    /// Takes `text` apart the way `variant` does.
    mutating func read(_ text: String, variant: Vader.Variant, terms: VaderTerms) {
        tokens.removeAll(keepingCapacity: true)
        sentiments.removeAll(keepingCapacity: true)
        exclamations = 0
        questions = 0
        upperTokens = 0
        fillBytes(text, describingEmoji: variant == .upstream)

        var next = 0
        while next < bytes.count {
            if PythonText.isSpace(bytes[next]) {
                next += 1
                continue
            }
            let start = next
            var shape = Shape()
            while next < bytes.count, !PythonText.isSpace(bytes[next]) {
                shape.add(bytes[next])
                next += 1
            }
            exclamations += shape.exclamations
            questions += shape.questions
            let range =
                variant == .upstream
                ? upstreamToken(start..<next, shape: shape) : nltkToken(start..<next, shape: shape)
            if let range { append(range, shape: shape, variant: variant, terms: terms) }
        }
    }

    /// What a look at the bytes of a token tells.
    private struct Shape {
        var hasUpper = false
        var hasLower = false
        var hasApostrophe = false
        var isASCII = true
        var exclamations = 0
        var questions = 0

        @inline(__always)
        mutating func add(_ byte: UInt8) {
            if PythonText.isLower(byte) {
                hasLower = true
            } else if PythonText.isUpper(byte) {
                hasUpper = true
            } else if byte == UInt8(ascii: "'") {
                hasApostrophe = true
            } else if byte == UInt8(ascii: "!") {
                exclamations += 1
            } else if byte == UInt8(ascii: "?") {
                questions += 1
            } else if byte >= 0x80 {
                isASCII = false
            }
        }
    }

    // MARK: Text to bytes

    /// Sets `bytes`.
    ///
    /// Quirk, emoji (upstream): each code point of the emoji table becomes its description, with a space before it
    /// but none after it, so "😂wow" reads "... tears of joywow", and the variation selector that often follows a
    /// heart sticks to "heart" and hides it. Sequences of code points are never found as such. A description may
    /// bring capitals and exclamation marks: 🔛 is "ON! arrow".
    private mutating func fillBytes(_ text: String, describingEmoji: Bool) {
        bytes.removeAll(keepingCapacity: true)
        bytes.append(contentsOf: text.utf8)
        if bytes.allSatisfy({ $0 < 0x80 }) { return }
        bytes.removeAll(keepingCapacity: true)
        for scalar in text.unicodeScalars {
            if scalar.isASCII {
                bytes.append(UInt8(truncatingIfNeeded: scalar.value))
            } else if PythonText.isWideSpace(scalar) {
                bytes.append(UInt8(ascii: " "))
            } else if describingEmoji, let description = EmojiDescriptions.published[scalar.value] {
                bytes.append(UInt8(ascii: " "))
                bytes.append(contentsOf: description.utf8)
            } else {
                bytes.append(contentsOf: scalar.utf8)
            }
        }
    }

    // MARK: Bytes to tokens

    /// Quirk, punctuation (upstream): all of it is stripped at both ends, unless two characters or fewer would be
    /// left: then it stays, as in ":D" but also in "no," and "ok!", which are therefore not in the lexicon.
    private func upstreamToken(_ word: Range<Int>, shape: Shape) -> Range<Int> {
        let inner = withoutPunctuation(word)
        return characters(in: inner, shape: shape) <= 2 ? word : inner
    }

    /// Quirk, punctuation (NLTK): tokens of one character are dropped. One mark or run of marks of a short list is
    /// taken off a token, before it or after it, if there is no other punctuation in it and two characters remain:
    /// "good!!" is "good", but "(good)", "good!!!!" and "'good'" stay as they are and are not in the lexicon.
    private func nltkToken(_ word: Range<Int>, shape: Shape) -> Range<Int>? {
        if characters(in: word, shape: shape) <= 1 { return nil }
        let inner = withoutPunctuation(word)
        let before = word.lowerBound..<inner.lowerBound
        let after = inner.upperBound..<word.upperBound
        if before.isEmpty == after.isEmpty || characters(in: inner, shape: shape) <= 1 { return word }
        if bytes[inner].contains(where: PythonText.isPunctuation) { return word }
        return isRemovable(bytes[before.isEmpty ? after : before]) ? inner : word
    }

    /// The marks that NLTK takes off a word.
    private func isRemovable(_ marks: ArraySlice<UInt8>) -> Bool {
        VaderDocument.removableMarks.contains { $0.elementsEqual(marks) }
    }

    private static let removableMarks = [
        ".", "!", "?", ",", ";", ":", "-", "'", "\"", "!!", "!!!", "??", "???", "?!?", "!?!", "?!?!", "!?!?",
    ].map { Array($0.utf8) }

    private func withoutPunctuation(_ word: Range<Int>) -> Range<Int> {
        var start = word.lowerBound
        var end = word.upperBound
        while start < end, PythonText.isPunctuation(bytes[start]) { start += 1 }
        while start < end, PythonText.isPunctuation(bytes[end - 1]) { end -= 1 }
        return start..<end
    }

    /// How many code points.
    private func characters(in range: Range<Int>, shape: Shape) -> Int {
        if shape.isASCII { return range.count }
        return bytes[range].count { !UTF8.isContinuation($0) }
    }

    private mutating func append(_ range: Range<Int>, shape: Shape, variant: Vader.Variant, terms: VaderTerms)
    {
        var token = VaderToken(range: range)
        if shape.isASCII {
            token.isUpper = shape.hasUpper && !shape.hasLower
            token.term = terms.find(bytes, in: range) ?? VaderTerm()
        } else {
            let text = text(of: token)
            token.isUpper = PythonText.isUpper(text)
            let lowercased = Array(PythonText.lowercased(text).utf8)
            token.term = terms.find(lowercased, in: lowercased.indices) ?? VaderTerm()
        }
        if shape.hasApostrophe && hasContractedNot(range) { token.term.isNegation = true }
        let isSpelledLower = shape.isASCII && !shape.hasUpper
        token.phraseWord = variant == .upstream || isSpelledLower ? token.term.word : .other
        if token.isUpper { upperTokens += 1 }
        tokens.append(token)
    }

    /// Whether "n't" is anywhere in the word, whatever the case.
    private func hasContractedNot(_ range: Range<Int>) -> Bool {
        guard range.count >= 3 else { return false }
        for i in range.lowerBound + 1..<range.upperBound - 1 where bytes[i] == UInt8(ascii: "'") {
            if PythonText.lowercased(bytes[i - 1]) == UInt8(ascii: "n")
                && PythonText.lowercased(bytes[i + 1]) == UInt8(ascii: "t")
            {
                return true
            }
        }
        return false
    }
}
