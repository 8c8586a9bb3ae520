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
/// An open-addressing hash table: a token of a text is found by its bytes, eight at a time, without making a string of
/// it.
struct VaderTerms: Sendable {
    private struct Slot: Sendable {
        /// The hash of the word, so that other words are told apart without looking at their bytes.
        var hash: UInt64 = 0
        /// Index into `terms`; negative where the slot is free.
        var term: Int32 = -1
    }

    /// A power of two, at least half of them free.
    private var slots: [Slot]
    /// A bit for each `filterBits` upper bits of a hash: whether some word has them. Most words of a text are told to
    /// be unknown by this alone, and it stays in a core's first cache where the slots do not.
    private var filter = [UInt64](repeating: 0, count: 1 << (VaderTerms.filterBits - 6))
    private var terms: [VaderTerm] = []
    /// The bytes of all words, and where in them each begins; the last start is the end of all.
    private var spellings: [UInt8] = []
    private var starts: [Int] = [0]

    /// - Parameter capacity: The number of words that will be added at most.
    init(capacity: Int) {
        var size = 16
        while size < 2 * capacity { size *= 2 }
        slots = Array(repeating: Slot(), count: size)
        terms.reserveCapacity(capacity)
        starts.reserveCapacity(capacity + 1)
    }

    /// Changes what is known about a word in small letters, adding the word first if it is new.
    ///
    /// A word with capitals A to Z is added where no search ends.
    mutating func update(_ word: String, _ change: (inout VaderTerm) -> Void) {
        let start = spellings.count
        spellings += word.utf8
        let range = start..<spellings.count
        let (hash, slot) = spellings.withUnsafeBytes { bytes in
            let hash = VaderTerms.hash(bytes, in: range) { $0 }
            return (hash, self.slot(of: bytes, in: range, hash: hash) { $0 })
        }
        if slots[slot].term < 0 {
            precondition(2 * terms.count < slots.count)
            slots[slot] = Slot(hash: hash, term: Int32(terms.count))
            let bit = hash >> UInt64(64 - VaderTerms.filterBits)
            filter[Int(bit / 64)] |= 1 << (bit % 64)
            terms.append(VaderTerm())
            starts.append(spellings.count)
        } else {
            spellings.removeLast(range.count)
        }
        change(&terms[Int(slots[slot].term)])
    }

    /// What is known about the word that the bytes in `range` are when A to Z are made small; nil for an unknown one.
    @inline(__always)
    func find(_ bytes: UnsafeRawBufferPointer, in range: Range<Int>) -> VaderTerm? {
        find(bytes, in: range, hash: VaderTerms.hash(bytes, in: range, folding: ByteWord.lowercased))
    }

    /// The same for a word of eight bytes at most that has no capitals, and is `word` as a number.
    @inline(__always)
    func find(_ bytes: UnsafeRawBufferPointer, in range: Range<Int>, word: UInt64) -> VaderTerm? {
        find(bytes, in: range, hash: VaderTerms.mix(UInt64(range.count), word) &* VaderTerms.hashFactor)
    }

    @inline(__always)
    private func find(_ bytes: UnsafeRawBufferPointer, in range: Range<Int>, hash: UInt64) -> VaderTerm? {
        let bit = hash >> UInt64(64 - VaderTerms.filterBits)
        if filter[Int(bit / 64)] >> (bit % 64) & 1 == 0 { return nil }
        let term = slots[slot(of: bytes, in: range, hash: hash, folding: ByteWord.lowercased)].term
        return term < 0 ? nil : terms[Int(term)]
    }

    @inline(__always)
    private static func hash(
        _ bytes: UnsafeRawBufferPointer, in range: Range<Int>, folding: (UInt64) -> UInt64
    ) -> UInt64 {
        var hash = UInt64(range.count)
        var next = range.lowerBound
        while next < range.upperBound {
            hash = mix(hash, folding(ByteWord.load(bytes, from: next, to: range.upperBound)))
            next += 8
        }
        return hash &* hashFactor
    }

    @inline(__always)
    private static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let product = (hash ^ word) &* hashFactor
        return product ^ product >> 32
    }

    /// The slot where these bytes are, or the free one where they belong.
    @inline(never)
    private func slot(
        of bytes: UnsafeRawBufferPointer, in range: Range<Int>, hash: UInt64, folding: (UInt64) -> UInt64
    ) -> Int {
        var slot = Int(truncatingIfNeeded: hash >> 16) & (slots.count - 1)
        while slots[slot].term >= 0 {
            if slots[slot].hash == hash, isSpelled(slots[slot].term, bytes, in: range, folding) { break }
            slot = (slot + 1) & (slots.count - 1)
        }
        return slot
    }

    /// Whether a term's word is these bytes.
    private func isSpelled(
        _ term: Int32, _ bytes: UnsafeRawBufferPointer, in range: Range<Int>, _ folding: (UInt64) -> UInt64
    ) -> Bool {
        let known = starts[Int(term)]..<starts[Int(term) + 1]
        if known.count != range.count { return false }
        return spellings.withUnsafeBytes { spellings in
            stride(from: 0, to: range.count, by: 8).allSatisfy {
                ByteWord.load(spellings, from: known.lowerBound + $0, to: known.upperBound)
                    == folding(ByteWord.load(bytes, from: range.lowerBound + $0, to: range.upperBound))
            }
        }
    }

    private static let filterBits = 16

    /// 2^64 divided by the golden ratio, made odd (Knuth, The Art of Computer Programming, volume 3, 6.4).
    private static let hashFactor: UInt64 = 0x9E37_79B9_7F4A_7C15
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
