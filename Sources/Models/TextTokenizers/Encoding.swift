/// A text, or a pair of texts, as a model reads it.
public struct Encoding: Sendable, Equatable {
    /// With the signs around the texts: `[CLS] a [SEP]`, `[CLS] a [SEP] b [SEP]`. Shape: [tokens].
    public var ids: [Int32]
    /// 0 for the first text and its signs, 1 for the second and its `[SEP]`. Shape: [tokens].
    public var tokenTypes: [UInt8]

    public init(ids: [Int32], tokenTypes: [UInt8]) {
        self.ids = ids
        self.tokenTypes = tokenTypes
    }
}

/// Many texts as a model reads them, one behind the other without padding.
public struct PackedEncodings: Sendable, Equatable {
    /// Shape: [tokens of all texts].
    public var ids: [Int32]
    /// Text `i` is `ids[offsets[i]..<offsets[i + 1]]`. Shape: [texts + 1].
    public var offsets: [Int]

    public init(ids: [Int32], offsets: [Int]) {
        self.ids = ids
        self.offsets = offsets
    }

    /// How many texts there are.
    public var count: Int { offsets.count - 1 }

    /// The ids of every text.
    package var all: [ArraySlice<Int32>] { (0..<count).map { self[$0] } }

    /// The ids of text `i`.
    public subscript(i: Int) -> ArraySlice<Int32> { ids[offsets[i]..<offsets[i + 1]] }
}
