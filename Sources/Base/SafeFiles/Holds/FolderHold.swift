import Foundation
import Synchronization

/// A folder that this process may write to, alone or with others that do so for the same purpose, for as long as the value
/// lives.
///
/// Who works in the folder is told by files in a hidden folder in it. They are renewed as long as their processes work; the
/// hidden folder goes with the last of them. A process that was killed leaves its file, which nobody minds once it is known
/// that the process has ended: at once on its own host, after some silence on others.
public final class FolderHold: Sendable {
    private let folder: URL
    private let holder: Holder
    private let watch: LifeWatch
    private let heartbeat: Heartbeat
    /// Had by who enters or leaves, and for what one process does at a time.
    private let gate: FolderLock
    /// Folders that were not there, the deepest first.
    private let made: [String]
    private let hasLeft = Atomic<Bool>(false)

    /// What the system says of a place in a folder that is not there.
    private static let isGone = String(cString: strerror(ENOENT))

    /// The hidden folder, and what it is called while it is removed.
    private static let workName = ".bakeoff.work"
    private static let goneSuffix = ".gone"

    /// Makes the folder if it is missing.
    ///
    /// - Parameters:
    ///   - purpose: Processes with the same purpose share the folder; nil to have it alone.
    ///   - group: Of this hold and those of other folders by this process for this purpose.
    ///   - waiting: Called from time to time while it is not known whether another process is dead, or while one enters or
    ///     leaves; what it throws ends the waiting.
    /// - Throws: `FileError.held` if another process works there for another purpose; `.unwritable`.
    public init(
        _ folder: URL, sharedFor purpose: String? = nil, in group: HoldGroup = HoldGroup(),
        timing: HoldTiming = .standard,
        waiting: (Holder?) throws -> Void = { _ in }
    ) throws {
        let holder = Holder(token: group.token, process: .current)
        let presence = Presence(holder: holder, purpose: purpose ?? holder.token)
        let work = FolderHold.work(in: folder)
        let made = FolderHold.missing(folder)
        let watch = LifeWatch(work, timing, group)
        do {
            (heartbeat, gate) = try FolderHold.enter(folder, presence, watch, timing, waiting)
        } catch {
            FolderHold.remove(made)
            throw error
        }
        (self.folder, self.holder, self.watch, self.made) = (folder, holder, watch, made)
    }

    deinit { leave() }

    /// Of the folder.
    public var path: String { folder.path }

    /// Whether others took this process for dead, and may write to the folder for another purpose.
    public var isLost: Bool { heartbeat.isLost }

    /// A lock that one of the folder's holders has at a time, while the folder is held.
    public func lock(_ name: String) -> FolderLock {
        FolderLock("lock \(name)", in: FolderHold.work(in: folder), of: holder, watch: watch)
    }

    /// Does what one of the folder's holders may do at a time.
    /// - Parameter waiting: Called from time to time while another does so; what it throws ends the waiting.
    public func exclusively<T>(
        waiting: (Holder?) throws -> Void = { _ in }, _ work: () throws -> T
    ) throws -> T {
        try gate.take(waiting: waiting)
        defer { _ = try? gate.release() }
        return try work()
    }

    /// Looks for signs of life of all that are in the folder, so that a dead one is known as such in time.
    public func look() { _ = FolderHold.others(than: holder, watch, in: folder) }

    /// Ends the hold; what comes later does nothing.
    /// - Parameter ifLast: Done before others may enter, if nobody else holds the folder.
    public func leave(ifLast: () -> Void = {}) {
        if hasLeft.exchange(true, ordering: .relaxed) { return }
        let hasGate = (try? gate.take { _ in }) != nil
        heartbeat.end()
        if hasGate {
            if FolderHold.others(than: holder, watch, in: folder).isEmpty {
                ifLast()
                FolderHold.clear(folder, holder)
            } else {
                _ = try? gate.release()
            }
        }
        FolderHold.remove(made)
    }

    // MARK: Coming and going

    private static func enter(
        _ folder: URL, _ presence: Presence, _ watch: LifeWatch, _ timing: HoldTiming,
        _ waiting: (Holder?) throws -> Void
    ) throws -> (Heartbeat, FolderLock) {
        let work = work(in: folder)
        // Whoever leaves removes folders that hold nothing, perhaps right before something is put there.
        var tries = 12
        var pause = Pause()
        while true {
            if isLink(work) { throw FileError.link(path: work.path) }
            let heartbeat: Heartbeat
            do throws(FileError) {
                try makeFolder(folder)
                heartbeat = try begin(presence, in: folder, timing)
            } catch {
                tries -= 1
                guard tries > 0, case .unwritable(_, FolderHold.isGone) = error else { throw error }
                pause()
                continue
            }
            let gate = FolderLock("gate", in: work, of: presence.holder, watch: watch)
            do {
                try gate.take(waiting: waiting)
            } catch {
                heartbeat.end()
                // The last one that left may have removed the hidden folder meanwhile, and who came then made another.
                if !isFolder(work) { continue }
                tries -= 1
                guard tries > 0, case .unwritable(_, FolderHold.isGone)? = error as? FileError else {
                    throw error
                }
                pause()
                continue
            }
            if heartbeat.isLost {
                // The gate is that of a hidden folder which was made since; nobody enters while this process has it.
                _ = try? gate.release()
                continue
            }
            do {
                let others = try sharers(presence, watch, in: folder, waiting)
                if others.isEmpty { removeOldLocks(in: work) }
                try gate.release()
                return (heartbeat, gate)
            } catch {
                heartbeat.end()
                if FolderHold.others(than: presence.holder, watch, in: folder).isEmpty {
                    clear(folder, presence.holder)
                } else {
                    _ = try? gate.release()
                }
                throw error
            }
        }
    }

    /// Tells in the folder that this process is there.
    private static func begin(
        _ presence: Presence, in folder: URL, _ timing: HoldTiming
    ) throws(FileError) -> Heartbeat {
        let work = work(in: folder)
        do throws(FileError) {
            try makeFolder(work)
            return try Heartbeat(presence, in: work, every: timing.beat)
        } catch {
            guard case .unwritable(_, let reason) = error else { throw error }
            // One that is there again is another process's, which is about to put its file into it.
            if reason != FolderHold.isGone { rmdir(work.path) }
            throw .unwritable(path: folder.path, reason: reason)
        }
    }

    /// Who is in the folder for the same purpose.
    /// - Throws: `FileError.held` if somebody is there for another.
    private static func sharers(
        _ own: Presence, _ watch: LifeWatch, in folder: URL, _ waiting: (Holder?) throws -> Void
    ) throws -> [Presence] {
        var pause = Pause()
        while true {
            let others = others(than: own.holder, watch, in: folder)
            let strangers = others.filter { $0.purpose != own.purpose }
            if let worker = strangers.first(where: { watch.life(of: $0.holder) == .working }) {
                throw FileError.held(path: folder.path, by: worker.holder.description)
            }
            guard let stranger = strangers.first else { return others }
            try waiting(stranger.holder)
            pause()
        }
    }

    /// The presences of others that are not known to have ended; the files of those that have are removed.
    private static func others(than own: Holder, _ watch: LifeWatch, in folder: URL) -> [Presence] {
        let work = work(in: folder)
        lookAnew(work)
        return Presence.all(in: work).filter { presence in
            if presence.holder == own { return false }
            if watch.life(of: presence.holder) != .ended { return true }
            unlink(Presence.file(of: presence.holder, in: work).path)
            return false
        }
    }

    /// Removes what those left who worked here before and are all gone.
    private static func removeOldLocks(in work: URL) {
        for name in fileNames(in: work) where name.hasPrefix("lock ") {
            unlink(work.appendingPathComponent(name).path)
        }
    }

    /// Removes the hidden folder, and what a process left that was killed while it removed it.
    private static func clear(_ folder: URL, _ holder: Holder) {
        let work = work(in: folder)
        // Whoever enters now makes a new one.
        rename(work.path, "\(work.path).\(holder.token)\(goneSuffix)")
        for name in fileNames(in: folder)
        where name.hasPrefix(workName + ".") && name.hasSuffix(goneSuffix) {
            let gone = folder.appendingPathComponent(name)
            for file in fileNames(in: gone) { unlink(gone.appendingPathComponent(file).path) }
            rmdir(gone.path)
        }
    }

    /// Folders that were made for nothing go again; those that hold something cannot be removed so.
    private static func remove(_ made: [String]) {
        for folder in made where rmdir(folder) != 0 { break }
    }

    private static func work(in folder: URL) -> URL { folder.appendingPathComponent(workName) }

    private static func missing(_ folder: URL) -> [String] {
        var missing: [String] = []
        var place = folder.standardizedFileURL
        while place.path != "/", !FileManager.default.fileExists(atPath: place.path) {
            missing.append(place.path)
            place.deleteLastPathComponent()
        }
        return missing
    }
}

extension FolderLock {
    /// Takes the lock once it is free.
    fileprivate func take(waiting: (Holder?) throws -> Void) throws {
        var pause = Pause()
        while true {
            guard case .busy(let other) = try take() else { return }
            try waiting(other)
            pause()
        }
    }
}
