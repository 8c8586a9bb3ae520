/// The members of a zip archive, found by its central directory (APPNOTE.TXT of PKWARE, 4.3; zip64 too).
///
/// Only what is stored as it is can be read at its place: a member that is compressed or encrypted is refused.
struct ZipDirectory: Sendable {
    struct Member: Equatable, Sendable {
        let name: String
        /// From the start of the file.
        let bytes: Range<Int>
    }

    let members: [Member]

    private enum Signature {
        static let localHeader: UInt32 = 0x0403_4B50
        static let entry: UInt32 = 0x0201_4B50
        static let end: UInt32 = 0x0605_4B50
        static let end64: UInt32 = 0x0606_4B50
        static let locator64: UInt32 = 0x0706_4B50
    }

    /// Bytes of the records without what is of variable length.
    private enum Size {
        static let localHeader = 30
        static let entry = 46
        static let end = 22
        static let end64 = 56
        static let locator64 = 20
        /// The longest comment behind the last record.
        static let comment = 0xFFFF
    }

    /// More than any checkpoint has.
    private static let longest = 100_000_000

    init(_ file: PlainFile) throws(SafetensorsError) {
        let tailStart = max(0, file.size - Size.end - Size.comment)
        let tail = LittleEndianBytes(try file.bytes(tailStart..<file.size))
        let place = stride(from: tail.count - Size.end, through: 0, by: -1).first {
            tail.word32($0) == Signature.end
        }
        guard let place else { throw .badArchive(reason: "the end of a zip archive is missing") }
        var count = tail.word16(place + 10)
        var size = Int(tail.word32(place + 12))
        var start = Int(tail.word32(place + 16))
        let locator = place - Size.locator64
        if locator >= 0, tail.word32(locator) == Signature.locator64 {
            let end = try Self.place(tail.word64(locator + 8), Size.end64, file)
            let record = LittleEndianBytes(try file.bytes(end))
            guard record.word32(0) == Signature.end64 else {
                throw .badArchive(reason: "the zip64 record is not at byte \(end.lowerBound)")
            }
            count = Int(clamping: record.word64(32))
            size = Int(clamping: record.word64(40))
            start = Int(clamping: record.word64(48))
        }
        guard size <= Self.longest else { throw .badArchive(reason: "a directory of \(size) bytes") }
        let range = try Self.place(UInt64(clamping: start), size, file)
        let directory = LittleEndianBytes(try file.bytes(range))
        var members: [Member] = []
        var position = 0
        for _ in 0..<count {
            guard position + Size.entry <= directory.count, directory.word32(position) == Signature.entry
            else {
                throw .badArchive(reason: "the directory ends after \(members.count) of \(count) members")
            }
            let nameSize = directory.word16(position + 28)
            let extraSize = directory.word16(position + 30)
            let end = position + Size.entry + nameSize + extraSize + directory.word16(position + 32)
            guard end <= directory.count else {
                throw .badArchive(reason: "the directory ends after \(members.count) of \(count) members")
            }
            members.append(try Self.member(directory, position, nameSize, extraSize, file))
            position = end
        }
        self.members = members
    }

    /// The member whose directory entry begins at `position`.
    private static func member(
        _ directory: LittleEndianBytes, _ position: Int, _ nameSize: Int, _ extraSize: Int, _ file: PlainFile
    ) throws(SafetensorsError) -> Member {
        let nameStart = position + Size.entry
        let nameBytes = directory.bytes[nameStart..<nameStart + nameSize]
        guard let name = String(validating: nameBytes, as: UTF8.self) else {
            throw .badArchive(reason: "the name of a member is not UTF-8")
        }
        guard directory.word16(position + 8) & 1 == 0 else {
            throw .badArchive(reason: "the member '\(name)' is encrypted")
        }
        let method = directory.word16(position + 10)
        guard method == 0 else {
            throw .badArchive(
                reason: "the member '\(name)' is compressed (method \(method)); only stored ones can be read")
        }
        var stored = UInt64(directory.word32(position + 20))
        var size = UInt64(directory.word32(position + 24))
        var header = UInt64(directory.word32(position + 42))
        // What does not fit in 32 bits stands in an extra field, in this order.
        var extra = nameStart + nameSize
        let extraEnd = extra + extraSize
        while extra + 4 <= extraEnd {
            let fieldEnd = extra + 4 + directory.word16(extra + 2)
            guard fieldEnd <= extraEnd else { break }
            if directory.word16(extra) == 1 {
                var next = extra + 4
                func wide(_ value: inout UInt64) {
                    guard value == UInt64(UInt32.max), next + 8 <= fieldEnd else { return }
                    value = directory.word64(next)
                    next += 8
                }
                wide(&size)
                wide(&stored)
                wide(&header)
            }
            extra = fieldEnd
        }
        guard stored == size else {
            throw .badArchive(reason: "the member '\(name)' has \(size) bytes, but \(stored) are stored")
        }
        let local = LittleEndianBytes(try file.bytes(try place(header, Size.localHeader, file)))
        guard local.word32(0) == Signature.localHeader else {
            throw .badArchive(reason: "the member '\(name)' does not begin at byte \(header)")
        }
        let start = Int(header) + Size.localHeader + local.word16(26) + local.word16(28)
        return Member(name: name, bytes: try place(UInt64(start), Int(clamping: size), file))
    }

    /// A range of the file.
    private static func place(
        _ start: UInt64, _ size: Int, _ file: PlainFile
    ) throws(SafetensorsError) -> Range<Int> {
        guard start <= UInt64(file.size), size <= file.size - Int(start) else {
            throw .badArchive(reason: "\(size) bytes from byte \(start) on are behind the end of the file")
        }
        return Int(start)..<Int(start) + size
    }
}

/// Bytes, and the little-endian numbers in them.
struct LittleEndianBytes {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var count: Int { bytes.count }

    private func word(_ start: Int, _ size: Int) -> UInt64 {
        bytes[start..<start + size].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    func word16(_ start: Int) -> Int { Int(word(start, 2)) }
    func word32(_ start: Int) -> UInt32 { UInt32(word(start, 4)) }
    func word64(_ start: Int) -> UInt64 { word(start, 8) }
}
