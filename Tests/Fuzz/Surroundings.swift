import Foundation

/// What stands around a target's folder, which no input may change.
final class Surroundings {
    private let inner: String
    private let outer: URL
    private var known: [String: String]

    init(of inner: URL, in outer: URL) {
        (self.inner, self.outer) = (inner.path, outer)
        known = [:]
        known = look()
    }

    /// What has changed since the last look; nil for nothing.
    var change: String? {
        let now = look()
        defer { known = now }
        return Set(now.keys).union(known.keys).sorted().first { now[$0] != known[$0] }
    }

    private func look() -> [String: String] {
        var found: [String: String] = [:]
        var open = [outer.path]
        while let folder = open.popLast() {
            for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
                let path = "\(folder)/\(name)"
                if path == inner { continue }
                var info = stat()
                guard lstat(path, &info) == 0 else { continue }
                let isFolder = info.st_mode & S_IFMT == S_IFDIR
                found[path] =
                    isFolder
                    ? "folder"
                    : "\(info.st_size) \(info.st_ino) \(info.st_mtim.tv_sec) \(info.st_mtim.tv_nsec)"
                if isFolder { open.append(path) }
            }
        }
        return found
    }
}
