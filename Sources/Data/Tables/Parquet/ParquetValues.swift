/// The values of a page, nulls left out, as texts of what they spell.
///
/// Whole numbers are spelled in decimal, truth values `false` and `true`, and other numbers with the fewest digits that
/// read back as the same number; of those what is not a number is missing, as table libraries write it where they have
/// no value.
struct ParquetValues {
    /// Parquet's `Encoding`.
    private enum Encoding: Int {
        case plain = 0
        case plainDictionary = 2
        case runLength = 3
        case deltaBinaryPacked = 5
        case deltaLengthByteArray = 6
        case deltaByteArray = 7
        case runLengthDictionary = 8
        case byteStreamSplit = 9
    }

    /// Whether a page of this encoding holds numbers of the words in the chunk's dictionary.
    static func usesDictionary(_ encoding: Int) -> Bool {
        encoding == Encoding.plainDictionary.rawValue || encoding == Encoding.runLengthDictionary.rawValue
    }

    /// Which words of a dictionary the values are.
    static func indices(
        _ cursor: inout PageCursor, _ count: Int, below words: Int
    ) throws(ParquetProblem) -> [UInt32] {
        if count == 0 { return [] }
        let width = Int(try cursor.byte())
        let indices = try cursor.runs(count, width: width)
        guard indices.allSatisfy({ $0 < words }) else {
            throw .damaged("a value that is not in the dictionary")
        }
        return indices
    }

    /// Appends the values of a page without dictionary.
    /// - Parameters:
    ///   - cursor: The page after its levels.
    ///   - count: How many values there are.
    static func read(
        _ cursor: inout PageCursor, count: Int, encoding: Int, leaf: ParquetLeaf, into texts: inout TextColumn
    ) throws(ParquetProblem) {
        guard let known = Encoding(rawValue: encoding) else { throw .unsupported("encoding \(encoding)") }
        switch (known, leaf.storage) {
        case (.plain, _):
            try plain(&cursor, count: count, leaf: leaf, into: &texts)
        case (.runLength, .boolean):
            _ = try cursor.length()
            for bit in try cursor.runs(count, width: 1) { texts.append(truth(bit)) }
        case (.deltaBinaryPacked, .int32), (.deltaBinaryPacked, .int64):
            let numbers = try cursor.deltas(limit: count)
            try require(numbers.count, count)
            for number in numbers { append(UInt64(bitPattern: number), leaf, to: &texts) }
        case (.deltaLengthByteArray, .byteArray):
            let lengths = try cursor.lengths(limit: count)
            try require(lengths.count, count)
            try append(lengths, &cursor, to: &texts)
        case (.deltaByteArray, .byteArray):
            try appendPrefixed(&cursor, count, to: &texts)
        case (.byteStreamSplit, _):
            try appendSplit(&cursor, count, leaf, to: &texts)
        default:
            throw .unsupported("encoding \(encoding) of this type")
        }
    }

    /// Appends the values of a dictionary page, or of a data page in PLAIN encoding.
    static func plain(
        _ cursor: inout PageCursor, count: Int, leaf: ParquetLeaf, into texts: inout TextColumn
    ) throws(ParquetProblem) {
        if leaf.storage == .boolean {
            var bits: [UInt32] = []
            try cursor.unpack(count, width: 1, into: &bits)
            for bit in bits { texts.append(truth(bit)) }
            return
        }
        guard let width = leaf.storage.width else { return try appendPlain(&cursor, count, to: &texts) }
        guard width <= 8 else { throw .unsupported("a type of \(width) bytes") }
        let start = try cursor.take(count * width).lowerBound
        for row in 0..<count {
            append(cursor.littleEndian(at: start + row * width, width: width), leaf, to: &texts)
        }
    }

    private static func require(_ found: Int, _ expected: Int) throws(ParquetProblem) {
        if found != expected { throw .damaged("\(found) values where \(expected) belong") }
    }

    private static func truth(_ bit: UInt32) -> String { bit == 0 ? "false" : "true" }

    // MARK: Numbers

    /// Appends what the bits of a number spell.
    private static func append(_ bits: UInt64, _ leaf: ParquetLeaf, to texts: inout TextColumn) {
        switch (leaf.storage, leaf.meaning) {
        case (.int32, .unsigned): texts.append(String(UInt32(truncatingIfNeeded: bits)))
        case (.int32, _): texts.append(String(Int32(truncatingIfNeeded: bits)))
        case (.int64, .unsigned): texts.append(String(bits))
        case (.float, _): append(Float(bitPattern: UInt32(truncatingIfNeeded: bits)), to: &texts)
        case (.double, _): append(Double(bitPattern: bits), to: &texts)
        default: texts.append(String(Int64(bitPattern: bits)))
        }
    }

    private static func append(
        _ number: some BinaryFloatingPoint & CustomStringConvertible, to texts: inout TextColumn
    ) {
        if number.isNaN { texts.appendMissing() } else { texts.append(number.description) }
    }

    /// BYTE_STREAM_SPLIT: the first bytes of all values, then the second bytes, and so on.
    private static func appendSplit(
        _ cursor: inout PageCursor, _ count: Int, _ leaf: ParquetLeaf, to texts: inout TextColumn
    ) throws(ParquetProblem) {
        guard let width = leaf.storage.width, width <= 8 else {
            throw .unsupported("encoding 9 of this type")
        }
        let start = try cursor.take(count * width).lowerBound
        for row in 0..<count {
            var bits: UInt64 = 0
            for byte in 0..<width {
                bits |= UInt64(cursor.bytes[start + byte * count + row]) << UInt64(8 * byte)
            }
            append(bits, leaf, to: &texts)
        }
    }

    // MARK: Texts

    /// Texts with their lengths before them.
    private static func appendPlain(
        _ cursor: inout PageCursor, _ count: Int, to texts: inout TextColumn
    ) throws(ParquetProblem) {
        // Each takes its length at least, so that a damaged count reserves no memory.
        guard count <= cursor.left / 4 else { throw .truncated("a page") }
        var ranges: [Range<Int>] = []
        var lengths: [Int] = []
        ranges.reserveCapacity(count)
        lengths.reserveCapacity(count)
        var size = 0
        for _ in 0..<count {
            let length = try cursor.length()
            ranges.append(try cursor.take(length))
            lengths.append(length)
            size += length
        }
        let joined = cursor.bytes.withUnsafeBytes { TextColumn.joined($0, ranges, size: size) }
        guard joined.withUnsafeBytes({ texts.append(checking: $0, lengths) }) else { throw .invalidText }
    }

    /// Texts of given lengths, one after another.
    private static func append(
        _ lengths: [Int], _ cursor: inout PageCursor, to texts: inout TextColumn
    ) throws(ParquetProblem) {
        let all = try cursor.take(lengths.reduce(0, +))
        let isValid = cursor.bytes.withUnsafeBytes {
            texts.append(checking: UnsafeRawBufferPointer(rebasing: $0[all]), lengths)
        }
        if !isValid { throw .invalidText }
    }

    /// DELTA_BYTE_ARRAY: of each text how much of the one before it begins with, and the rest.
    private static func appendPrefixed(
        _ cursor: inout PageCursor, _ count: Int, to texts: inout TextColumn
    ) throws(ParquetProblem) {
        let prefixes = try cursor.lengths(limit: count)
        let suffixes = try cursor.lengths(limit: count)
        try require(prefixes.count, count)
        try require(suffixes.count, count)
        var joined: [UInt8] = []
        var lengths: [Int] = []
        for (prefix, suffix) in zip(prefixes, suffixes) {
            guard prefix <= lengths.last ?? 0 else {
                throw .damaged("a text begins with more than the one before it")
            }
            // A few bytes may say that ever the same long text is repeated.
            guard joined.count + prefix <= ParquetPageHeader.greatestSize else {
                throw .unsupported("a page of more than 1 GiB of text")
            }
            let last = joined.count - (lengths.last ?? 0)
            let rest = try cursor.take(suffix)
            joined.append(contentsOf: Array(joined[last..<last + prefix]))
            joined.append(contentsOf: cursor.bytes[rest])
            lengths.append(prefix + suffix)
        }
        guard joined.withUnsafeBytes({ texts.append(checking: $0, lengths) }) else { throw .invalidText }
    }
}
