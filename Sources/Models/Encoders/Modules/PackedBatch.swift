/// Sequences of tokens one after another, without padding.
public struct PackedBatch: Equatable, Sendable {
    /// All tokens. Shape: [T].
    public let ids: [Int32]
    /// The type of each token; empty if all are 0. Shape: [T] or [0].
    public let tokenTypes: [Int32]
    /// Where each sequence starts, and at last T. Shape: [B + 1].
    public let offsets: [Int]

    /// B.
    public var count: Int { offsets.count - 1 }
    /// T.
    public var tokens: Int { ids.count }

    /// - Throws: `.badBatch` if offsets do not rise from 0 to the number of ids, or types do not fit the ids;
    ///   `.emptySequence`.
    public init(ids: [Int32], offsets: [Int], tokenTypes: [Int32] = []) throws(EncoderError) {
        guard offsets.first == 0, offsets.last == ids.count else {
            throw .badBatch(
                reason:
                    "offsets go from \(offsets.first ?? 0) to \(offsets.last ?? 0), expected 0 to \(ids.count)"
            )
        }
        guard tokenTypes.isEmpty || tokenTypes.count == ids.count else {
            throw .badBatch(reason: "\(tokenTypes.count) token types, expected none or \(ids.count)")
        }
        for (index, (start, end)) in zip(offsets, offsets.dropFirst()).enumerated() {
            guard end >= start else { throw .badBatch(reason: "offset \(end) after \(start)") }
            guard end > start else { throw .emptySequence(index: index) }
        }
        self.ids = ids
        self.tokenTypes = tokenTypes
        self.offsets = offsets
    }

    /// Packs sequences.
    public init(_ sequences: [[Int32]], tokenTypes: [[Int32]] = []) throws(EncoderError) {
        try self.init(
            ids: sequences.flatMap { $0 },
            offsets: sequences.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) },
            tokenTypes: tokenTypes.flatMap { $0 })
    }

    /// Packs sequences that may be empty, as a table of token vectors takes them and no network does.
    ///
    /// - Precondition: Offsets rise from 0 to the number of ids.
    init(bags ids: [Int32], offsets: [Int]) {
        precondition(offsets.first == 0 && offsets.last == ids.count)
        self.ids = ids
        tokenTypes = []
        self.offsets = offsets
    }

    /// The tokens of sequence `index`.
    public func range(_ index: Int) -> Range<Int> {
        offsets[index]..<offsets[index + 1]
    }

    /// Checks every id against the sizes of an encoder.
    package func check(_ configuration: EncoderConfiguration) throws(EncoderError) {
        for index in 0..<count {
            let range = range(index)
            if range.count > configuration.maxPositions {
                throw .sequenceTooLong(index: index, found: range.count, limit: configuration.maxPositions)
            }
            for token in range {
                let id = Int(ids[token])
                if id < 0 || id >= configuration.vocabulary {
                    throw .unknownToken(
                        index: index, token: token - range.lowerBound, found: id,
                        vocabulary: configuration.vocabulary)
                }
                let type = tokenTypes.isEmpty ? 0 : Int(tokenTypes[token])
                if type < 0 || type >= max(1, configuration.tokenTypes) {
                    throw .unknownTokenType(
                        index: index, token: token - range.lowerBound, found: type,
                        tokenTypes: configuration.tokenTypes)
                }
            }
        }
    }
}
