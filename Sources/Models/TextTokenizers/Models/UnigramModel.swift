/// Pieces with log probabilities, of which a text is cut into the most probable sequence (Kudo 2018).
package struct UnigramModel: Sendable {
    /// What an unknown code point costs more than the least probable piece.
    private static let unknownPenalty = 10.0

    private let trie: ByteTrie
    /// By id. Shape: [pieces].
    private let scores: [Double]
    private let unknown: Int32
    private let unknownScore: Double
    /// The ids of `<0x00>` to `<0xFF>`, -1 for one that there is not; nil without byte fallback. Shape: [256].
    private let byteIDs: [Int32]?

    /// Work space that is used again from piece to piece.
    struct Memory: Sendable {
        /// The best way to each place: its score, and the last piece of it. Shape: [places].
        fileprivate var best: [(score: Double, start: Int32, id: Int32)] = []
        fileprivate var reversed: [Int32] = []
    }

    /// - Parameter pieces: By id; of equal ones the last counts.
    /// - Precondition: `unknown` is the id of a piece.
    package init(pieces: [(piece: String, score: Double)], unknown: Int32, hasByteFallback: Bool) {
        precondition(pieces.indices.contains(Int(unknown)))
        scores = pieces.map(\.score)
        self.unknown = unknown
        unknownScore = (scores.min() ?? 0) - Self.unknownPenalty
        let ids = VocabularyIDs(pieces.map(\.piece))
        trie = ids.trie
        byteIDs = hasByteFallback ? ids.ofBytes : nil
    }

    func append(_ bytes: [UInt8], _ text: Range<Int>, to ids: inout [Int32], _ memory: inout Memory) {
        let count = text.count
        memory.best.removeAll(keepingCapacity: true)
        memory.best.append(contentsOf: repeatElement((score: 0, start: -1, id: 0), count: count + 1))
        memory.best.withUnsafeMutableBufferPointer { best in
            @inline(__always)
            func offer(_ score: Double, from start: Int, to end: Int, _ id: Int32) {
                if best[end].start < 0 || score > best[end].score {
                    best[end] = (score, Int32(truncatingIfNeeded: start), id)
                }
            }
            var start = 0
            while start < count {
                let here = best[start].score
                let length = UTF8Bytes.length(bytes[text.lowerBound + start])
                var isKnown = false
                trie.forEachMatch(bytes, text.lowerBound + start..<text.upperBound) { end, id in
                    let end = end - text.lowerBound
                    offer(here + scores[Int(id)], from: start, to: end, id)
                    if end == start + length { isKnown = true }
                }
                if !isKnown { offer(here + unknownScore, from: start, to: start + length, unknown) }
                start += length
            }
        }
        memory.reversed.removeAll(keepingCapacity: true)
        var end = count
        while end > 0 {
            let last = memory.best[end]
            var start = Int(last.start)
            if last.id == unknown {
                // Unknown code points side by side are one.
                while start > 0 && memory.best[start].id == unknown { start = Int(memory.best[start].start) }
                appendUnknown(bytes, text.lowerBound + start..<text.lowerBound + end, to: &memory.reversed)
            } else {
                memory.reversed.append(last.id)
            }
            end = start
        }
        ids.append(contentsOf: memory.reversed.reversed())
    }

    /// Appends, from the last to the first, the ids of what the best way does not know.
    private func appendUnknown(_ bytes: [UInt8], _ range: Range<Int>, to reversed: inout [Int32]) {
        // Together they may yet be a piece, one too improbable for the best way.
        let match = trie.longestMatch(bytes, range, from: ByteTrie.root)
        if match.value >= 0 && match.end == range.upperBound { return reversed.append(match.value) }
        if let byteIDs, range.allSatisfy({ byteIDs[Int(bytes[$0])] >= 0 }) {
            for i in range.reversed() { reversed.append(byteIDs[Int(bytes[i])]) }
        } else {
            reversed.append(unknown)
        }
    }
}
