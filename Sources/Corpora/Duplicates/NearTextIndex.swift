/// Finds texts that are nearly equal: those that share at least 0.8 of their runs of five characters.
///
/// MinHash proposes candidates and the runs themselves decide, so what is found is near; a pair at the very threshold
/// is missed with probability 0.0002.
struct NearTextIndex {
    /// The least Jaccard similarity of near texts.
    static let threshold = 0.8

    private var texts: [TextShingles] = []
    /// At each place of a band, the latest text that has a band there. Shape: [bands].
    private var latest: [[UInt64: Int32]]
    /// At each place, the text before that has the same band there; negative for none. Chains, since an array for each
    /// of many bands would be slow to make. Shape: [texts, bands].
    private var earlier: [Int32] = []

    /// - Parameter capacity: How many texts there will be.
    init(capacity: Int) {
        latest = (0..<TextShingles.bandCount).map { _ in Dictionary(minimumCapacity: capacity) }
        earlier.reserveCapacity(capacity * TextShingles.bandCount)
    }

    /// The numbers, ascending, of the texts in the index that are near `text`.
    func matches(_ text: TextShingles) -> [Int] {
        var candidates = Set<Int32>()
        for (place, band) in text.bands.enumerated() {
            var number = latest[place][band] ?? -1
            while number >= 0 {
                candidates.insert(number)
                number = earlier[Int(number) * TextShingles.bandCount + place]
            }
        }
        return candidates.map { Int($0) }
            .filter { texts[$0].similarity(to: text) >= NearTextIndex.threshold }.sorted()
    }

    /// Adds a text under the next number, from 0.
    mutating func insert(_ text: TextShingles) {
        let number = Int32(texts.count)
        for (place, band) in text.bands.enumerated() {
            earlier.append(latest[place].updateValue(number, forKey: band) ?? -1)
        }
        texts.append(text)
    }
}
