import Foundation
import Synchronization

/// What the holds of several folders, by one process for one purpose, have in common: the token by which others know them,
/// and who was taken for dead. Who is so in one of the folders is so in all.
public final class HoldGroup: Sendable {
    let token = UUID().uuidString
    private let dead = Mutex<Set<String>>([])

    public init() {}

    /// Whether the holder of a token was taken for dead.
    func isDead(_ token: String) -> Bool { dead.withLock { $0.contains(token) } }

    func noteDead(_ token: String) { _ = dead.withLock { $0.insert(token) } }
}
