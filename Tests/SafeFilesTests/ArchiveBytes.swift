import Foundation

/// Archives written byte by byte, so that they may hold what no archiver would write.
enum ArchiveBytes {
    struct Entry {
        var path: String
        var contents: [UInt8] = []
        /// A tar type: 0 file, 1 hard link, 2 symbolic link, 3 device, 5 folder.
        var type: Character = "0"
        var link = ""
    }

    /// A tar file in the ustar format.
    static func tar(_ entries: [Entry]) -> [UInt8] {
        var bytes: [UInt8] = []
        for entry in entries {
            var header = [UInt8](repeating: 0, count: 512)
            func put(_ text: String, at offset: Int) {
                header.replaceSubrange(offset..<offset + text.utf8.count, with: Array(text.utf8))
            }
            func octal(_ number: Int, digits: Int) -> String {
                let text = String(number, radix: 8)
                return String(repeating: "0", count: digits - text.count) + text
            }
            put(entry.path, at: 0)
            put("0000644", at: 100)
            put("0000000", at: 108)
            put("0000000", at: 116)
            put(octal(entry.contents.count, digits: 11), at: 124)
            put("00000000000", at: 136)
            put("        ", at: 148)
            put(String(entry.type), at: 156)
            put(entry.link, at: 157)
            put("ustar\u{0}00", at: 257)
            put(octal(header.reduce(0) { $0 + Int($1) }, digits: 6) + "\u{0} ", at: 148)
            let padding = (512 - entry.contents.count % 512) % 512
            bytes += header + entry.contents + [UInt8](repeating: 0, count: padding)
        }
        return bytes + [UInt8](repeating: 0, count: 1024)
    }

    /// A gzip file of one stored (uncompressed) block.
    static func gzip(_ bytes: [UInt8]) -> [UInt8] {
        precondition(bytes.count < 1 << 16)
        let count = UInt16(bytes.count)
        return [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 1] + little(count) + little(~count) + bytes
            + little(crc32(bytes)) + little(UInt32(bytes.count))
    }

    /// A zip file of stored entries.
    static func zip(_ entries: [Entry]) -> [UInt8] {
        var bytes: [UInt8] = []
        var directory: [UInt8] = []
        for entry in entries {
            let name = Array(entry.path.utf8)
            let size = UInt32(entry.contents.count)
            // Version, flags, method, time, date, checksum, sizes, length of the name and of extra fields.
            let shared: [UInt8] =
                [20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0] + little(crc32(entry.contents)) + little(size)
                + little(size)
                + little(UInt16(name.count)) + [0, 0]
            directory += [0x50, 0x4b, 1, 2, 20, 0] + shared + [UInt8](repeating: 0, count: 10)
            directory += little(UInt32(bytes.count)) + name
            bytes += [0x50, 0x4b, 3, 4] + shared + name + entry.contents
        }
        let count = UInt16(entries.count)
        return bytes + directory + [0x50, 0x4b, 5, 6, 0, 0, 0, 0] + little(count) + little(count)
            + little(UInt32(directory.count)) + little(UInt32(bytes.count)) + [0, 0]
    }

    private static func little(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }

    private static func crc32(_ bytes: [UInt8]) -> UInt32 {
        var crc = ~UInt32(0)
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0xedb8_8320 : crc >> 1 }
        }
        return ~crc
    }
}
