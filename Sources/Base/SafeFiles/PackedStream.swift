import CArchive
import Foundation

/// How a file was packed that holds one other, by its first bytes.
public enum Packing: String, CaseIterable, Sendable {
    case gzip, bzip2, xz, zstd, zip

    /// How many bytes tell it.
    public static let window = 6

    public init?(startingWith bytes: some Collection<UInt8>) {
        guard let found = Packing.allCases.first(where: { bytes.starts(with: $0.magic) }) else { return nil }
        if found == .bzip2 {
            // Its magic is of letters; a digit and the first digits of pi follow, or of its root where nothing is packed.
            let rest = Array(bytes.dropFirst(3).prefix(3))
            guard rest.count == 3, (0x31...0x39).contains(rest[0]),
                [[0x31, 0x41], [0x17, 0x72]].contains(Array(rest[1...]))
            else { return nil }
        }
        self = found
    }

    private var magic: [UInt8] {
        switch self {
        case .gzip: GzipStream.magic
        case .bzip2: Array("BZh".utf8)
        case .xz: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]
        case .zstd: [0x28, 0xB5, 0x2F, 0xFD]
        case .zip: [0x50, 0x4B, 0x03, 0x04]
        }
    }

    /// The endings that packed files have besides that of what they hold, as pandas knows them.
    public static let endings = ["gz", "bz2", "xz", "zst", "zip"]
}

/// Unpacks a stream of bytes by libarchive a piece at a time: bzip2, xz, Zstandard, or a zip archive of one file.
///
/// gzip has `GzipStream`, which checks the digest of what it unpacks.
public final class PackedStream {
    private let name: String
    private let packing: Packing
    private let nextPacked: () throws(FileError) -> [UInt8]
    private var handle: OpaquePointer?
    /// What libarchive is reading.
    private let buffer = UnsafeMutableRawBufferPointer.allocate(
        byteCount: PackedStream.pieceSize, alignment: 16)
    /// What was handed over by `nextPacked` and is not in the buffer yet.
    private var held: ArraySlice<UInt8> = []
    private var hasEnded = false
    /// What went wrong while libarchive asked for bytes.
    private var failure: FileError?
    private var state = State.start

    private enum State { case start, inside, end }

    private static let pieceSize = 1 << 16

    /// - Parameters:
    ///   - name: The file's, for errors.
    ///   - nextPacked: The next packed bytes; empty at the end.
    /// - Precondition: Not gzip.
    public init(name: String, packing: Packing, nextPacked: @escaping () throws(FileError) -> [UInt8]) {
        precondition(packing != .gzip)
        self.name = name
        self.packing = packing
        self.nextPacked = nextPacked
    }

    deinit {
        if let handle { archive_read_free(handle) }
        buffer.deallocate()
    }

    /// The next unpacked bytes, at most `count`; empty at the end.
    /// - Throws: `FileError.badArchive` where the stream is damaged or cut short, or holds several files, and what
    ///   `nextPacked` throws.
    public func read(upTo count: Int) throws(FileError) -> [UInt8] {
        if state == .start {
            try open()
            let isThere = try nextFile()
            if !isThere, packing == .zip { throw bad("it holds no file") }
            state = isThere ? .inside : .end
        }
        if state == .end { return [] }
        var got = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { output, filled in
            got = archive_read_data(handle, output.baseAddress, count)
            filled = max(0, got)
        }
        if got < 0 { throw problem() }
        if got == 0 {
            if packing == .zip, try nextFile() { throw bad("it holds several files; unpack it and name one") }
            state = .end
            // What stands after the packed bytes counts for whoever watches the source.
            while try !nextPacked().isEmpty {}
        }
        return bytes
    }

    private func open() throws(FileError) {
        guard let handle = archive_read_new() else { throw bad("out of memory") }
        self.handle = handle
        // Asked for one by one, since libarchive runs programs for some others.
        let isSupported: Bool
        switch packing {
        case .bzip2: isSupported = archive_read_support_filter_bzip2(handle) == ARCHIVE_OK
        case .xz: isSupported = archive_read_support_filter_xz(handle) == ARCHIVE_OK
        case .zstd: isSupported = archive_read_support_filter_zstd(handle) == ARCHIVE_OK
        case .zip, .gzip: isSupported = true
        }
        guard isSupported else { throw bad("this system's libarchive cannot unpack \(packing)") }
        if packing == .zip {
            archive_read_support_format_zip_streamable(handle)
        } else {
            archive_read_support_format_raw(handle)
        }
        let client = Unmanaged.passUnretained(self).toOpaque()
        let status = archive_read_open(
            handle, client, nil,
            { _, client, start in
                guard let client else { return -1 }
                let stream = Unmanaged<PackedStream>.fromOpaque(client).takeUnretainedValue()
                start?.pointee = UnsafeRawPointer(stream.buffer.baseAddress)
                return stream.fill()
            }, nil)
        if status != ARCHIVE_OK { throw problem() }
    }

    /// Puts the next packed bytes into the buffer; how many, 0 at the end, -1 where there is a failure.
    private func fill() -> Int {
        while held.isEmpty && !hasEnded {
            do throws(FileError) {
                held = try nextPacked()[...]
                hasEnded = held.isEmpty
            } catch {
                failure = error
                return -1
            }
        }
        let piece = held.prefix(buffer.count)
        held = held.dropFirst(piece.count)
        buffer.copyBytes(from: piece)
        return piece.count
    }

    /// Goes on to the next file with data in it; false if there is none. What macOS adds to archives is no file.
    private func nextFile() throws(FileError) -> Bool {
        while true {
            var entry: OpaquePointer?
            let status = archive_read_next_header(handle, &entry)
            if status == ARCHIVE_EOF { return false }
            guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry else { throw problem() }
            if packing != .zip { return true }
            let path = (archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry)).map(
                String.init(cString:))
            if archive_entry_filetype(entry) == S_IFREG, Packing.isFile(path ?? "") { return true }
        }
    }

    private func problem() -> FileError {
        if let failure { return failure }
        return bad(archive_error_string(handle).map(String.init(cString:)) ?? "unknown error")
    }

    private func bad(_ reason: String) -> FileError {
        .badArchive(path: name, reason: "\(packing): \(reason)")
    }
}

extension Packing {
    /// Whether a path in a zip archive is that of a file of its maker's, and none that macOS added.
    public static func isFile(_ path: String) -> Bool {
        !path.hasPrefix("__MACOSX/") && path.split(separator: "/").last != ".DS_Store" && !path.hasSuffix("/")
    }
}
