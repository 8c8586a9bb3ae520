import DeterministicWork

/// Texts that are nearly equal: those that share at least 0.8 of their runs of five characters.
///
/// MinHash proposes candidates and the runs themselves decide, so what is found is near; a pair at the very threshold
/// is missed with probability 0.0002. A text is compared with at most `maxCandidates` others, those first that share
/// the rarest bands, so that the search is linear in the number of texts whatever they have in common. Texts made from
/// one template can have more; `isCut` tells which.
struct NearTextIndex {
    /// The least Jaccard similarity of near texts.
    static let threshold = 0.8
    /// Far more than a text of an ordinary corpus has.
    static let maxCandidates = 256

    private let texts: [TextShingles]
    /// Of each band, the texts that share a hash there, chained. Shape: [bands].
    private let bands: [BandChains]

    /// - Parameter isMember: Which texts can be found. Shape: [texts].
    init(_ texts: [TextShingles], isMember: [Bool]? = nil) {
        self.texts = texts
        // Each text is looked at once, as texts stand scattered in memory.
        var hashes = Array(repeating: [UInt64](), count: TextShingles.bandCount)
        for band in hashes.indices { hashes[band].reserveCapacity(texts.count) }
        for text in texts { for (band, hash) in text.bands.enumerated() { hashes[band].append(hash) } }
        bands = parallelMap(TextShingles.bandCount, blockSize: 1) { [hashes] band in
            BandChains(hashes[band], isMember: isMember)
        }
    }

    /// The texts before a text that may be near it.
    func candidatesBefore(_ text: Int) -> (numbers: Set<Int32>, isCut: Bool) {
        gathered(bands.map { $0.before(text) })
    }

    /// The members, before and after a text that is none, that may be near it.
    func candidates(of text: Int) -> (numbers: Set<Int32>, isCut: Bool) {
        gathered(bands.enumerated().map { $1.chain(of: texts[text].bands[$0]) })
    }

    func areNear(_ one: Int, _ other: Int) -> Bool {
        texts[one].isNear(texts[other], threshold: NearTextIndex.threshold)
    }

    /// - Parameter chains: Where each band's chain begins, and how long it is. Shape: [bands].
    private func gathered(_ chains: [(head: Int32, length: Int)]) -> (numbers: Set<Int32>, isCut: Bool) {
        var found = Set<Int32>()
        for band in chains.indices.sorted(by: { (chains[$0].length, $0) < (chains[$1].length, $1) }) {
            var number = chains[band].head
            while number >= 0 {
                if found.count == NearTextIndex.maxCandidates {
                    if !found.contains(number) { return (found, true) }
                } else {
                    found.insert(number)
                }
                number = bands[band].earlier[Int(number)]
            }
        }
        return (found, false)
    }
}

/// The texts that share a hash in one band, each chained to the one before it.
private struct BandChains {
    /// The member before each text with the same hash; negative for none. Shape: [texts].
    let earlier: [Int32]
    /// How many members are before each text in its chain, as far as that matters. Shape: [texts].
    private let depth: [UInt16]
    /// The last member with each hash, and how many there are.
    private let last: [UInt64: (number: Int32, count: Int)]

    /// - Parameter hashes: Those of the texts in the band. Shape: [texts].
    init(_ hashes: [UInt64], isMember: [Bool]?) {
        var last = [UInt64: (number: Int32, count: Int)](minimumCapacity: hashes.count)
        var earlier: [Int32] = []
        var depth: [UInt16] = []
        earlier.reserveCapacity(hashes.count)
        depth.reserveCapacity(hashes.count)
        for (number, hash) in hashes.enumerated() {
            let known = last[hash]
            earlier.append(known?.number ?? -1)
            depth.append(UInt16(clamping: known?.count ?? 0))
            if isMember?[number] ?? true {
                last[hash] = (Int32(number), (known?.count ?? 0) + 1)
            }
        }
        (self.earlier, self.depth, self.last) = (earlier, depth, last)
    }

    func before(_ text: Int) -> (head: Int32, length: Int) { (earlier[text], Int(depth[text])) }

    func chain(of hash: UInt64) -> (head: Int32, length: Int) {
        last[hash].map { ($0.number, $0.count) } ?? (-1, 0)
    }
}
