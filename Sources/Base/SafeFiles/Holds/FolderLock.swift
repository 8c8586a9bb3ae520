import Foundation
import Synchronization

/// A lock in a held folder, which one of the folder's holders has at a time.
///
/// It is a chain of files `NAME.0`, `NAME.1`, ..., of which the last says who has the lock, or that it is free, or that what
/// it is for is done. Every change adds a file, which one of several processes that try achieves, since the system gives a
/// name once (`link`, over NFS too). So a dead process's lock is taken over without removing anything that another may have put
/// there meanwhile.
public final class FolderLock: Sendable {
    /// What came of trying to take the lock.
    public enum Attempt: Sendable {
        /// It is this process's now; before that it was perhaps that of a process that is dead.
        case taken(from: Holder?)
        /// Another holder has it; nil if it told nothing of itself yet.
        case busy(Holder?)
        /// What it is for was done, as was asked.
        case done
    }

    private struct Link: Codable {
        enum State: String, Codable { case held, free, done }
        var state: State
        var holder: Holder
        /// Of what is done: which of it.
        var note: String?
    }

    private struct Place {
        let number: Int
        let bytes: [UInt8]
        /// Nil for a file that was begun and not finished.
        var link: Link? { try? JSONDecoder().decode(Link.self, from: Data(bytes)) }
    }

    private struct Memory {
        /// The last file that was seen; -1 for none.
        var last = -1
        /// The file by which this process has the lock.
        var mine: Int?
        /// Whether this process gave it free.
        var isReleased = false
        /// The file by which this process had the lock, where giving it free could not be written: all others see it as this
        /// process's still.
        var unreleased: Int?
        var lastCheck: SuspendingClock.Instant?
    }

    private let folder: URL
    private let name: String
    private let holder: Holder
    private let watch: LifeWatch
    private let memory = Mutex(Memory())

    init(_ name: String, in folder: URL, of holder: Holder, watch: LifeWatch) {
        (self.name, self.folder, self.holder, self.watch) = (name, folder, holder, watch)
    }

    /// Takes the lock if it is free, or if who has it is dead.
    /// - Parameter note: Of what need not be done again if it is done.
    /// - Throws: `FileError.unwritable`.
    public func take(unlessDone note: String? = nil) throws(FileError) -> Attempt {
        let last = self.last()
        var dead: Holder?
        if let last {
            let link = last.link
            switch link?.state {
            case .done where note != nil && link?.note == note: return .done
            case .done, .free: break
            case .held where link?.holder == holder && memory.withLock({ $0.unreleased }) == last.number:
                memory.withLock { ($0.mine, $0.unreleased, $0.isReleased) = (last.number, nil, false) }
                return .taken(from: nil)
            case .held, nil:
                let life = watch.life(of: link?.holder, orOf: file(last.number).lastPathComponent)
                guard life == .ended else { return .busy(link?.holder) }
                dead = link?.holder
            }
        }
        let number = (last?.number ?? -1) + 1
        guard try add(Link(state: .held, holder: holder), number) else { return .busy(nil) }
        // Unless the chain was removed, and begun anew, while this process slept.
        if let last, bytes(last.number) != last.bytes {
            unlink(file(number).path)
            return .busy(nil)
        }
        memory.withLock { ($0.last, $0.mine, $0.unreleased, $0.isReleased) = (number, number, nil, false) }
        return .taken(from: dead)
    }

    /// Whether the lock, which this process took, was not taken over since.
    public var isStillMine: Bool {
        guard let mine = memory.withLock({ $0.mine }) else { return false }
        lookAnew(folder)
        guard let own = bytes(mine), bytes(mine + 1) == nil,
            FileManager.default.fileExists(atPath: Presence.file(of: holder, in: folder).path)
        else { return false }
        return Place(number: mine, bytes: own).link?.holder == holder
    }

    /// Whether another process took the lock over while this one had it, asked of the file system once a second at most. Never
    /// once this process gave it free.
    public var wasLost: Bool {
        let isDue = memory.withLock { memory in
            let now = SuspendingClock.now
            if let last = memory.lastCheck, now - last < .seconds(1) { return false }
            memory.lastCheck = now
            return true
        }
        if isDue && !isStillMine { memory.withLock { $0.mine = nil } }
        return memory.withLock { $0.mine == nil && !$0.isReleased }
    }

    /// Gives the lock free. Where that cannot be written, as on a full disk, other holders find it taken as long as this
    /// process lives, and this value may take it again.
    /// - Parameter note: Which of what it is for is done; nil if it is not.
    /// - Returns: False if it had been taken over.
    /// - Throws: `FileError.unwritable`.
    @discardableResult
    public func release(done note: String? = nil) throws(FileError) -> Bool {
        let mine = memory.withLock { memory in
            defer { (memory.mine, memory.isReleased) = (nil, true) }
            return memory.mine
        }
        guard let mine else { return false }
        do throws(FileError) {
            return try add(Link(state: note == nil ? .free : .done, holder: holder, note: note), mine + 1)
        } catch {
            memory.withLock { $0.unreleased = mine }
            throw error
        }
    }

    // MARK: The chain

    private func file(_ number: Int) -> URL { folder.appendingPathComponent("\(name).\(number)") }

    private func bytes(_ number: Int) -> [UInt8]? { try? InputFile(file(number)).readToEnd() }

    /// The last file of the chain; nil if there is none.
    private func last() -> Place? {
        lookAnew(folder)
        var number = memory.withLock { $0.last }
        var found = number < 0 ? nil : bytes(number)
        if found == nil { number = -1 }
        while let next = bytes(number + 1) { (number, found) = (number + 1, next) }
        let reached = number
        memory.withLock { $0.last = reached }
        return found.map { Place(number: number, bytes: $0) }
    }

    /// Adds a file that is whole as soon as others see it: a process that is killed meanwhile leaves a draft, and no file of
    /// nobody, which others would watch in vain before they took it over.
    /// - Returns: False if another process was quicker.
    private func add(_ link: Link, _ number: Int) throws(FileError) -> Bool {
        let text = try noteBytes(link)
        let path = file(number).path
        let draftNumber = FolderLock.drafts.wrappingAdd(1, ordering: .relaxed).newValue
        let draft = folder.appendingPathComponent("draft.\(holder.token).\(draftNumber)").path
        guard try FolderLock.make(draft, text, named: path) else { return false }
        let isLinked = Foundation.link(draft, path) == 0
        let error = errno
        // Over a network the answer can be lost, and the file be there nevertheless.
        let isThere = isLinked || FolderLock.linkCount(draft) == 2
        unlink(draft)
        if isThere { return true }
        switch error {
        // The latter where the folder was removed meanwhile.
        case EEXIST, ENOENT: return false
        // The file system has no links.
        case EPERM, ENOSYS, EOPNOTSUPP: return try FolderLock.make(path, text, named: path)
        default: throw .unwritable(path: path, reason: String(cString: strerror(error)))
        }
    }

    /// Tells the drafts of this process apart.
    private static let drafts = Atomic<Int>(0)

    /// Makes a file that is not there.
    /// - Parameter name: Named in errors.
    /// - Returns: False if it is there.
    private static func make(_ path: String, _ text: [UInt8], named name: String) throws(FileError) -> Bool {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
        if descriptor < 0 {
            if errno == EEXIST { return false }
            throw .unwritable(path: name, reason: systemReason())
        }
        let isWritten = text.withUnsafeBytes { writeAll($0, to: descriptor) }
        let reason = systemReason()
        if close(descriptor) != 0 || !isWritten {
            unlink(path)
            throw .unwritable(path: name, reason: reason)
        }
        return true
    }

    private static func linkCount(_ path: String) -> Int {
        var status = stat()
        return lstat(path, &status) == 0 ? Int(status.st_nlink) : 0
    }
}

/// Has a network file system forget which names of a folder were free: whoever opens the folder itself is told its present
/// state (close-to-open consistency).
public func lookAnew(_ folder: URL) {
    let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if descriptor >= 0 { close(descriptor) }
}
