/// Reads a message of Protocol Buffers from bytes: numbers of fields with their values, in the order of the file
/// (https://protobuf.dev/programming-guides/encoding).
struct ProtobufReader {
    /// What is wrong, and at which byte of the file.
    struct Failure: Error, Equatable {
        var offset: Int
        var reason: String
    }

    enum Value {
        case integer(UInt64)
        case fixed32(UInt32)
        case fixed64(UInt64)
        /// A string, bytes or another message.
        case bytes(Range<Int>)
    }

    private let bytes: [UInt8]
    private var position: Int
    private let end: Int

    init(_ bytes: [UInt8]) { self.init(bytes, bytes.indices) }

    /// A message inside of another.
    init(_ bytes: [UInt8], _ range: Range<Int>) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    /// The next field; nil at the end.
    mutating func next() throws(Failure) -> (field: UInt64, value: Value)? {
        if position == end { return nil }
        let start = position
        let tag = try integer()
        let field = tag >> 3
        guard field > 0 else { throw Failure(offset: start, reason: "a field of number 0") }
        switch tag & 7 {
        case 0: return (field, .integer(try integer()))
        case 1: return (field, .fixed64(try fixed(8)))
        case 2:
            let size = try integer()
            guard size <= UInt64(end - position) else {
                throw Failure(
                    offset: start, reason: "a field of \(size) bytes, of which \(end - position) are there")
            }
            position += Int(size)
            return (field, .bytes(position - Int(size)..<position))
        case 5: return (field, .fixed32(UInt32(try fixed(4))))
        case let kind: throw Failure(offset: start, reason: "a field of the unknown wire type \(kind)")
        }
    }

    /// Seven bits a byte, the lowest first; the highest bit says that more follow.
    private mutating func integer() throws(Failure) -> UInt64 {
        let start = position
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            guard position < end else { throw Failure(offset: start, reason: "a number that does not end") }
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw Failure(offset: start, reason: "a number of more than ten bytes")
    }

    private mutating func fixed(_ size: Int) throws(Failure) -> UInt64 {
        guard size <= end - position else {
            throw Failure(offset: position, reason: "a number that does not end")
        }
        position += size
        return bytes[position - size..<position].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
