import Foundation
import SafeFiles

/// The shared libraries that a process has loaded, and where each came from.
package struct LoadedLibraries: Sendable {
    /// The paths of their files, in order; empty where the system does not tell.
    package let paths: [String]

    /// Those of this process.
    package static var current: LoadedLibraries {
        // A file of the system that does not tell its size: it is read to its end.
        let maps = try? InputFile(URL(fileURLWithPath: "/proc/self/maps")).readToEnd()
        return LoadedLibraries(maps: String(decoding: maps ?? [], as: UTF8.self))
    }

    /// - Parameter maps: What Linux tells in `/proc/PID/maps`: a line for each piece of memory, at whose end is the file
    ///   that it was read from.
    package init(maps: String) {
        let files = maps.split(separator: "\n").compactMap { line in
            line.firstIndex(of: "/").map { String(line[$0...]) }
        }
        paths = Set(files).filter { LoadedLibraries.name(of: $0).contains(".so") }.sorted()
    }

    /// The path of the one whose file's name begins so; nil if none does.
    package func path(ofNameBeginning start: String) -> String? {
        paths.first { LoadedLibraries.name(of: $0).hasPrefix(start) }
    }

    private static func name(of path: String) -> String { (path as NSString).lastPathComponent }
}

extension Diagnosis {
    /// The libraries that the program calls itself, and how the names of their files begin.
    private static let called = [
        ("OpenBLAS", "libopenblas"), ("LAPACKE", "liblapacke."), ("libarchive", "libarchive."),
        ("zlib", "libz."), ("snappy", "libsnappy."), ("Zstandard", "libzstd."), ("libcurl", "libcurl."),
        ("Swift library", "libswiftCore."), ("Foundation", "libFoundation."),
    ]

    /// Where each library comes from: a file, or the program itself.
    package static func libraries(_ loaded: LoadedLibraries) -> [Finding] {
        // Every process has the C library.
        if loaded.paths.isEmpty { return [] }
        // Until 2.33 glibc's file was named after its version: libc-2.31.so.
        let library = loaded.path(ofNameBeginning: "libc.") ?? loaded.path(ofNameBeginning: "libc-")
        let named = called.map { ($0.0, loaded.path(ofNameBeginning: $0.1)) } + [("C library", library)]
        let others = Set(loaded.paths).subtracting(named.compactMap(\.1))
        let folders = Dictionary(grouping: others) { ($0 as NSString).deletingLastPathComponent }
        return named.map { Finding(topic: $0, text: $1 ?? "in the program", remedy: nil) }
            + folders.sorted { $0.key < $1.key }.map { folder, files in
                Finding(topic: "libraries", text: "\(files.count) more from \(folder)", remedy: nil)
            }
    }
}
