import Foundation

/// A folder that this process alone may write to, for as long as the value lives.
///
/// The system gives the folder free when the process ends, however it ends, so nothing has to be cleaned up after a kill.
public final class FolderHold: Sendable {
    private let path: String
    private let descriptor: Int32
    /// Folders that were not there, the deepest first.
    private let made: [String]

    /// The file that is locked, and tells who holds the folder.
    private static let fileName = ".bakeoff.lock"

    /// Makes the folder if it is missing.
    /// - Throws: `FileError.held` if another process holds it; `.unwritable`.
    public init(_ folder: URL) throws(FileError) {
        made = FolderHold.missing(folder)
        try makeFolder(folder)
        path = folder.appendingPathComponent(FolderHold.fileName).path
        descriptor = try FolderHold.lock(path, folder: folder.path)
        let holder = "\(ProcessInfo.processInfo.processIdentifier) \(FolderHold.host)\n"
        // Who reads an empty file is told of another process without its number, so nothing here may fail the run.
        if ftruncate(descriptor, 0) == 0 {
            _ = Array(holder.utf8).withUnsafeBytes { writeAll($0, to: descriptor) }
        }
    }

    deinit {
        // Removed while it is locked: who opens the path later makes a file of its own.
        unlink(path)
        close(descriptor)
        // What was made for nothing goes again; folders that hold something cannot be removed so.
        for folder in made where rmdir(folder) != 0 { break }
    }

    private static func missing(_ folder: URL) -> [String] {
        var missing: [String] = []
        var place = folder.standardizedFileURL
        while place.path != "/", !FileManager.default.fileExists(atPath: place.path) {
            missing.append(place.path)
            place.deleteLastPathComponent()
        }
        return missing
    }

    private static func lock(_ path: String, folder: String) throws(FileError) -> Int32 {
        while true {
            let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
            if descriptor < 0 { throw .unwritable(path: folder, reason: systemReason()) }
            if flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
                let isHeld = errno == EWOULDBLOCK
                let holder = holder(descriptor)
                // Some network file systems have no locks: the note in the file is all there is then.
                if isHeld || !holder.isGone {
                    close(descriptor)
                    throw .held(path: folder, by: holder.words)
                }
            }
            var (mine, there) = (stat(), stat())
            // The file may have been removed by its last holder between opening and locking.
            if fstat(descriptor, &mine) == 0, stat(path, &there) == 0, mine.st_ino == there.st_ino,
                mine.st_dev == there.st_dev
            {
                return descriptor
            }
            close(descriptor)
        }
    }

    /// Who is noted in the file, and whether that process is known to have ended.
    private static func holder(_ descriptor: Int32) -> (words: String, isGone: Bool) {
        var bytes = [UInt8](repeating: 0, count: 512)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        let note = String(decoding: bytes[..<max(0, count)], as: UTF8.self).split(
            whereSeparator: \.isWhitespace)
        guard note.count == 2, let process = pid_t(note[0]), process > 0 else {
            return ("another process", count <= 0)
        }
        let isHere = note[1] == host
        let isGone = isHere && kill(process, 0) != 0 && errno == ESRCH
        return ("process \(process) on \(note[1])", isGone)
    }

    private static var host: String {
        let name = ProcessInfo.processInfo.hostName
        return name.isEmpty || name.contains(where: \.isWhitespace) ? "unknown" : name
    }
}
