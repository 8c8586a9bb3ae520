import DeterministicWork

/// A text as the set of its runs of five characters, to be compared by how much two sets share.
struct TextShingles: Sendable {
    /// Hashes of the runs, ascending, each once.
    let hashes: [UInt32]
    /// A hash for each band of the MinHash signature: texts that share one are worth comparing. Shape: [bands].
    let bands: [UInt64]

    /// Characters in a run: long enough that unlike texts share few, short enough for a changed word to leave most.
    private static let length = 5
    /// Of a text of more characters the beginning is compared: a set of runs takes many times the text.
    private static let greatestLength = 1 << 20
    /// With 16 bands of 4 hashes, two texts that share 0.8 of their runs meet in a band with probability 0.9998, two
    /// that share 0.3 with 0.12 (Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, 3.4).
    static let bandCount = 16
    private static let bandSize = 4

    /// Odd factors and summands of the hash functions: h(x) is the upper half of a x + b (Dietzfelbinger 1996).
    private static let functions: [(a: UInt64, b: UInt64)] = {
        var random = RandomStream(seed: 0x4D69_6E48_6173_68)  // "MinHash"
        return (0..<bandCount * bandSize).map { _ in (random.next() | 1, random.next()) }
    }()

    /// - Parameter text: Normalised.
    init(_ text: String) {
        let scalars = text.unicodeScalars.prefix(TextShingles.greatestLength).map(\.value)
        let count = max(1, scalars.count - TextShingles.length + 1)
        let all = (0..<count).map { start in
            TextShingles.hash(scalars[start..<min(scalars.count, start + TextShingles.length)])
        }.sorted()
        var distinct: [UInt32] = []
        for hash in all where distinct.last != hash { distinct.append(hash) }
        hashes = distinct
        bands = TextShingles.bands(of: distinct)
    }

    private static func bands(of hashes: [UInt32]) -> [UInt64] {
        (0..<bandCount).map { band in
            var mixed = UInt64(band)
            for function in functions[band * bandSize..<(band + 1) * bandSize] {
                var least = UInt64.max
                for hash in hashes { least = min(least, (function.a &* UInt64(hash) &+ function.b) >> 32) }
                mixed = (mixed ^ least) &* 0x9E37_79B9_7F4A_7C15
                mixed ^= mixed >> 29
            }
            return mixed
        }
    }

    /// FNV-1a over code points.
    private static func hash(_ scalars: ArraySlice<UInt32>) -> UInt32 {
        var hash: UInt32 = 0x811C_9DC5
        for scalar in scalars { hash = (hash ^ scalar) &* 0x0100_0193 }
        return hash
    }

    /// Whether the Jaccard similarity, shared runs among all runs of both, is at least `threshold`; given up as soon as too
    /// many runs have no partner.
    func isNear(_ other: TextShingles, threshold: Double) -> Bool {
        let total = hashes.count + other.hashes.count
        return hashes.withUnsafeBufferPointer { a in
            other.hashes.withUnsafeBufferPointer { b in
                // shared / (total - shared) >= t means that at most (1 - t) / (1 + t) of the runs stand alone.
                let mostAlone = Int((1 - threshold) / (1 + threshold) * Double(total) + 1e-9)
                var (i, j, shared) = (0, 0, 0)
                while i < a.count, j < b.count {
                    if a[i] == b[j] {
                        (i, j, shared) = (i + 1, j + 1, shared + 1)
                    } else {
                        if a[i] < b[j] { i += 1 } else { j += 1 }
                        if i + j - 2 * shared > mostAlone { return false }
                    }
                }
                return Double(shared) / Double(total - shared) >= threshold
            }
        }
    }
}
