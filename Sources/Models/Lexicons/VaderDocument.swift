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

    init(range: Range<Int>) {
        self.range = range
    }

    /// A word of small letters, A to Z alone.
    @inline(__always)
    init(smallLetters range: Range<Int>, _ known: VaderTerm?) {
        self.range = range
        if let known {
            term = known
            phraseWord = known.word
        }
    }
}

/// A text taken apart. One serves for many texts in turn, so that no memory is allocated for each.
struct VaderDocument {
    /// UTF-8 of the text; emoji replaced by their descriptions (upstream), wide white space by spaces.
    private(set) var bytes: [UInt8] = []
    private(set) var tokens: [VaderToken] = []
    /// The sentiments that are not 0, by position. Filled by the rules.
    var sentiments: [VaderSentiment] = []
    /// The first token that is the word "but".
    private(set) var firstBut: Int?
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
        firstBut = nil
        exclamations = 0
        questions = 0
        upperTokens = 0
        fillBytes(text, describingEmoji: variant == .upstream)
        let bytes = bytes
        bytes.withUnsafeBytes { splitWords(of: $0, variant: variant, terms: terms) }
    }

    private mutating func splitWords(
        of bytes: UnsafeRawBufferPointer, variant: Vader.Variant, terms: VaderTerms
    ) {
        let leastCount = variant == .upstream ? 1 : 2
        ByteTraits.ofBytes.withUnsafeBufferPointer { traits in
            var next = 0
            while next < bytes.count {
                // Most words are a few small letters and a space: then they are looked up at once.
                let word = ByteWord.load(bytes, from: next, to: min(next + 8, bytes.count))
                let count = ByteWord.leadingSmallLetters(word)
                if leastCount <= count, count < 8, ByteWord.byte(count, of: word) == UInt8(ascii: " ") {
                    let range = next..<next + count
                    let letters = ByteWord.first(count, of: word)
                    append(VaderToken(smallLetters: range, terms.find(bytes, in: range, word: letters)))
                    next += count + 1
                } else if traits[Int(bytes[next])].contains(.space) {
                    next += 1
                } else {
                    next = takeWord(at: next, of: bytes, traits, variant: variant, terms: terms)
                }
            }
        }
    }

    /// Takes the word that begins at `start`; returns where it ends.
    private mutating func takeWord(
        at start: Int, of bytes: UnsafeRawBufferPointer, _ traits: UnsafeBufferPointer<ByteTraits>,
        variant: Vader.Variant, terms: VaderTerms
    ) -> Int {
        var found = ByteTraits()
        var end = start
        while end < bytes.count {
            let byte = traits[Int(bytes[end])]
            if byte.contains(.space) { break }
            found.formUnion(byte)
            end += 1
        }
        let word = start..<end
        if !found.isDisjoint(with: .emphasis) {
            exclamations += bytes[word].count { $0 == UInt8(ascii: "!") }
            questions += bytes[word].count { $0 == UInt8(ascii: "?") }
        }
        let range =
            switch variant {
            case .upstream: upstreamToken(word, found)
            case .nltk: nltkToken(word, found)
            }
        if let range { append(token(range, of: bytes, found, variant: variant, terms: terms)) }
        return end
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
        if bytes.reduce(0, |) < 0x80 { return }
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
    private func upstreamToken(_ word: Range<Int>, _ found: ByteTraits) -> Range<Int> {
        if !found.contains(.punctuation) { return word }
        let inner = withoutPunctuation(word)
        return characters(in: inner, found) <= 2 ? word : inner
    }

    /// Quirk, punctuation (NLTK): tokens of one character are dropped. One mark or run of marks of a short list is
    /// taken off a token, before it or after it, if there is no other punctuation in it and two characters remain:
    /// "good!!" is "good", but "(good)", "good!!!!" and "'good'" stay as they are and are not in the lexicon.
    private func nltkToken(_ word: Range<Int>, _ found: ByteTraits) -> Range<Int>? {
        if characters(in: word, found) <= 1 { return nil }
        if !found.contains(.punctuation) { return word }
        let inner = withoutPunctuation(word)
        let before = word.lowerBound..<inner.lowerBound
        let after = inner.upperBound..<word.upperBound
        if before.isEmpty == after.isEmpty || characters(in: inner, found) <= 1 { return word }
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
    private func characters(in range: Range<Int>, _ found: ByteTraits) -> Int {
        if !found.contains(.wide) { return range.count }
        return bytes[range].count { !UTF8.isContinuation($0) }
    }

    /// - Parameter found: What the bytes of the word have, punctuation at its ends included.
    private func token(
        _ range: Range<Int>, of bytes: UnsafeRawBufferPointer, _ found: ByteTraits,
        variant: Vader.Variant, terms: VaderTerms
    ) -> VaderToken {
        var token = VaderToken(range: range)
        if !found.contains(.wide) || hasOnlyCaselessWideBytes(range) {
            token.isUpper = found.contains(.upper) && !found.contains(.lower)
            token.term = terms.find(bytes, in: range) ?? VaderTerm()
        } else {
            let text = text(of: token)
            token.isUpper = PythonText.isUpper(text)
            let lowercased = Array(PythonText.lowercased(text).utf8)
            token.term = lowercased.withUnsafeBytes { terms.find($0, in: $0.indices) } ?? VaderTerm()
        }
        if found.contains(.apostrophe) && hasContractedNot(range) { token.term.isNegation = true }
        let isSpelledLower = found.isDisjoint(with: [.wide, .upper])
        token.phraseWord = variant == .upstream || isSpelledLower ? token.term.word : .other
        return token
    }

    @inline(__always)
    private mutating func append(_ token: VaderToken) {
        if token.isUpper { upperTokens += 1 }
        if token.term.word == .but && firstBut == nil { firstBut = tokens.count }
        tokens.append(token)
    }

    /// Whether what is not ASCII is all of U+2000...U+203F, typographic punctuation: that has no case.
    private func hasOnlyCaselessWideBytes(_ range: Range<Int>) -> Bool {
        var next = range.lowerBound
        while next < range.upperBound {
            if bytes[next] < 0x80 {
                next += 1
            } else if bytes[next] == 0xE2 && bytes[next + 1] == 0x80 {
                next += 3
            } else {
                return false
            }
        }
        return true
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
