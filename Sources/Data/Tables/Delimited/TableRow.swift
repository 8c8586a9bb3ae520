/// The fields of one row, and the line where it began.
///
/// Fields lie one after another in one buffer, so that a reader can fill the same row again and again without
/// allocating, and become text only when asked for.
public struct TableRow: Equatable, Sendable {
    /// The physical line of the file where the row begins, from 1.
    public internal(set) var line = 0
    /// All fields' bytes, UTF-8, without delimiters.
    var bytes: [UInt8] = []
    /// Where each field ends in `bytes`.
    var ends: [Int] = []

    public init() {}

    /// How many fields there are.
    public var count: Int { ends.count }

    /// The text of one field.
    public subscript(field: Int) -> String {
        let start = field == 0 ? 0 : ends[field - 1]
        return String(decoding: bytes[start..<ends[field]], as: UTF8.self)
    }

    /// Appends one field to a column.
    @inline(__always)
    func append(field: Int, to column: inout TextColumn) {
        let start = field == 0 ? 0 : ends[field - 1]
        bytes.withUnsafeBytes { column.append(UnsafeRawBufferPointer(rebasing: $0[start..<ends[field]])) }
    }

    /// The texts of all fields.
    public var fields: [String] { (0..<count).map { self[$0] } }

    mutating func clear() {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
    }

    /// What was appended to `bytes` since the last field is a field.
    @inline(__always)
    mutating func endField() { ends.append(bytes.count) }
}
