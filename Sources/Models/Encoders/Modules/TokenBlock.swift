import LinearAlgebra

/// Sequences of a batch that go through the network together, on one thread or all: T tokens one after another.
public struct TokenBlock: Sendable {
    /// Their places in the batch.
    public let sequences: [Int]
    /// Where they stand in the block.
    public let spans: [SequenceSpan]
    /// Shape: [T].
    public let ids: [Int32]
    /// The type of each token; empty if all are 0. Shape: [T] or [0].
    public let tokenTypes: [Int32]

    /// T.
    public var tokens: Int { ids.count }

    /// The tokens at which a block is full: enough to read the weights seldom, few enough for the caches.
    package static let fullSize = 256
    /// The tokens below which a block is not worth a thread: a few tiles of rows.
    private static let leastSize = 64

    public init(_ sequences: [Int], of batch: PackedBatch) {
        self.sequences = sequences
        var end = 0
        spans = sequences.map { sequence in
            let start = end
            end += batch.range(sequence).count
            return SequenceSpan(tokens: start..<end, queries: start..<end)
        }
        ids = sequences.flatMap { batch.ids[batch.range($0)] }
        tokenTypes =
            batch.tokenTypes.isEmpty ? [] : sequences.flatMap { batch.tokenTypes[batch.range($0)] }
    }

    /// A whole batch.
    public init(_ batch: PackedBatch) { self.init(Array(0..<batch.count), of: batch) }

    /// The spans where only the first token of each sequence is queried.
    public var firstSpans: [SequenceSpan] {
        spans.enumerated().map { SequenceSpan(tokens: $1.tokens, queries: $0..<$0 + 1) }
    }

    /// The spans of those tokens that are queried.
    func spans(of queries: QueriedTokens) -> [SequenceSpan] {
        switch queries {
        case .all: spans
        case .first: firstSpans
        }
    }

    /// The first token of each sequence.
    /// - Parameters:
    ///   - x: Shape: [T, H].
    ///   - first: Overwritten. Shape: [sequences, H].
    public func copyFirst(of x: FloatRows, to first: FloatRows) {
        for (row, span) in spans.enumerated() {
            first[row].update(from: x[span.tokens.lowerBound], count: x.columns)
        }
    }

    /// The rows of x that a layer is asked about, and where the sequences stand among them: x itself, or copies of the first
    /// tokens.
    /// - Parameter x: Shape: [T, H].
    func queried(
        _ queries: QueriedTokens, of x: FloatRows, _ pass: Pass
    ) -> (rows: FloatRows, spans: [SequenceSpan]) {
        switch queries {
        case .all: return (x, spans)
        case .first:
            let first = pass.rows(sequences.count, columns: x.columns)
            copyFirst(of: x, to: first)
            return (first, firstSpans)
        }
    }

    /// first = the first token of each sequence.
    /// - Parameters:
    ///   - d: dFirst. Shape: [sequences, H].
    ///   - dX: Added to. Shape: [T, H].
    public func addFirst(gradient d: FloatRows, to dX: FloatRows) {
        for (row, span) in spans.enumerated() {
            let token = span.tokens.lowerBound
            Rows.add(d[rows: row..<row + 1], to: dX[rows: token..<token + 1])
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
