import Foundation
import SafeFiles
import TestSupport
import Testing

@Suite struct InputFileTests {
    @Test func readsInPiecesToTheEnd() throws {
        let folder = try TemporaryFolder()
        let bytes = (0..<10_007).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let file = try folder.write(bytes, to: "a")
        let input = try InputFile(file)
        let first = try input.read(upTo: 997)
        #expect(first == Array(bytes[..<997]))
        let rest = try input.readToEnd()
        #expect(first + rest == bytes)
        #expect(try input.read(upTo: 1).isEmpty)
    }

    @Test func smallTextsLoseTheirByteOrderMark() throws {
        let folder = try TemporaryFolder()
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        for (bytes, expected) in [
            (mark + Array("warm\n".utf8), "warm\n"), (Array("warm".utf8), "warm"), (mark, ""), ([], ""),
            // A second one is a character like any other.
            (mark + mark, "\u{FEFF}"),
        ] {
            #expect(try InputFile.text(of: folder.write(bytes, to: "a")) == expected)
        }
        let latin = try folder.write([0x63, 0xE9], to: "b")
        #expect(throws: FileError.unreadable(path: latin.path, reason: "it is not UTF-8 text")) {
            try InputFile.text(of: latin)
        }
    }

    @Test func tellsMissingFromUnreadable() throws {
        let folder = try TemporaryFolder()
        let none = folder.url.appendingPathComponent("none")
        #expect(throws: FileError.notFound(path: none.path)) { try InputFile(none) }
        #expect {
            try InputFile(folder.url).readToEnd()
        } throws: { error in
            if case FileError.unreadable = error { true } else { false }
        }
    }
}

/// The examples of FIPS 180-4 and of NIST's "SHA256" example sheet.
@Suite struct FingerprintTests {
    static let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    static let million = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"

    @Test func knownVectors() {
        #expect(Fingerprint.sha256(of: Data()) == Self.empty)
        #expect(
            Fingerprint.sha256(of: Data("abc".utf8))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            Fingerprint.sha256(of: Data("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8))
                == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    }

    @Test func filesOfMoreThanOnePiece() throws {
        let folder = try TemporaryFolder()
        #expect(try Fingerprint.sha256(ofFile: folder.write([], to: "empty")) == Self.empty)
        let a = [UInt8](repeating: 97, count: 1_000_000)
        #expect(try Fingerprint.sha256(ofFile: folder.write(a, to: "a")) == Self.million)
        let long = [UInt8](repeating: 97, count: 2_500_009)
        #expect(
            try Fingerprint.sha256(ofFile: folder.write(long, to: "b")) == Fingerprint.sha256(of: Data(long)))
    }
}

@Suite struct CacheFolderTests {
    @Test func followsTheEnvironment() {
        let home = FileManager.default.homeDirectoryForCurrentUser.path
        #expect(CacheFolder.url(environment: ["XDG_CACHE_HOME": "/x/y"]).path == "/x/y/bakeoff")
        #expect(CacheFolder.url(environment: [:]).path == home + "/.cache/bakeoff")
        // The specification: relative paths are to be ignored.
        #expect(CacheFolder.url(environment: ["XDG_CACHE_HOME": "x"]).path == home + "/.cache/bakeoff")
    }
}
