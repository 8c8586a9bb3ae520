/// A text on its way through the pre-tokenizers: its bytes, and which ranges of them are pieces.
package struct Pieces: Sendable {
    package var bytes: [UInt8] = []
    /// In order, none empty.
    package var ranges: [Range<Int>] = []
    /// Whether the first piece begins where the whole text does, which one kind of Metaspace asks.
    var beginsText = false
    /// Buffers that are used again.
    var otherBytes: [UInt8] = []
    var otherRanges: [Range<Int>] = []
    var memory = Expression.Memory()

    package init() {}
}
