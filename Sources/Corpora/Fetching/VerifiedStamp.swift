import Files
import Foundation

/// A note beside fetched files that they had the SHA-256 of their recipe, good until one of them is touched: reading
/// the weights of an encoder again for every command would take longer than the command.
///
/// A file counts as untouched while its size, inode, and times of change are the same. The system sets the time of a
/// file's last status change (ctime) at every write, and nobody else can.
package struct VerifiedStamp {
    private let file: URL
    /// Nil if a file is not there or was touched a moment ago, when a further write might leave the same times.
    private let lines: String?

    /// Nanoseconds: far more than the grain of any file system's clock.
    private static let moment: Int64 = 2_000_000_000

    package init(folder: URL, files: [Recipe.File], now: Date = Date()) {
        file = folder.appendingPathComponent(".verified")
        var lines = ""
        let latest = Int64(now.timeIntervalSince1970 * 1e9) - VerifiedStamp.moment
        for item in files {
            var status = stat()
            guard stat(folder.appendingPathComponent(item.path).path, &status) == 0,
                status.changed < latest
            else {
                self.lines = nil
                return
            }
            lines +=
                "\(item.sha256 ?? "-") \(status.st_size) \(status.st_ino) \(status.written) \(status.changed) "
                + "\(item.path)\n"
        }
        self.lines = lines
    }

    /// Whether the files were verified as they are now.
    package var isValid: Bool {
        guard let lines, let bytes = try? InputFile(file).readToEnd() else { return false }
        return bytes == Array(lines.utf8)
    }

    /// Notes that the files were read and are right. Where it cannot be written, they are read again next time.
    package func write() {
        if let lines { try? OutputFile.write(lines, to: file) }
    }
}

extension stat {
    /// The time of the last write, in nanoseconds.
    fileprivate var written: Int64 {
        #if canImport(Darwin)
            Int64(st_mtimespec.tv_sec) * 1_000_000_000 + Int64(st_mtimespec.tv_nsec)
        #else
            Int64(st_mtim.tv_sec) * 1_000_000_000 + Int64(st_mtim.tv_nsec)
        #endif
    }

    /// The time of the last change of the file or of what is known of it, in nanoseconds.
    fileprivate var changed: Int64 {
        #if canImport(Darwin)
            Int64(st_ctimespec.tv_sec) * 1_000_000_000 + Int64(st_ctimespec.tv_nsec)
        #else
            Int64(st_ctim.tv_sec) * 1_000_000_000 + Int64(st_ctim.tv_nsec)
        #endif
    }
}
