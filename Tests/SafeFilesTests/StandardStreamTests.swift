import Foundation
import SafeFiles
import TestSupport
import Testing

@Suite struct StandardStreamTests {
    private struct Pipe {
        let reading: Int32
        let writing: Int32

        init() throws {
            var ends: [Int32] = [0, 0]
            try #require(pipe(&ends) == 0)
            (reading, writing) = (ends[0], ends[1])
        }
    }

    @Test func waitsForASlowReaderOfAPipeThatDoesNotBlock() throws {
        let pipe = try Pipe()
        #expect(fcntl(pipe.writing, F_SETFL, O_NONBLOCK) == 0)
        let bytes = (0..<1_000_003).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let reader = Thread.self
        let read = ReadBytes()
        reader.detachNewThread {
            var block = [UInt8](repeating: 0, count: 4099)
            while true {
                let count = Foundation.read(pipe.reading, &block, block.count)
                if count <= 0 { break }
                read.append(block[..<count])
                usleep(50)
            }
            read.finish()
        }
        try StandardStream(descriptor: pipe.writing, name: "the pipe").write(bytes)
        close(pipe.writing)
        #expect(read.all() == bytes)
        close(pipe.reading)
    }

    /// What a thread has read.
    private final class ReadBytes: @unchecked Sendable {
        private var bytes: [UInt8] = []
        private let done = DispatchSemaphore(value: 0)
        func append(_ more: ArraySlice<UInt8>) { bytes += more }
        func finish() { done.signal() }
        func all() -> [UInt8] {
            done.wait()
            return bytes
        }
    }

    @Test func saysThatADiskIsFull() throws {
        let full = open("/dev/full", O_WRONLY)
        defer { close(full) }
        #expect(throws: FileError.unwritable(path: "out", reason: "No space left on device")) {
            try StandardStream(descriptor: full, name: "out").write([1, 2, 3])
        }
    }

    @Test func tellsAReaderThatHasEndedFromAFailure() throws {
        signal(SIGPIPE, SIG_IGN)
        let pipe = try Pipe()
        close(pipe.reading)
        defer { close(pipe.writing) }
        #expect(throws: FileError.closedByReader(path: "out")) {
            try StandardStream(descriptor: pipe.writing, name: "out").write([1])
        }
    }
}

@Suite struct ProgramPathTests {
    @Test func neverLooksInTheWorkingFolder() throws {
        let folder = try TemporaryFolder()
        let program = try folder.write(Array("#!/bin/sh\n".utf8), to: "tool")
        #expect(programPath("tool", environment: ["PATH": folder.url.path]) == nil)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
        #expect(programPath("tool", environment: ["PATH": "/none:\(folder.url.path)"]) == program.path)
        #expect(programPath(program.path, environment: [:]) == program.path)
        let working = FileManager.default.currentDirectoryPath
        let relative =
            String(repeating: "../", count: working.split(separator: "/").count)
            + folder.url.path.dropFirst()
        #expect(FileManager.default.fileExists(atPath: "\(relative)/tool"))
        for path in ["", ":", ".", relative, ":\(relative):."] {
            #expect(programPath("tool", environment: ["PATH": path]) == nil, "\(path)")
        }
        #expect(programPath("\(relative)/tool", environment: ["PATH": "/usr/bin"]) == nil)
        #expect(programPath("sh", environment: [:]) != nil)
    }
}
