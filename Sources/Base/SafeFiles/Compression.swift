import CCompression

/// A codec of blocks whose unpacked size is known beforehand, as the pages of Parquet are.
public enum Compression: Sendable {
    case snappy, gzip, zstd

    /// Unpacks `packed` to exactly `size` bytes; nil if it is damaged or comes to another size.
    ///
    /// No more than `size` bytes are ever written, whatever `packed` says of itself.
    public func unpack(_ packed: [UInt8], size: Int) -> [UInt8]? {
        guard size >= 0 else { return nil }
        var isWhole = false
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
            isWhole = packed.withUnsafeBytes { input in
                switch self {
                case .snappy: Compression.unpackSnappy(input, UnsafeMutableRawBufferPointer(buffer))
                case .gzip: Compression.unpackGzip(input, UnsafeMutableRawBufferPointer(buffer))
                case .zstd: Compression.unpackZstd(input, UnsafeMutableRawBufferPointer(buffer))
                }
            }
            filled = isWhole ? size : 0
        }
        return isWhole ? bytes : nil
    }

    private static func unpackSnappy(
        _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
    ) -> Bool {
        let packed = input.bindMemory(to: CChar.self).baseAddress
        var size = 0
        guard snappy_uncompressed_length(packed, input.count, &size) == SNAPPY_OK, size == output.count else {
            return false
        }
        if size == 0 { return true }
        return snappy_uncompress(packed, input.count, output.bindMemory(to: CChar.self).baseAddress, &size)
            == SNAPPY_OK && size == output.count
    }

    private static func unpackGzip(
        _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
    ) -> Bool {
        guard input.count <= UInt32.max, output.count <= UInt32.max else { return false }
        var stream = z_stream()
        guard inflateInit2_(&stream, gzipOrZlib, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { return false }
        defer { inflateEnd(&stream) }
        stream.next_in = UnsafeMutablePointer(
            mutating: input.bindMemory(to: UInt8.self).baseAddress)
        stream.avail_in = UInt32(input.count)
        // An empty page has no address to write to, and zlib wants one.
        var nowhere: UInt8 = 0
        return withUnsafeMutablePointer(to: &nowhere) { nowhere in
            stream.next_out = output.bindMemory(to: UInt8.self).baseAddress ?? nowhere
            stream.avail_out = UInt32(output.count)
            return inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_out == 0
        }
    }

    private static func unpackZstd(
        _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
    ) -> Bool {
        let size = ZSTD_decompress(output.baseAddress, output.count, input.baseAddress, input.count)
        return ZSTD_isError(size) == 0 && size == output.count
    }

    /// The largest window, and either header (zlib.h, `inflateInit2`).
    static let gzipOrZlib: Int32 = 15 + 32
}
