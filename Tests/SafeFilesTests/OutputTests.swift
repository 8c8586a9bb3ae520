import Foundation
import SafeFiles
import TestSupport
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
        let here = "\(ProcessMark.hostTag)-4194304-7.partial"
        let elsewhere = "00000000-4194304-7.partial"
        let names = [".a.txt.\(here)", ".a.txt.\(elsewhere)", ".b.txt.\(here)", ".a.txt.csv.\(here)"]
        for name in names { try folder.write([1], to: name) }
        let file = folder.file("a.txt")
        try OutputFile.write("new", to: file)
        // Whether a process elsewhere still writes is not known.
        #expect(try Set(folder.names) == Set(names.dropFirst() + ["a.txt"]))
        OutputFile.removePartials(of: file)
        #expect(try Set(folder.names) == Set(names.dropFirst(2) + ["a.txt"]))
        OutputFile.removePartials(in: folder.url)
        #expect(try folder.names == ["a.txt"])
    }

    @Test func aLinkStaysAndItsFileIsReplaced() throws {
        let folder = try TemporaryFolder()
        let target = try folder.write(Array("old".utf8), to: "target.txt")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: target.path)
        let link = folder.url.appendingPathComponent("link")
        let second = folder.url.appendingPathComponent("second")
        let dangling = folder.url.appendingPathComponent("dangling")
        let round = folder.url.appendingPathComponent("round")
        for (name, target) in [
            (link, "target.txt"), (second, link.path), (dangling, "new/later.txt"), (round, "round"),
        ] {
            try FileManager.default.createSymbolicLink(
                atPath: name.path, withDestinationPath: target)
        }
        try OutputFile.write("new", to: second)
        #expect(try String(contentsOf: target, encoding: .utf8) == "new")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link.path) == "target.txt")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: second.path) == link.path)
        let attributes = try FileManager.default.attributesOfItem(atPath: target.path)
        #expect(attributes[.posixPermissions] as? Int == 0o600, "a private file stays private")

        try OutputFile.write("later", to: dangling)
        let made = folder.url.appendingPathComponent("new/later.txt")
        #expect(try String(contentsOf: made, encoding: .utf8) == "later")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: dangling.path) == "new/later.txt")
        #expect(throws: FileError.unwritable(path: round.path, reason: "its links lead in a circle")) {
            try OutputFile.write("x", to: round)
        }
        #expect(throws: FileError.unwritable(path: folder.url.path, reason: "it is a folder")) {
            try OutputFile.write("x", to: folder.url)
        }
    }

    @Test func aPipeIsWrittenIntoAndADeviceKept() throws {
        let folder = try TemporaryFolder()
        let pipe = folder.url.appendingPathComponent("pipe")
        try #require(mkfifo(pipe.path, 0o600) == 0)
        let reader = open(pipe.path, O_RDONLY | O_NONBLOCK)
        try OutputFile.write("through", to: pipe)
        var bytes = [UInt8](repeating: 0, count: 100)
        let count = read(reader, &bytes, bytes.count)
        close(reader)
        #expect(String(decoding: bytes[..<max(0, count)], as: UTF8.self) == "through")
        var status = stat()
        #expect(lstat(pipe.path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)

        let full = folder.url.appendingPathComponent("full")
        try FileManager.default.createSymbolicLink(atPath: full.path, withDestinationPath: "/dev/full")
        #expect(throws: FileError.unwritable(path: full.path, reason: "No space left on device")) {
            try OutputFile.write("x", to: full)
        }
        try OutputFile.write("x", to: URL(fileURLWithPath: "/dev/null"))
        #expect(lstat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
        #expect(try Set(folder.names) == ["pipe", "full"])
    }

    @Test func aNameMayBeAsLongAsTheSystemAllows() throws {
        let folder = try TemporaryFolder()
        let name = String(repeating: "n", count: 251) + ".csv"
        try OutputFile.write("x", to: folder.url.appendingPathComponent(name))
        #expect(try folder.names == [name])
        #expect(throws: FileError.self) {
            try OutputFile.write("x", to: folder.url.appendingPathComponent(name + "x"))
        }
        #expect(try folder.names == [name])
    }

    @Test func twoWritersOfOneFileDoNotMeet() throws {
        let folder = try TemporaryFolder()
        let place = folder.url.appendingPathComponent("a.txt")
        let (first, second) = (try OutputFile(place), try OutputFile(place))
        try first.write("first")
        try second.write("second")
        try second.commit()
        try first.commit()
        #expect(try String(contentsOf: place, encoding: .utf8) == "first")
        #expect(try folder.names == ["a.txt"])
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
