import Foundation

/// What the system says of a file without reading it: the same as long as nobody touches the file.
///
/// The system sets the time of a file's last status change (ctime) at every write, and nobody else can.
public struct FileStamp: Equatable, Sendable {
    public let size: Int
    private let device: UInt64
    private let inode: UInt64
    /// The time of the last write, in nanoseconds.
    private let written: Int64
    /// The time of the last change of the file or of what is known of it, in nanoseconds.
    private let changed: Int64

    /// Nanoseconds: far more than the grain of any file system's clock.
    private static let moment: Int64 = 2_000_000_000

    /// Nil if there is no such file.
    public init?(_ file: URL) {
        var status = stat()
        guard stat(file.path, &status) == 0 else { return nil }
        size = Int(status.st_size)
        device = UInt64(truncatingIfNeeded: status.st_dev)
        inode = UInt64(truncatingIfNeeded: status.st_ino)
        #if canImport(Darwin)
            written = Int64(status.st_mtimespec.tv_sec) * 1_000_000_000 + Int64(status.st_mtimespec.tv_nsec)
            changed = Int64(status.st_ctimespec.tv_sec) * 1_000_000_000 + Int64(status.st_ctimespec.tv_nsec)
        #else
            written = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
            changed = Int64(status.st_ctim.tv_sec) * 1_000_000_000 + Int64(status.st_ctim.tv_nsec)
        #endif
    }

    /// Whether the file was touched so long ago that a further write leaves other times.
    public func isSettled(at now: Date = Date()) -> Bool {
        changed < Int64(now.timeIntervalSince1970 * 1e9) - FileStamp.moment
    }

    /// On one line, without the device, whose number may be another after a restart.
    public var text: String { "\(size) \(inode) \(written) \(changed)" }
}
