import Foundation
import SafeFiles
import TestSupport
import Testing

@Suite struct ArchiveTests {
    typealias Entry = ArchiveBytes.Entry

    static let good = [
        Entry(path: "./", type: "5"), Entry(path: "corpus/", type: "5"),
        Entry(path: "./corpus/a.txt", contents: Array("one".utf8)),
        Entry(path: "corpus/deep/b.txt", contents: Array("two\n".utf8)), Entry(path: "empty.txt"),
    ]

    static let formats: [(name: String, bytes: [UInt8])] = [
        ("tar", ArchiveBytes.tar(good)), ("tar.gz", ArchiveBytes.gzip(ArchiveBytes.tar(good))),
        ("zip", ArchiveBytes.zip(good)),
    ]

    @Test(arguments: formats.indices) func unpacksFilesAndFolders(format: Int) throws {
        let folder = try TemporaryFolder()
        let archive = Archive(try folder.write(Self.formats[format].bytes, to: "archive"))
        let target = folder.url.appendingPathComponent("out")
        try archive.unpack(to: target)
        #expect(try archive.members() == ["corpus/a.txt", "corpus/deep/b.txt", "empty.txt"])
        #expect(
            try String(contentsOf: target.appendingPathComponent("corpus/a.txt"), encoding: .utf8) == "one")
        #expect(
            try String(contentsOf: target.appendingPathComponent("corpus/deep/b.txt"), encoding: .utf8)
                == "two\n")
        #expect(try Data(contentsOf: target.appendingPathComponent("empty.txt")).isEmpty)
        #expect(try folder.names == ["archive", "out"])
    }

    @Test func unpacksChosenMembersAlone() throws {
        let folder = try TemporaryFolder()
        let archive = Archive(try folder.write(ArchiveBytes.tar(Self.good), to: "a.tar"))
        let target = folder.url.appendingPathComponent("out")
        try archive.unpack(to: target, only: ["corpus/a.txt"])
        #expect(FileManager.default.fileExists(atPath: target.appendingPathComponent("corpus/a.txt").path))
        #expect(!FileManager.default.fileExists(atPath: target.appendingPathComponent("empty.txt").path))

        let other = folder.url.appendingPathComponent("other")
        #expect(throws: FileError.missingArchiveMember(path: archive.file.path, member: "none.txt")) {
            try archive.unpack(to: other, only: ["corpus/a.txt", "none.txt"])
        }
        #expect(try folder.names == ["a.tar", "out"])
    }

    /// Each is the second entry, after a harmless one that must not be left behind either.
    static let evil: [Entry] = [
        Entry(path: "../evil", contents: [1]), Entry(path: "a/../../evil", contents: [1]),
        Entry(path: "/absolute", contents: [1]), Entry(path: "link", type: "2", link: "/etc/passwd"),
        Entry(path: "hard", type: "1", link: "fine.txt"), Entry(path: "device", type: "3"),
        Entry(path: "fine.txt", contents: [2]), Entry(path: "./fine.txt", contents: [2]),
        Entry(path: "Fine.TXT", contents: [2]), Entry(path: "..", type: "5"),
    ]

    @Test(arguments: evil.indices) func refusesUnsafeEntries(number: Int) throws {
        let entries = [Entry(path: "fine.txt", contents: [1]), Self.evil[number]]
        try expectUnsafe(ArchiveBytes.tar(entries), entry: Self.evil[number].path)
        if Self.evil[number].type == "0" {
            try expectUnsafe(ArchiveBytes.zip(entries), entry: Self.evil[number].path)
        }
    }

    private func expectUnsafe(_ bytes: [UInt8], entry: String) throws {
        let folder = try TemporaryFolder()
        let archive = Archive(try folder.write(bytes, to: "archive"))
        let error = FileError.unsafeArchiveEntry(path: archive.file.path, entry: entry)
        let target = folder.url.appendingPathComponent("out")
        #expect(throws: error) { try archive.unpack(to: target) }
        #expect(throws: error) { try archive.unpack(to: target, only: ["fine.txt"]) }
        #expect(throws: error) { try archive.members() }
        #expect(try folder.names == ["archive"])
        #expect(!FileManager.default.fileExists(atPath: folder.url.appendingPathComponent("../evil").path))
    }

    @Test func refusesBombs() throws {
        let folder = try TemporaryFolder()
        let entries = (0..<5).map { Entry(path: "\($0)", contents: [UInt8](repeating: 0, count: 1009)) }
        let file = try folder.write(ArchiveBytes.gzip(ArchiveBytes.tar(entries)), to: "bomb")
        let target = folder.url.appendingPathComponent("out")

        var limits = Archive.Limits()
        limits.bytes = 5 * 1009 - 1
        #expect(throws: FileError.archiveTooLarge(path: file.path, limit: "5044 bytes")) {
            try Archive(file, limits: limits).unpack(to: target)
        }
        limits.bytes += 1
        limits.entries = 4
        #expect(throws: FileError.archiveTooLarge(path: file.path, limit: "4 entries")) {
            try Archive(file, limits: limits).unpack(to: target)
        }
        #expect(try folder.names == ["bomb"])
        limits.entries = 5
        try Archive(file, limits: limits).unpack(to: target)
    }

    @Test func damagedArchivesLeaveNothing() throws {
        let folder = try TemporaryFolder()
        let whole = ArchiveBytes.gzip(
            ArchiveBytes.tar([
                Entry(path: "a", contents: [1]), Entry(path: "b", contents: Array(repeating: 7, count: 3001)),
            ]))
        var flipped = ArchiveBytes.zip([Entry(path: "a", contents: Array(repeating: 7, count: 3001))])
        flipped[2000] ^= 1
        for bytes in [Array(whole[..<2500]), flipped, Array("not an archive".utf8), []] {
            let file = try folder.write(bytes, to: "archive")
            #expect {
                try Archive(file).unpack(to: folder.url.appendingPathComponent("out"))
            } throws: { error in
                if case FileError.badArchive = error { true } else { false }
            }
            #expect(try folder.names == ["archive"])
        }
    }

    @Test func refusesAMissingFileAndAnOccupiedPlace() throws {
        let folder = try TemporaryFolder()
        let none = folder.url.appendingPathComponent("none")
        #expect(throws: FileError.notFound(path: none.path)) { try Archive(none).members() }
        let file = try folder.write(ArchiveBytes.tar(Self.good), to: "a.tar")
        #expect(throws: FileError.unwritable(path: folder.url.path, reason: "it exists already")) {
            try Archive(file).unpack(to: folder.url)
        }
    }
}
