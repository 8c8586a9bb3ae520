import Foundation

/// What stands where a file is to be written.
enum OutputTarget {
    /// A device, a pipe or the like, which is written into and never replaced.
    case special
    /// A plain file, or nothing yet: its path without links, and the permissions of what is there.
    case plain(String, mode: mode_t?)

    /// - Throws: `FileError.unwritable` for a folder, and for links that lead nowhere or in a circle.
    init(_ path: String) throws(FileError) {
        var status = stat()
        if stat(path, &status) == 0 {
            switch status.st_mode & S_IFMT {
            case S_IFREG:
                guard let resolved = realpath(path, nil) else {
                    throw .unwritable(path: path, reason: systemReason())
                }
                defer { free(resolved) }
                self = .plain(String(cString: resolved), mode: status.st_mode & 0o777)
            case S_IFDIR: throw .unwritable(path: path, reason: "it is a folder")
            default: self = .special
            }
            return
        }
        self = .plain(try OutputTarget.followingLinks(path), mode: nil)
    }

    /// The file that does not exist yet and that links lead to.
    private static func followingLinks(_ path: String) throws(FileError) -> String {
        var place = path
        // As many as Linux follows.
        for _ in 0..<40 {
            var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
            let count = readlink(place, &bytes, bytes.count)
            if count < 0 { return place }
            let target = String(decoding: bytes[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
            place =
                target.hasPrefix("/")
                ? target
                : URL(fileURLWithPath: place).deletingLastPathComponent().appendingPathComponent(target).path
        }
        throw .unwritable(path: path, reason: "its links lead in a circle")
    }
}
