/// Byte-pair encoding (Sennrich et al. 2016): a word begins as its characters, and of the pairs beside each other the
/// one that was learnt first is joined, the leftmost of equals, until none is left that was learnt.
package struct BytePairModel: Sendable {
    /// What a file says of it, besides vocabulary and merges.
    package struct Rules: Sendable, Equatable {
        /// For characters that the vocabulary lacks; nil where they are left out.
        package var unknown: String?
        /// Unknown characters side by side are one token.
        package var fusesUnknown = false
        /// Unknown characters become the tokens of their bytes (`<0x0A>`), where there are those.
        package var hasByteFallback = false
        /// A word that is a token is one, whatever the merges would make of it.
        package var ignoresMerges = false
        /// What a character that does not begin a word begins with in the vocabulary.
        package var continuationPrefix = ""
        /// What the last character of a word ends with in the vocabulary.
        package var wordSuffix = ""

        package init() {}
    }

    /// A merge that cannot be: the token that it lacks.
    struct UnknownToken: Error { var token: String }

    private let rules: Rules
    private let unknown: Int32
    /// Every token, for words that are one.
    private let trie: ByteTrie
    /// Whether the word that is written like a token becomes that token. Shape: [tokens].
    private var isWhole: [Bool]
    private let characters: CharacterIDs
    private let merges: PairTable
    /// As of `VocabularyIDs.ofBytes`; nil without byte fallback.
    private let byteIDs: [Int32]?

    /// Work space that is used again from word to word.
    struct Memory: Sendable {
        fileprivate var symbols: [Int32] = []
        /// The rank of each symbol's pair with the next. Shape: [symbols].
        fileprivate var ranks: [UInt32] = []
        fileprivate var long = LongWord()
    }

    /// - Parameters:
    ///   - tokens: By id; empty for an id without a token.
    ///   - merges: The first learnt first; of equal ones the last counts.
    init(
        tokens: [String], merges: [(String, String)], rules: Rules
    ) throws(UnknownToken) {
        let ids = VocabularyIDs(tokens)
        func id(_ token: [UInt8]) throws(UnknownToken) -> Int32 {
            guard let id = ids[token] else {
                throw UnknownToken(token: String(decoding: token, as: UTF8.self))
            }
            return id
        }
        var table = PairTable(capacity: merges.count)
        for (rank, (left, right)) in merges.enumerated() {
            let (left, right) = (Array(left.utf8), Array(right.utf8))
            let joined = left + right.dropFirst(rules.continuationPrefix.utf8.count)
            table.set(try id(left), try id(right), rank: UInt32(rank), joined: try id(joined))
        }
        self.rules = rules
        self.merges = table
        unknown = try rules.unknown.map { token throws(UnknownToken) in try id(Array(token.utf8)) } ?? -1
        trie = ids.trie
        byteIDs = rules.hasByteFallback ? ids.ofBytes : nil
        characters = CharacterIDs(ids, prefix: rules.continuationPrefix, suffix: rules.wordSuffix)
        isWhole = [Bool](repeating: rules.ignoresMerges, count: tokens.count)
        if rules.ignoresMerges { return }
        var memory = Memory()
        var found: [Int32] = []
        for (id, token) in tokens.enumerated() where !token.isEmpty {
            let bytes = Array(token.utf8)
            found.removeAll(keepingCapacity: true)
            merge(bytes, bytes.indices, to: &found, &memory)
            isWhole[id] = found.count == 1 && found[0] == Int32(id)
        }
    }

    func append(_ bytes: [UInt8], _ word: Range<Int>, to ids: inout [Int32], _ memory: inout Memory) {
        let match = trie.longestMatch(bytes, word, from: ByteTrie.root)
        if match.value >= 0 && match.end == word.upperBound && isWhole[Int(match.value)] {
            return ids.append(match.value)
        }
        merge(bytes, word, to: &ids, &memory)
    }

    /// Longer words, in symbols, are joined through a queue.
    private static let longWord = 48

    private func merge(
        _ bytes: [UInt8], _ word: Range<Int>, to ids: inout [Int32], _ memory: inout Memory
    ) {
        memory.symbols.removeAll(keepingCapacity: true)
        appendCharacters(bytes, word, to: &memory.symbols)
        if memory.symbols.count > Self.longWord {
            memory.long.join(&memory.symbols, merges)
        } else {
            join(&memory.symbols, &memory.ranks)
        }
        ids.append(contentsOf: memory.symbols)
    }

    /// The symbols with which a word begins: a token for each character, or what stands for those that have none.
    private func appendCharacters(_ bytes: [UInt8], _ word: Range<Int>, to symbols: inout [Int32]) {
        var position = word.lowerBound
        // Unknown characters that are not a token yet: as in the peer, the tokens of bytes overtake them.
        var hasUnknown = false
        while position < word.upperBound {
            let next = UTF8Bytes.scalar(in: bytes, at: position, end: word.upperBound).next
            let range = position..<next
            let id = characters.id(
                bytes, range, isFirst: position == word.lowerBound, isLast: next == word.upperBound)
            position = next
            if id >= 0 {
                if hasUnknown { symbols.append(unknown) }
                hasUnknown = false
                symbols.append(id)
                continue
            }
            if let byteIDs, appendBytes(bytes, range, word, byteIDs, to: &symbols) { continue }
            if unknown < 0 { continue }
            if hasUnknown && !rules.fusesUnknown { symbols.append(unknown) }
            hasUnknown = true
        }
        if hasUnknown { symbols.append(unknown) }
    }

    /// Appends the tokens of a character's bytes, with what it begins and ends with at its place in the word.
    private func appendBytes(
        _ bytes: [UInt8], _ range: Range<Int>, _ word: Range<Int>, _ byteIDs: [Int32],
        to symbols: inout [Int32]
    ) -> Bool {
        var whole = Array(bytes[range])
        if range.lowerBound > word.lowerBound { whole = Array(rules.continuationPrefix.utf8) + whole }
        if range.upperBound == word.upperBound { whole += Array(rules.wordSuffix.utf8) }
        guard whole.allSatisfy({ byteIDs[Int($0)] >= 0 }) else { return false }
        for byte in whole { symbols.append(byteIDs[Int(byte)]) }
        return true
    }

    /// Joins pairs by looking through all of a short word for the first.
    private func join(_ symbols: inout [Int32], _ ranks: inout [UInt32]) {
        var count = symbols.count
        if count < 2 { return }
        ranks.removeAll(keepingCapacity: true)
        for i in 0..<count - 1 { ranks.append(merges.rank(symbols[i], symbols[i + 1])) }
        ranks.append(.max)
        while true {
            var best = UInt32.max
            var place = 0
            for i in 0..<count - 1 where ranks[i] < best { (best, place) = (ranks[i], i) }
            if best == .max { break }
            symbols[place] = merges.joined(symbols[place], symbols[place + 1])
            count -= 1
            for i in place + 1..<count { (symbols[i], ranks[i]) = (symbols[i + 1], ranks[i + 1]) }
            ranks[place] = place + 1 < count ? merges.rank(symbols[place], symbols[place + 1]) : .max
            if place > 0 { ranks[place - 1] = merges.rank(symbols[place - 1], symbols[place]) }
        }
        symbols.removeLast(symbols.count - count)
    }
}

/// The tokens of single characters, by their place in the word.
private struct CharacterIDs: Sendable {
    /// By code point, for the first ones. Shape: [0x800].
    private var low = [Int32](repeating: -1, count: 0x800)
    private var high: [UInt32: Int32] = [:]
    /// Those with a prefix, a suffix or both; only where the rules have them.
    private var marked: VocabularyIDs?
    private let prefix, suffix: [UInt8]

    init(_ ids: VocabularyIDs, prefix: String, suffix: String) {
        self.prefix = Array(prefix.utf8)
        self.suffix = Array(suffix.utf8)
        for (token, id) in ids.byToken {
            let length = UTF8Bytes.length(token[0])
            if token.count == length {
                let scalar = UTF8Bytes.scalar(in: token, at: 0, end: length).scalar
                if scalar < 0x800 { low[Int(scalar)] = id } else { high[scalar] = id }
            }
        }
        if !prefix.isEmpty || !suffix.isEmpty { marked = ids }
    }

    /// The id of the character at `bytes[range]`, or -1.
    @inline(__always)
    func id(_ bytes: [UInt8], _ range: Range<Int>, isFirst: Bool, isLast: Bool) -> Int32 {
        guard let marked, !(isFirst || prefix.isEmpty) || isLast && !suffix.isEmpty else {
            let scalar = UTF8Bytes.scalar(in: bytes, at: range.lowerBound, end: range.upperBound).scalar
            return scalar < 0x800 ? low[Int(scalar)] : high[scalar] ?? -1
        }
        return marked[(isFirst ? [] : prefix) + bytes[range] + (isLast ? suffix : [])] ?? -1
    }
}
