import Foundation
import SafeFiles
import TestSupport
import Testing

/// Files that may stand packed.
@Suite struct PackableFileTests {
    /// Bytes that are hard to pack, more than the pieces they are read in.
    private static let noise: [UInt8] = {
        var state: UInt64 = 1
        return (0..<2_500_000).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 56)
        }
    }()

    private static let contents: [[UInt8]] = [
        [], [0], Array("id,gold\n1,a\n".utf8), Array(repeating: 7, count: 1 << 20), noise,
    ]

    @Test(arguments: contents.indices) func whatIsPackedComesBack(_ index: Int) throws {
        let folder = try TemporaryFolder()
        let bytes = Self.contents[index]
        let file = PackableFile(try folder.write(bytes, to: "a.csv"))
        let digest = Fingerprint.sha256(of: bytes)
        #expect(try file.bytes() == bytes)
        #expect(try file.sha256() == digest)
        try file.pack()
        #expect(try folder.names == ["a.csv.gz"])
        #expect(file.isThere)
        #expect(try file.place().lastPathComponent == "a.csv.gz")
        #expect(try file.bytes() == bytes)
        #expect(try file.sha256() == digest)
        try file.pack()
        #expect(try folder.names == ["a.csv.gz"])
        try file.unpack()
        #expect(try folder.names == ["a.csv"])
        #expect(try Array(Data(contentsOf: file.file)) == bytes)
        try file.remove()
        #expect(!file.isThere)
        #expect(throws: FileError.notFound(path: file.file.path)) { try file.bytes() }
    }

    @Test func whatIsWrittenReplacesEitherForm() throws {
        let folder = try TemporaryFolder()
        let file = PackableFile(folder.file("a.csv"))
        for packs in [false, true, false] {
            if packs { try file.pack() }
            let bytes = [UInt8](repeating: packs ? 1 : 2, count: 7)
            try file.write(bytes)
            #expect(try folder.names == ["a.csv"] && file.bytes() == bytes)
        }
    }

    /// Neither name, nor time, nor system: RFC 1952, 2.3.
    @Test func equalBytesArePackedToEqualBytes() {
        let bytes = Array("text, text, text".utf8)
        let packed = Gzip.packed(bytes)
        #expect(packed.prefix(10) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 255])
        #expect(packed == Gzip.packed(bytes))
        #expect(packed.suffix(4) == [UInt8(bytes.count), 0, 0, 0])
    }

    @Test func bothFormsAreAnError() throws {
        let folder = try TemporaryFolder()
        let file = PackableFile(try folder.write([1], to: "a.csv"))
        _ = try folder.write(Gzip.packed([1]), to: "a.csv.gz")
        let error = FileError.bothForms(path: file.file.path, packed: file.file.path + ".gz")
        #expect(throws: error) { try file.bytes() }
        #expect(throws: error) { try file.pack() }
        #expect(throws: error) { try file.unpack() }
        #expect(throws: error) { try file.write([2]) }
        #expect("\(error)".hasSuffix("remove one of them"))
        #expect(try folder.names == ["a.csv", "a.csv.gz"])
    }

    @Test func damageIsAnErrorWithTheFile() throws {
        let folder = try TemporaryFolder()
        let whole = Gzip.packed(Array("id,gold\n".utf8) + Self.noise.prefix(1000))
        let file = PackableFile(folder.url.appendingPathComponent("a.csv"))
        var flipped = whole
        flipped[500] ^= 1
        for bytes in [[], Array(whole.dropLast()), Array(whole.prefix(20)), flipped, Array("no gzip".utf8)] {
            _ = try folder.write(bytes, to: "a.csv.gz")
            let error = #expect(throws: FileError.self) { try file.bytes() }
            guard case .badArchive(let path, _) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(path == file.file.path + ".gz")
            #expect(throws: FileError.self) { try file.unpack() }
            #expect(try folder.names == ["a.csv.gz"])
        }
    }
}
