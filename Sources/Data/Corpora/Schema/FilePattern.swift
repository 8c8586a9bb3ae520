import Foundation
import SafeFiles
import Tables

/// Files named by a pattern, as a shell expands it: `*` is any run of characters, `?` any character, `[a-c]` any of a set,
/// none of them a `/`; `**` is any number of folders. Files whose names begin with a dot are passed over.
enum FilePattern {
    /// The files that a path names, sorted by path; the path itself where it is no pattern, or is that of a file.
    static func files(_ path: String, folder: URL) -> [DataFile] {
        let file = DataFile(path: path, folder: folder)
        guard case .file(let url) = file, path.contains(where: { "*?[".contains($0) }),
            !FileManager.default.fileExists(atPath: url.path)
        else { return [file] }
        // Of the URL `lastPathComponent` would read a `?` or a `#` as something else.
        let start = path.hasPrefix("/") ? URL(fileURLWithPath: "/") : folder
        let found = matches(path.split(separator: "/").map(String.init)[...], in: start)
        // By code point, as Python's `sorted(glob(...))`.
        return found.map(\.path).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            .map { DataFile.file(URL(fileURLWithPath: $0)) }
    }

    private static func matches(_ parts: ArraySlice<String>, in folder: URL) -> [URL] {
        guard let part = parts.first else { return [] }
        let rest = parts.dropFirst()
        if part == "." { return matches(rest, in: folder) }
        if part == ".." { return matches(rest, in: folder.deletingLastPathComponent()) }
        if part == "**" {
            let inner = entries(of: folder).filter { $0.isFolder }.flatMap { matches(parts, in: $0.url) }
            return matches(rest, in: folder) + inner
        }
        return entries(of: folder).filter { fnmatch(part, $0.name, FNM_PERIOD) == 0 }.flatMap { entry in
            if rest.isEmpty { return entry.isFolder ? [] : [entry.url] }
            return entry.isFolder ? matches(rest, in: entry.url) : []
        }
    }

    /// What a folder holds. A link to a folder is followed by name, but not by `**`, so that none leads round.
    private static func entries(of folder: URL) -> [(name: String, url: URL, isFolder: Bool)] {
        fileNames(in: folder).filter { !$0.hasPrefix(".") }.map { name in
            let url = folder.appendingPathComponent(name)
            return (name, url, isFolder(url))
        }
    }
}
