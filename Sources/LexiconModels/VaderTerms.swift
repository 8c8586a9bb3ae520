/// What the rules know about a word.
struct VaderTerm: Sendable {
    /// The rating, if the word is in the lexicon.
    var valence = 0.0
    /// What the word adds to the intensity of the next ones: 0 unless it is a booster or, negative, a dampener.
    var boost = 0.0
    var isInLexicon = false
    var isNegation = false
    var word = RuleWord.other
}

/// A dictionary from lowercase words, as bytes, to what the rules know about them.
///
/// An open-addressing hash table: a token of a text is found by its bytes, without making a string of it.
struct VaderTerms: Sendable {
    private struct Slot: Sendable {
        /// The hash of the word, so that most other words are told apart without looking at their bytes.
        var hash: UInt32 = 0
        /// Index into `terms`; negative where the slot is free.
        var term: Int32 = -1
    }

    /// A power of two, at least half of them free.
    private var slots: [Slot]
    private var terms: [VaderTerm] = []
    /// The bytes of all words, and where in them each begins; the last start is the end of all.
    private var spellings: [UInt8] = []
    private var starts: [Int] = [0]
    private var longest = 0

    /// - Parameter capacity: The number of words that will be added at most.
    init(capacity: Int) {
        var size = 16
        while size < 2 * capacity { size *= 2 }
        slots = Array(repeating: Slot(), count: size)
        terms.reserveCapacity(capacity)
        starts.reserveCapacity(capacity + 1)
    }

    /// Changes what is known about a word, adding the word first if it is new.
    mutating func update(_ word: String, _ change: (inout VaderTerm) -> Void) {
        let start = spellings.count
        spellings += word.utf8
        let range = start..<spellings.count
        var hash = VaderTerms.emptyHash
        for i in range { hash = VaderTerms.hash(hash, spellings[i]) }
        let slot = slot(of: spellings, in: range, hash: hash) { $0 }
        if slots[slot].term < 0 {
            precondition(2 * terms.count < slots.count)
            slots[slot] = Slot(hash: UInt32(truncatingIfNeeded: hash >> 32), term: Int32(terms.count))
            terms.append(VaderTerm())
            starts.append(spellings.count)
            longest = max(longest, range.count)
        } else {
            spellings.removeLast(range.count)
        }
        change(&terms[Int(slots[slot].term)])
    }

    /// What is known about the word that the bytes in `range` are when A to Z are made small; nil for an unknown one.
    func find(_ bytes: [UInt8], in range: Range<Int>) -> VaderTerm? {
        if range.count > longest { return nil }
        var hash = VaderTerms.emptyHash
        for i in range { hash = VaderTerms.hash(hash, PythonText.lowercased(bytes[i])) }
        let term = slots[slot(of: bytes, in: range, hash: hash, folding: PythonText.lowercased)].term
        return term < 0 ? nil : terms[Int(term)]
    }

    /// The slot where these bytes are, or the free one where they belong.
    @inline(__always)
    private func slot(of bytes: [UInt8], in range: Range<Int>, hash: UInt64, folding: (UInt8) -> UInt8) -> Int
    {
        let mark = UInt32(truncatingIfNeeded: hash >> 32)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot].term >= 0 {
            if slots[slot].hash == mark {
                let term = Int(slots[slot].term)
                let start = starts[term]
                if starts[term + 1] - start == range.count,
                    range.allSatisfy({ spellings[start + $0 - range.lowerBound] == folding(bytes[$0]) })
                {
                    return slot
                }
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return slot
    }

    /// FNV-1a (Fowler, Noll and Vo), 64 bits.
    private static let emptyHash: UInt64 = 0xCBF2_9CE4_8422_2325
    private static func hash(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
        (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }
}

extension VaderTerms {
    /// The words of a lexicon and those that the rules of a variant name.
    init(lexicon: VaderLexicon, variant: Vader.Variant) {
        self.init(capacity: lexicon.entries.count + 250)
        for entry in lexicon.entries {
            update(entry.token) {
                $0.valence = entry.valence
                $0.isInLexicon = true
            }
        }
        func words(_ list: String) -> [String] { list.split(separator: " ").map(String.init) }
        let isUpstream = variant == .upstream
        for word in words(VaderConstants.negations) { update(word) { $0.isNegation = true } }
        for word in words(VaderConstants.boosters) + words(isUpstream ? VaderConstants.upstreamBoosters : "")
        {
            update(word) { $0.boost = VaderConstants.boost }
        }
        for word in words(VaderConstants.dampeners)
            + words(isUpstream ? VaderConstants.upstreamDampeners : "")
        {
            update(word) { $0.boost = -VaderConstants.boost }
        }
        for word in RuleWord.allCases where word != .other { update(word.spelling) { $0.word = word } }
    }
}
