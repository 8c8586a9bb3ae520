/// Texts of a column: their bytes one after another in one buffer, and where each ends, as Arrow lays them out.
///
/// Filling it allocates nothing for a text, and a row becomes a `String` only when it is asked for. The bytes of each
/// row are valid UTF-8, which whoever fills the column has made sure of.
public struct TextColumn: RandomAccessCollection, Equatable, Sendable {
    /// All rows' bytes, without anything between them.
    private(set) var bytes: [UInt8] = []
    /// Where each row ends in `bytes`. Shape: [N].
    private(set) var ends: [Int] = []
    /// Whether each row has no text. Shape: [N], or empty while every row has one.
    private var missing: [Bool] = []

    public init() {}

    public var startIndex: Int { 0 }
    public var endIndex: Int { ends.count }

    /// How many bytes all texts have together.
    public var byteCount: Int { bytes.count }

    /// The text of a row; nil where it has none.
    public subscript(row: Int) -> String? {
        isMissing(row) ? nil : String(decoding: bytes[range(of: row)], as: UTF8.self)
    }

    /// The UTF-8 bytes of a row's text; none where it has no text.
    public func utf8(ofRow row: Int) -> ArraySlice<UInt8> { bytes[range(of: row)] }

    public func isMissing(_ row: Int) -> Bool { !missing.isEmpty && missing[row] }

    @inline(__always)
    private func range(of row: Int) -> Range<Int> { (row == 0 ? 0 : ends[row - 1])..<ends[row] }

    // MARK: Filling

    mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
        endRow()
    }

    @inline(__always)
    mutating func append(_ text: UnsafeRawBufferPointer) {
        bytes.append(contentsOf: text)
        endRow()
    }

    mutating func appendMissing() {
        if missing.isEmpty { missing = Array(repeating: false, count: ends.count) }
        missing.append(true)
        ends.append(bytes.count)
    }

    /// Appends rows of another column.
    mutating func append(_ rows: Range<Int>, of other: TextColumn) {
        guard let last = rows.last else { return }
        let start = other.range(of: rows.lowerBound).lowerBound
        let shift = bytes.count - start
        bytes.append(contentsOf: other.bytes[start..<other.ends[last]])
        if !missing.isEmpty || !other.missing.isEmpty {
            if missing.isEmpty { missing = Array(repeating: false, count: ends.count) }
            for row in rows { missing.append(other.isMissing(row)) }
        }
        for row in rows { ends.append(other.ends[row] + shift) }
    }

    /// What stands for no text among indices of rows.
    static let none = UInt32.max

    /// Appends one row of `words` for each index, and no text for `none`.
    /// - Precondition: Every other index is a row of `words`.
    mutating func append(_ words: TextColumn, at indices: [UInt32]) {
        if !words.missing.isEmpty || indices.contains(TextColumn.none) {
            for index in indices {
                if index == TextColumn.none || words.isMissing(Int(index)) {
                    appendMissing()
                } else {
                    append(Int(index)..<Int(index) + 1, of: words)
                }
            }
            return
        }
        let lengths = indices.map { words.range(of: Int($0)).count }
        let joined = words.bytes.withUnsafeBytes { all in
            TextColumn.joined(all, indices.lazy.map { words.range(of: Int($0)) }, size: lengths.reduce(0, +))
        }
        joined.withUnsafeBytes { append(joined: $0, lengths) }
    }

    /// Appends texts that stand one after another, of which each by itself is valid.
    mutating func append(joined texts: UnsafeRawBufferPointer, _ lengths: [Int]) {
        var end = bytes.count
        bytes.append(contentsOf: texts)
        for length in lengths {
            end += length
            ends.append(end)
        }
        if !missing.isEmpty { missing.append(contentsOf: repeatElement(false, count: lengths.count)) }
    }

    /// Appends texts that stand one after another; false, with nothing appended, where one is not valid UTF-8.
    mutating func append(checking texts: UnsafeRawBufferPointer, _ lengths: [Int]) -> Bool {
        if !isASCII(texts) {
            var validator = UTF8Validator()
            guard validator.firstInvalid(in: texts) == nil, validator.incomplete == nil else { return false }
            // All together are valid, so each is if none begins amid a character.
            var end = 0
            for length in lengths {
                end += length
                if end < texts.count, texts[end] & 0xC0 == 0x80 { return false }
            }
        }
        append(joined: texts, lengths)
        return true
    }

    /// Ranges of `bytes`, one after another, which have `size` bytes together.
    ///
    /// Copied are sixteen bytes at a time, past a range's end where there is room, since most texts are short.
    static func joined(
        _ bytes: UnsafeRawBufferPointer, _ ranges: some Sequence<Range<Int>>, size: Int
    ) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
            let room = UnsafeMutableRawBufferPointer(buffer)
            filled = 0
            for range in ranges {
                let isInside = range.upperBound + 16 <= bytes.count && filled + range.count + 16 <= size
                if isInside && range.count <= greatestShortText {
                    for step in stride(from: 0, to: range.count, by: 16) {
                        room.storeBytes(
                            of: bytes.loadUnaligned(
                                fromByteOffset: range.lowerBound + step, as: SIMD16<UInt8>.self),
                            toByteOffset: filled + step, as: SIMD16<UInt8>.self)
                    }
                } else {
                    UnsafeMutableRawBufferPointer(rebasing: room[filled..<filled + range.count])
                        .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[range]))
                }
                filled += range.count
            }
        }
    }

    /// Longer texts are copied as well by the system.
    private static let greatestShortText = 256

    /// Makes room, so that filling the column moves it less often.
    mutating func reserve(bytes byteCount: Int, rows: Int) {
        bytes.reserveCapacity(bytes.count + byteCount)
        ends.reserveCapacity(ends.count + rows)
    }

    /// How many bytes `append(_:at:)` would append.
    func byteCount(at indices: [UInt32]) -> Int {
        indices.reduce(0) { $1 == TextColumn.none ? $0 : $0 + range(of: Int($1)).count }
    }

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        missing.removeAll(keepingCapacity: true)
    }

    @inline(__always)
    private mutating func endRow() {
        ends.append(bytes.count)
        if !missing.isEmpty { missing.append(false) }
    }
}

/// Whether all bytes are ASCII.
func isASCII(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var bits = SIMD8<UInt64>.zero
    var next = 0
    while next + 64 <= bytes.count {
        bits |= bytes.loadUnaligned(fromByteOffset: next, as: SIMD8<UInt64>.self)
        next += 64
    }
    var rest = UInt8.zero
    while next < bytes.count {
        rest |= bytes[next]
        next += 1
    }
    bits &= SIMD8(repeating: 0x8080_8080_8080_8080)
    return bits == .zero && rest < 0x80
}
