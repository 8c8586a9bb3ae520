import Files
import Foundation
import Testing

@Suite struct OutputFileTests {
    @Test func appearsOnCommitAlone() throws {
        let folder = try TemporaryFolder()
        let place = folder.url.appendingPathComponent("deep/result.json")
        do {
            let out = try OutputFile(place)
            // More than the buffer, so that some of it is on disk.
            try out.write([UInt8](repeating: 65, count: 100_003))
            #expect(!FileManager.default.fileExists(atPath: place.path))
        }
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: place.deletingLastPathComponent().path)
                .isEmpty)

        let out = try OutputFile(place)
        try out.write([UInt8](repeating: 65, count: 100_003))
        try out.write("é\n")
        try out.commit()
        let bytes = try Data(contentsOf: place)
        #expect(bytes.count == 100_006)
        #expect(bytes.suffix(3) == Data([0xc3, 0xa9, 10]))
    }

    @Test func anAbandonedWriteLeavesTheOldFile() throws {
        let folder = try TemporaryFolder()
        let place = folder.url.appendingPathComponent("a.txt")
        try OutputFile.write("old", to: place)
        do { try OutputFile(place).write("new") }
        #expect(try String(contentsOf: place, encoding: .utf8) == "old")
        try OutputFile.write("new", to: place)
        #expect(try String(contentsOf: place, encoding: .utf8) == "new")
        #expect(try folder.names == ["a.txt"])
    }

    @Test func removesWhatAKilledProcessLeft() throws {
        let folder = try TemporaryFolder()
        // No process has the greatest number that Linux can give.
        _ = try folder.write([1], to: ".a.txt.4194304.partial")
        _ = try folder.write([1], to: ".b.txt.4194304.partial")
        try OutputFile.write("new", to: folder.url.appendingPathComponent("a.txt"))
        #expect(try Set(folder.names) == ["a.txt", ".b.txt.4194304.partial"])
    }

    @Test func saysWhereItCannotWrite() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write([1], to: "file")
        let expected = FileError.unwritable(path: file.path, reason: "it is no folder")
        #expect(throws: expected) { try OutputFile.write("x", to: file.appendingPathComponent("below")) }
        #expect(throws: expected) { try OutputFolder(file.appendingPathComponent("a/b")) }
    }
}

@Suite struct AppendedFileTests {
    @Test func goesOnWhereItWasCut() throws {
        let folder = try TemporaryFolder()
        let place = folder.url.appendingPathComponent("deep/log.jsonl")
        try AppendedFile(place).append(Data("one\ntwo\nthr".utf8))
        let again = try AppendedFile(place)
        #expect(again.length == 11)
        try again.truncate(to: 8)
        try again.append(Data("three\n".utf8))
        try again.truncate(to: 100)
        #expect(again.length == 14)
        #expect(try String(contentsOf: place, encoding: .utf8) == "one\ntwo\nthree\n")
    }

    @Test func isHeldByOne() throws {
        let folder = try TemporaryFolder()
        let place = folder.url.appendingPathComponent("download")
        let (first, second) = (try AppendedFile(place), try AppendedFile(place))
        #expect(first.lock())
        #expect(!second.lock())
    }

    @Test func saysWhatCannotBeWritten() throws {
        #expect(throws: FileError.unwritable(path: "/dev/full", reason: "No space left on device")) {
            try AppendedFile(URL(fileURLWithPath: "/dev/full")).append(Data("x".utf8))
        }
    }
}

@Suite struct OutputFolderTests {
    @Test func appearsOnCommitAlone() throws {
        let folder = try TemporaryFolder()
        let place = folder.url.appendingPathComponent("data")
        do {
            let out = try OutputFolder(place)
            try OutputFile.write("x", to: out.url.appendingPathComponent("deep/file"))
            out.discard()
        }
        #expect(try folder.names == [])

        let out = try OutputFolder(place)
        try OutputFile.write("x", to: out.url.appendingPathComponent("deep/file"))
        #expect(!FileManager.default.fileExists(atPath: place.path))
        try out.commit()
        #expect(try folder.names == ["data"])
        #expect(try String(contentsOf: place.appendingPathComponent("deep/file"), encoding: .utf8) == "x")
    }

    @Test func replacesWhatWasThereAsAWhole() throws {
        let folder = try TemporaryFolder()
        let place = folder.url.appendingPathComponent("data")
        for name in ["first", "second"] {
            let out = try OutputFolder(place)
            try OutputFile.write(name, to: out.url.appendingPathComponent(name))
            try out.commit()
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: place.path) == ["second"])
        #expect(try folder.names == ["data"])
    }
}
