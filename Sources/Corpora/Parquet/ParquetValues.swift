/// The values of a page, nulls left out, as cells that hold what they spell.
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

    /// - Parameters:
    ///   - cursor: The page after its levels.
    ///   - count: How many values there are.
    ///   - dictionary: What the chunk's dictionary page held.
    static func read(
        _ cursor: inout PageCursor, count: Int, encoding: Int, leaf: ParquetLeaf, dictionary: [Cell]?
    ) throws(ParquetProblem) -> [Cell] {
        guard let known = Encoding(rawValue: encoding) else { throw .unsupported("encoding \(encoding)") }
        switch (known, leaf.storage) {
        case (.plainDictionary, _), (.runLengthDictionary, _):
            guard let dictionary else { throw .damaged("a page refers to a dictionary that is not there") }
            return try lookUp(&cursor, count, dictionary)
        case (.plain, _):
            return try plain(&cursor, count: count, leaf: leaf)
        case (.runLength, .boolean):
            _ = try cursor.length()
            return try cursor.runs(count, width: 1).map { .text($0 == 0 ? "false" : "true") }
        case (.deltaBinaryPacked, .int32), (.deltaBinaryPacked, .int64):
            let numbers = try cursor.deltas(limit: count)
            try require(numbers.count, count)
            let spell = speller(leaf)
            return numbers.map { spell(UInt64(bitPattern: $0)) }
        case (.deltaLengthByteArray, .byteArray):
            let lengths = try cursor.lengths(limit: count)
            try require(lengths.count, count)
            return try texts(&cursor, lengths)
        case (.deltaByteArray, .byteArray):
            return try prefixedTexts(&cursor, count)
        case (.byteStreamSplit, _):
            return try split(&cursor, count, leaf)
        default:
            throw .unsupported("encoding \(encoding) of this type")
        }
    }

    /// A dictionary page, or a data page in PLAIN encoding.
    static func plain(
        _ cursor: inout PageCursor, count: Int, leaf: ParquetLeaf
    ) throws(ParquetProblem) -> [Cell] {
        if leaf.storage == .boolean {
            var bits: [UInt64] = []
            try cursor.unpack(count, width: 1, into: &bits)
            return bits.map { .text($0 == 0 ? "false" : "true") }
        }
        guard let width = leaf.storage.width else { return try plainTexts(&cursor, count) }
        guard width <= 8 else { throw .unsupported("a type of \(width) bytes") }
        let start = try cursor.take(count * width).lowerBound
        let spell = speller(leaf)
        return (0..<count).map { spell(cursor.littleEndian(at: start + $0 * width, width: width)) }
    }

    private static func require(_ found: Int, _ expected: Int) throws(ParquetProblem) {
        if found != expected { throw .damaged("\(found) values where \(expected) belong") }
    }

    private static func lookUp(
        _ cursor: inout PageCursor, _ count: Int, _ dictionary: [Cell]
    ) throws(ParquetProblem) -> [Cell] {
        if count == 0 { return [] }
        let width = Int(try cursor.byte())
        let indices = try cursor.runs(count, width: width)
        guard indices.allSatisfy({ $0 < dictionary.count }) else {
            throw .damaged("a value that is not in the dictionary")
        }
        return indices.map { dictionary[Int($0)] }
    }

    // MARK: Numbers

    /// What makes a text of the bits of a number.
    private static func speller(_ leaf: ParquetLeaf) -> (UInt64) -> Cell {
        switch (leaf.storage, leaf.meaning) {
        case (.int32, .unsigned): { .text(String(UInt32(truncatingIfNeeded: $0))) }
        case (.int32, _): { .text(String(Int32(truncatingIfNeeded: $0))) }
        case (.int64, .unsigned): { .text(String($0)) }
        case (.float, _): { cell(Float(bitPattern: UInt32(truncatingIfNeeded: $0))) }
        case (.double, _): { cell(Double(bitPattern: $0)) }
        default: { .text(String(Int64(bitPattern: $0))) }
        }
    }

    private static func cell(_ number: some BinaryFloatingPoint & CustomStringConvertible) -> Cell {
        number.isNaN ? .missing : .text(number.description)
    }

    /// BYTE_STREAM_SPLIT: the first bytes of all values, then the second bytes, and so on.
    private static func split(
        _ cursor: inout PageCursor, _ count: Int, _ leaf: ParquetLeaf
    ) throws(ParquetProblem) -> [Cell] {
        guard let width = leaf.storage.width, width <= 8 else {
            throw .unsupported("encoding 9 of this type")
        }
        let start = try cursor.take(count * width).lowerBound
        let spell = speller(leaf)
        return (0..<count).map { row in
            var bits: UInt64 = 0
            for byte in 0..<width {
                bits |= UInt64(cursor.bytes[start + byte * count + row]) << UInt64(8 * byte)
            }
            return spell(bits)
        }
    }

    // MARK: Texts

    /// Texts with their lengths before them.
    private static func plainTexts(
        _ cursor: inout PageCursor, _ count: Int
    ) throws(ParquetProblem) -> [Cell] {
        // Each takes its length at least, so that a damaged count reserves no memory.
        guard count <= cursor.left / 4 else { throw .truncated("a page") }
        var texts: [Cell] = []
        texts.reserveCapacity(count)
        let bytes = cursor.bytes
        for _ in 0..<count {
            let range = try cursor.take(cursor.length())
            texts.append(try text(bytes, range))
        }
        return texts
    }

    /// Texts of given lengths, one after another.
    private static func texts(
        _ cursor: inout PageCursor, _ lengths: [Int]
    ) throws(ParquetProblem) -> [Cell] {
        var texts: [Cell] = []
        texts.reserveCapacity(lengths.count)
        for length in lengths { texts.append(try text(cursor.bytes, cursor.take(length))) }
        return texts
    }

    /// DELTA_BYTE_ARRAY: of each text how much of the one before it begins with, and the rest.
    private static func prefixedTexts(
        _ cursor: inout PageCursor, _ count: Int
    ) throws(ParquetProblem) -> [Cell] {
        let prefixes = try cursor.lengths(limit: count)
        let suffixes = try cursor.lengths(limit: count)
        try require(prefixes.count, count)
        try require(suffixes.count, count)
        var texts: [Cell] = []
        texts.reserveCapacity(count)
        var value: [UInt8] = []
        for (prefix, suffix) in zip(prefixes, suffixes) {
            guard prefix <= value.count else {
                throw .damaged("a text begins with more than the one before it")
            }
            let rest = try cursor.take(suffix)
            value.removeSubrange(prefix...)
            value += cursor.bytes[rest]
            texts.append(try text(value, value.indices))
        }
        return texts
    }

    @inline(__always)
    private static func text(_ bytes: [UInt8], _ range: Range<Int>) throws(ParquetProblem) -> Cell {
        let text = bytes.withUnsafeBufferPointer { all -> String? in
            let part = UnsafeBufferPointer(rebasing: all[range])
            // Strict validation is generic code and slow; most texts need none.
            return isASCII(part)
                ? String(decoding: part, as: UTF8.self) : String(validating: part, as: UTF8.self)
        }
        guard let text else { throw .invalidText }
        return .text(text)
    }

    @inline(__always)
    private static func isASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let raw = UnsafeRawBufferPointer(bytes)
        var bits: UInt64 = 0
        var next = 0
        while next + 8 <= raw.count {
            bits |= raw.loadUnaligned(fromByteOffset: next, as: UInt64.self)
            next += 8
        }
        while next < raw.count {
            bits |= UInt64(raw[next])
            next += 1
        }
        return bits & 0x8080_8080_8080_8080 == 0
    }
}
