import Foundation
import Synchronization

/// A process's presence in a folder, renewed by a thread of its own until it is stopped.
final class Heartbeat: Sendable {
    private let file: URL
    /// Signalled once, when the thread is to end.
    private let stop = DispatchSemaphore(value: 0)
    private let missing = Flag()

    /// What the thread shares, which outlives the value by a moment.
    private final class Flag: Sendable {
        let isSet = Atomic<Bool>(false)
    }

    init(_ presence: Presence, in folder: URL, every beat: Duration) throws(FileError) {
        file = Presence.file(of: presence.holder, in: folder)
        try OutputFile.write(presence.text(beats: 0), to: file)
        let (file, stop, missing) = (file, stop, missing)
        let (seconds, attoseconds) = beat.components
        let interval = Double(seconds) + Double(attoseconds) * 1e-18
        let thread = Thread {
            var beats = 1
            // Not by the wall clock, which may be set meanwhile.
            while stop.wait(timeout: .now() + interval) == .timedOut {
                if !Heartbeat.renew(file, presence, beats) { missing.isSet.store(true, ordering: .relaxed) }
                beats += 1
            }
        }
        thread.name = "heartbeat"
        thread.start()
    }

    deinit { stop.signal() }

    /// Whether the file was removed by somebody who took this process for dead.
    var isLost: Bool {
        missing.isSet.load(ordering: .relaxed) || !FileManager.default.fileExists(atPath: file.path)
    }

    /// Removes the file.
    func end() { unlink(file.path) }

    /// - Returns: False if the file is not there any more. One that cannot be written now may be the next time.
    private static func renew(_ file: URL, _ presence: Presence, _ beats: Int) -> Bool {
        guard let text = try? presence.text(beats: beats) else { return true }
        let descriptor = open(file.path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
        if descriptor < 0 { return errno != ENOENT }
        // In place: the line before the count stays the same, so a reader never meets half of it.
        _ = text.withUnsafeBytes { writeAll($0, to: descriptor) }
        fsync(descriptor)
        close(descriptor)
        return true
    }
}
