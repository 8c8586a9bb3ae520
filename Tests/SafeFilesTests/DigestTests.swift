import Foundation
import SafeFiles
import TestSupport
import Testing

@Suite struct DigestTests {
    private let temporary: TemporaryFolder
    private var folder: URL { temporary.url }

    init() throws { temporary = try TemporaryFolder() }

    private func write(_ bytes: [UInt8], to file: DigestedFile) throws {
        try file.write { sink in try bytes.withUnsafeBytes { try sink($0) } }
    }

    @Test func damageIsNoticed() throws {
        let file = DigestedFile(folder.appendingPathComponent("x.bin"))
        #expect(throws: FileError.self) { try file.verified() }
        let bytes = (0..<5000).map { UInt8(truncatingIfNeeded: $0 * 7) }
        try write(bytes, to: file)
        #expect(try file.verified() == Fingerprint.sha256(of: bytes))
        for place in [0, 2500, 4999] {
            var flipped = bytes
            flipped[place] ^= 1
            try Data(flipped).write(to: file.file)
            #expect(throws: FileError.damaged(path: file.file.path)) { try file.verified() }
        }
        try Data(bytes.dropLast()).write(to: file.file)
        #expect(throws: FileError.damaged(path: file.file.path)) { try file.verified() }
        try write([1, 2, 3], to: file)
        #expect(try file.verified() == Fingerprint.sha256(of: [1, 2, 3]))
        // Killed after the new digest was written and before the new file was: the one of before is whole.
        try Data(bytes).write(to: file.file)
        #expect(try file.verified() == Fingerprint.sha256(of: bytes))
        try FileManager.default.removeItem(at: file.file.appendingPathExtension("sha256"))
        #expect(throws: FileError.self) { try file.verified() }
    }

    /// The kept digest is used while nobody touches the file, and not after any write, whatever times are set.
    @Test func digestsAreKeptUntilTheFileIsTouched() throws {
        let file = folder.appendingPathComponent("weights")
        let bytes = [UInt8](repeating: 9, count: 100_000)
        try Data(bytes).write(to: file)
        let cache = DigestCache(cache: folder)
        #expect(try cache.sha256(of: file) == Fingerprint.sha256(of: bytes))
        Thread.sleep(forTimeInterval: 2.2)
        #expect(try cache.sha256(of: file) == Fingerprint.sha256(of: bytes))
        let entries = try FileManager.default.contentsOfDirectory(
            atPath: folder.appendingPathComponent("digests").path)
        #expect(entries.count == 1)
        // What is kept is what is told.
        let entry = folder.appendingPathComponent("digests/\(entries[0])")
        let kept = try String(contentsOf: entry, encoding: .utf8)
        let lines = kept.split(separator: "\n")
        try Data("\(lines[0])\n\(String(repeating: "0", count: 64))\n".utf8).write(to: entry)
        #expect(try cache.sha256(of: file) == String(repeating: "0", count: 64))

        let modified = try #require(
            FileManager.default.attributesOfItem(atPath: file.path)[.modificationDate] as? Date)
        let handle = try FileHandle(forUpdating: file)
        try handle.seek(toOffset: 70_000)
        try handle.write(contentsOf: Data([8]))
        try handle.close()
        try FileManager.default.setAttributes([.modificationDate: modified], ofItemAtPath: file.path)
        var changed = bytes
        changed[70_000] = 8
        #expect(try cache.sha256(of: file) == Fingerprint.sha256(of: changed))
        try FileManager.default.removeItem(at: file)
        #expect(throws: FileError.self) { try cache.sha256(of: file) }
    }
}
