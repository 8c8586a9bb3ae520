/// Reads Thrift's compact protocol, in which Parquet writes its metadata
/// (https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md).
///
/// Nothing is believed: every read is checked against the end, and counts against what could follow.
struct ThriftReader {
    private let bytes: [UInt8]
    /// The next byte.
    private(set) var position: Int

    enum Kind: UInt8 {
        case `true` = 1
        case `false` = 2
        case byte, int16, int32, int64, double, binary, list, set, map, structure
    }

    /// Nothing that Parquet writes is nested half as deep.
    private static let greatestDepth = 32

    init(_ bytes: [UInt8], at position: Int = 0) {
        self.bytes = bytes
        self.position = position
    }

    /// The number and kind of a structure's next field; nil at its end.
    /// - Parameter last: The number of the field before; 0 at the start.
    mutating func nextField(after last: inout Int) throws(ParquetProblem) -> (id: Int, kind: Kind)? {
        let head = try byte()
        if head == 0 { return nil }
        guard let kind = Kind(rawValue: head & 0x0F) else { throw .damaged("unknown kind of field") }
        let step = Int(head >> 4)
        let id = step > 0 ? last + step : Int(try zigzag())
        // Thrift's field numbers are of 16 bits; one beyond them must not be added to.
        guard let number = Int16(exactly: id) else { throw .damaged("a field of impossible number") }
        last = Int(number)
        return (last, kind)
    }

    /// A whole number of any width.
    mutating func integer(_ kind: Kind) throws(ParquetProblem) -> Int {
        switch kind {
        case .byte: return Int(Int8(bitPattern: try byte()))
        case .int16, .int32, .int64: return Int(try zigzag())
        default: throw .damaged("a field that is no number where one belongs")
        }
    }

    /// The truth value of a field, which its kind tells.
    func truth(_ kind: Kind) throws(ParquetProblem) -> Bool {
        switch kind {
        case .true: return true
        case .false: return false
        default: throw .damaged("a field that is no truth value where one belongs")
        }
    }

    mutating func text(_ kind: Kind) throws(ParquetProblem) -> String {
        guard kind == .binary else { throw .damaged("a field that is no text where one belongs") }
        let count = try length()
        defer { position += count }
        return String(decoding: bytes[position..<position + count], as: UTF8.self)
    }

    /// How many items of a kind follow.
    mutating func list(_ kind: Kind, of item: Kind) throws(ParquetProblem) -> Int {
        guard kind == .list else { throw .damaged("a field that is no list where one belongs") }
        let (count, found) = try listHead()
        guard found == item || count == 0 else { throw .damaged("a list of something else") }
        return count
    }

    func requireStructure(_ kind: Kind) throws(ParquetProblem) {
        guard kind == .structure else { throw .damaged("a field that is no structure where one belongs") }
    }

    /// Passes over a value.
    mutating func skip(_ kind: Kind, depth: Int = 0) throws(ParquetProblem) {
        guard depth < ThriftReader.greatestDepth else { throw .damaged("metadata nested too deep") }
        switch kind {
        case .true, .false: break
        case .byte: _ = try byte()
        case .int16, .int32, .int64: _ = try varint()
        case .double: try advance(8)
        case .binary: try advance(length())
        case .list, .set:
            let (count, item) = try listHead()
            for _ in 0..<count { try skipItem(item, depth: depth + 1) }
        case .map:
            let count = try length()
            if count == 0 { return }
            let kinds = try byte()
            guard let key = Kind(rawValue: kinds >> 4), let value = Kind(rawValue: kinds & 0x0F) else {
                throw .damaged("unknown kind of field")
            }
            for _ in 0..<count {
                try skipItem(key, depth: depth + 1)
                try skipItem(value, depth: depth + 1)
            }
        case .structure:
            var last = 0
            while let (_, kind) = try nextField(after: &last) { try skip(kind, depth: depth + 1) }
        }
    }

    /// Truth values in lists are a byte each.
    private mutating func skipItem(_ kind: Kind, depth: Int) throws(ParquetProblem) {
        if kind == .true || kind == .false { try advance(1) } else { try skip(kind, depth: depth) }
    }

    private mutating func listHead() throws(ParquetProblem) -> (count: Int, item: Kind) {
        let head = try byte()
        guard let item = Kind(rawValue: head & 0x0F) else { throw .damaged("unknown kind of item") }
        let short = UInt64(head >> 4)
        return (short == 15 ? try length() : try bounded(short), item)
    }

    /// A count that is written before its items, of which each takes a byte or more.
    private mutating func length() throws(ParquetProblem) -> Int {
        // First the number, then what is left after it: one expression would take `self` before it is read.
        let count = try varint()
        return try bounded(count)
    }

    private func bounded(_ count: UInt64) throws(ParquetProblem) -> Int {
        guard count <= UInt64(bytes.count - position) else { throw .truncated("its metadata") }
        return Int(count)
    }

    private mutating func advance(_ count: Int) throws(ParquetProblem) {
        guard count >= 0, count <= bytes.count - position else { throw .truncated("its metadata") }
        position += count
    }

    private mutating func byte() throws(ParquetProblem) -> UInt8 {
        guard position < bytes.count else { throw .truncated("its metadata") }
        defer { position += 1 }
        return bytes[position]
    }

    private mutating func zigzag() throws(ParquetProblem) -> Int64 {
        let value = try varint()
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    private mutating func varint() throws(ParquetProblem) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: 0, to: 70, by: 7) {
            let next = try byte()
            value |= UInt64(next & 0x7F) << UInt64(shift)
            if next < 0x80 { return value }
        }
        throw .damaged("a number without end")
    }
}
