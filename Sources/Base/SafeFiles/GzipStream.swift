import CCompression

/// Unpacks a stream of gzip bytes (RFC 1952), of one member or several after another, a piece at a time.
public final class GzipStream {
    /// The two bytes that every gzip file begins with.
    public static let magic: [UInt8] = [0x1F, 0x8B]

    private let name: String
    private let nextPacked: () throws(FileError) -> [UInt8]
    private let stream: UnsafeMutablePointer<z_stream>
    private let isReady: Bool
    /// What was read and not yet unpacked, from `position` on.
    private var packed: [UInt8] = []
    private var position = 0
    /// Also before the first one, since a stream has at least one.
    private var isInsideMember = true

    /// - Parameters:
    ///   - name: The file's, for errors.
    ///   - nextPacked: The next packed bytes; empty at the end.
    public init(name: String, nextPacked: @escaping () throws(FileError) -> [UInt8]) {
        self.name = name
        self.nextPacked = nextPacked
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        isReady =
            inflateInit2_(
                stream, Compression.gzipOrZlib, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    }

    deinit {
        if isReady { inflateEnd(stream) }
        stream.deallocate()
    }

    /// The next unpacked bytes, at most `count`; empty at the end.
    /// - Throws: `FileError.badArchive` where the stream is damaged or cut short, and what `nextPacked` throws.
    public func read(upTo count: Int) throws(FileError) -> [UInt8] {
        guard isReady else { throw damaged("out of memory") }
        while true {
            if position == packed.count {
                packed = try nextPacked()
                position = 0
                if packed.isEmpty {
                    if isInsideMember { throw damaged("it ends too early") }
                    return []
                }
            }
            isInsideMember = true
            let (bytes, status) = unpackSome(count)
            switch status {
            case Z_STREAM_END:
                isInsideMember = false
                inflateReset(stream)
            case Z_OK, Z_BUF_ERROR:
                break
            default:
                throw damaged(stream.pointee.msg.map { String(cString: $0) } ?? "error \(status)")
            }
            if !bytes.isEmpty { return bytes }
        }
    }

    /// Unpacks from `packed` as much as there is, and no more than `count` bytes.
    private func unpackSome(_ count: Int) -> ([UInt8], Int32) {
        var status = Z_OK
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            packed.withUnsafeMutableBufferPointer { input in
                stream.pointee.next_in = input.baseAddress.map { $0 + position }
                stream.pointee.avail_in = UInt32(input.count - position)
                stream.pointee.next_out = buffer.baseAddress
                stream.pointee.avail_out = UInt32(count)
                status = inflate(stream, Z_NO_FLUSH)
                position = input.count - Int(stream.pointee.avail_in)
            }
            filled = count - Int(stream.pointee.avail_out)
        }
        return (bytes, status)
    }

    private func damaged(_ reason: String) -> FileError {
        .badArchive(path: name, reason: "gzip: \(reason)")
    }
}
