import Foundation
import Recipes
import SafeFiles
import TestSupport

/// A cache folder of a test, and the recipes made for it.
final class FetchFixture {
    private let own: TemporaryFolder
    var folder: URL { own.url }
    var cache: URL { folder.appendingPathComponent("cache") }

    init() throws {
        own = try TemporaryFolder()
    }

    /// Writes a file below the folder and returns its place.
    @discardableResult
    func write(_ bytes: some Sequence<UInt8>, to path: String) throws -> URL {
        let file = folder.appendingPathComponent(path)
        try OutputFile.write(bytes, to: file)
        return file
    }

    /// A recipe with the given `fetch:` and `files:`, each a YAML flow mapping.
    func recipe(fetch: String, files: [(path: String, bytes: [UInt8])]) throws -> Recipe {
        let pins = files.map { "\"\($0.path)\": \(Fingerprint.sha256(of: $0.bytes))" }.joined(separator: ", ")
        let text = """
            name: sample
            title: A sample
            licence: MIT
            source: Nobody
            kind: dataset
            fetch: \(fetch)
            files: {\(pins)}
            dataset: {file: a.txt}
            """
        return try Recipe(contentsOf: write(Array(text.utf8), to: "sample.yaml"))
    }

    /// A recipe of one file got from one address.
    func recipe(at url: URL, bytes: [UInt8]) throws -> Recipe {
        try recipe(fetch: "{urls: [{url: \"\(url)\", file: a.txt}]}", files: [("a.txt", bytes)])
    }

    /// Everything in the cache, as paths; folders are left out.
    var cached: [String] {
        guard let all = FileManager.default.enumerator(atPath: cache.path) else { return [] }
        return all.compactMap { $0 as? String }.filter { path in
            var isFolder: ObjCBool = false
            let full = cache.appendingPathComponent(path).path
            return FileManager.default.fileExists(atPath: full, isDirectory: &isFolder) && !isFolder.boolValue
        }.sorted()
    }

    /// The places where recipes' files would be; empty while nothing was fetched.
    var fetched: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: cache.appendingPathComponent("datasets").path))
            ?? [])
    }
}

/// Bytes that no compression and no off-by-one leaves unnoticed.
func sampleBytes(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 7) }
}

/// A tar file (ustar) of plain files, and of symbolic links where `link` says so.
func tarBytes(_ entries: [(path: String, contents: [UInt8], link: String?)]) -> [UInt8] {
    var bytes: [UInt8] = []
    for entry in entries {
        var header = [UInt8](repeating: 0, count: 512)
        func put(_ text: String, at offset: Int) {
            header.replaceSubrange(offset..<offset + text.utf8.count, with: Array(text.utf8))
        }
        let size = String(entry.contents.count, radix: 8)
        put(entry.path, at: 0)
        put("0000644", at: 100)
        put(String(repeating: "0", count: 11 - size.count) + size, at: 124)
        put("        ", at: 148)
        put(entry.link == nil ? "0" : "2", at: 156)
        put(entry.link ?? "", at: 157)
        put("ustar\u{0}00", at: 257)
        let sum = String(header.reduce(0) { $0 + Int($1) }, radix: 8)
        put(String(repeating: "0", count: 6 - sum.count) + sum + "\u{0} ", at: 148)
        let padding = (512 - entry.contents.count % 512) % 512
        bytes += header + entry.contents + [UInt8](repeating: 0, count: padding)
    }
    return bytes + [UInt8](repeating: 0, count: 1024)
}
