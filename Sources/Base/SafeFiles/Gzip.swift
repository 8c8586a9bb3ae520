import CCompression

/// gzip (RFC 1952) without a name, a time or a system, so that equal bytes are packed to equal bytes.
package enum Gzip {
    /// Magic, deflate, no flags, no time, the slowest and best packing, an unknown system.
    private static let header: [UInt8] = GzipStream.magic + [8, 0, 0, 0, 0, 0, 2, 255]
    private static let pieceSize = 1 << 20

    package static func packed(_ bytes: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        let status = deflateInit2_(
            &stream, Z_BEST_COMPRESSION, Z_DEFLATED, -MAX_WBITS, MAX_MEM_LEVEL, Z_DEFAULT_STRATEGY,
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "zlib: error \(status)")
        defer { deflateEnd(&stream) }
        var packed = header
        var digest = crc32(0, nil, 0)
        var start = 0
        repeat {
            let end = min(bytes.count, start + pieceSize)
            var piece = Array(bytes[start..<end])
            digest = crc32(digest, piece, UInt32(piece.count))
            packed += deflated(&piece, &stream, isLast: end == bytes.count)
            start = end
        } while start < bytes.count
        for value in [UInt32(truncatingIfNeeded: digest), UInt32(truncatingIfNeeded: bytes.count)] {
            packed += withUnsafeBytes(of: value.littleEndian) { Array($0) }
        }
        return packed
    }

    private static func deflated(_ piece: inout [UInt8], _ stream: inout z_stream, isLast: Bool) -> [UInt8] {
        var all: [UInt8] = []
        piece.withUnsafeMutableBufferPointer { input in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(input.count)
            repeat {
                all += [UInt8](unsafeUninitializedCapacity: pieceSize) { output, filled in
                    stream.next_out = output.baseAddress
                    stream.avail_out = UInt32(pieceSize)
                    deflate(&stream, isLast ? Z_FINISH : Z_NO_FLUSH)
                    filled = pieceSize - Int(stream.avail_out)
                }
            } while stream.avail_out == 0
        }
        return all
    }
}
