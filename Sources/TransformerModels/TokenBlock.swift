/// Sequences that go through the encoder together, on one thread: a part of a batch.
package struct TokenBlock: Sendable {
    /// Their places in the batch.
    package let sequences: [Int]
    /// Where they stand in the block, one after another.
    package let spans: [SequenceSpan]

    package var tokens: Int { spans.last?.tokens.upperBound ?? 0 }
    package var longest: Int { spans.map(\.tokens.count).max() ?? 0 }

    /// The tokens at which a block is full: enough to read the weights seldom, few enough for the caches.
    package static let fullSize = 256
    /// The tokens below which a block is not worth a thread: a few tiles of rows.
    private static let leastSize = 64

    package init(_ sequences: [Int], of batch: PackedBatch) {
        self.sequences = sequences
        var end = 0
        spans = sequences.map { sequence in
            let start = end
            end += batch.range(sequence).count
            return SequenceSpan(tokens: start..<end, asking: start..<end)
        }
    }

    /// Cuts a batch in blocks of similar lengths, the longest first, so that threads end at about the same time. Small
    /// batches are cut in at least as many blocks as threads, if that leaves each a full tile of rows.
    package static func cut(_ batch: PackedBatch, threads: Int) -> [TokenBlock] {
        let size = max(leastSize, min(fullSize, (batch.tokens + threads - 1) / threads))
        let order = (0..<batch.count).sorted {
            let (a, b) = (batch.range($0).count, batch.range($1).count)
            return a == b ? $0 < $1 : a > b
        }
        var blocks: [TokenBlock] = []
        var current: [Int] = []
        var tokens = 0
        for sequence in order {
            let length = batch.range(sequence).count
            if !current.isEmpty && tokens + length > size {
                blocks.append(TokenBlock(current, of: batch))
                current = []
                tokens = 0
            }
            current.append(sequence)
            tokens += length
        }
        if !current.isEmpty { blocks.append(TokenBlock(current, of: batch)) }
        return blocks
    }
}
