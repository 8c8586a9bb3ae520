import Foundation
import Synchronization

/// What one process has seen of others' signs of life, by its own clock alone: whose clock is wrong does no harm.
package final class LifeWatch: Sendable {
    /// What is known of a process.
    package enum Life {
        case working
        /// Nothing was seen of it yet, but it has been watched for a short time only.
        case unknown
        case ended
    }

    private struct Observation {
        var sign: [UInt8]?
        /// How long it was watched without a new sign.
        var silence = Duration.zero
        var lastLook: SuspendingClock.Instant
        var hasBeaten = false
    }

    private let folder: URL
    private let timing: HoldTiming
    private let group: HoldGroup
    private let observations = Mutex<[String: Observation]>([:])

    /// - Parameters:
    ///   - folder: In which the presences are.
    ///   - group: Of the one who watches.
    package init(_ folder: URL, _ timing: HoldTiming, _ group: HoldGroup) {
        (self.folder, self.timing, self.group) = (folder, timing, group)
    }

    /// What is known of a holder.
    /// - Parameter name: What it is known by if it told nothing of itself: a file that was begun and not finished.
    package func life(of holder: Holder?, orOf name: String = "") -> Life {
        if let holder, holder.process.hasEnded || group.isDead(holder.token) { return .ended }
        let sign = holder.flatMap { try? InputFile(Presence.file(of: $0, in: folder)).readToEnd() }
        let now = SuspendingClock.now
        return observations.withLock { observations in
            let key = holder?.token ?? name
            var seen = observations[key] ?? Observation(sign: sign, lastLook: now)
            if let sign, let before = seen.sign, sign != before {
                (seen.silence, seen.hasBeaten) = (.zero, true)
            } else {
                // What this process slept through is no silence of the other's.
                seen.silence += min(now - seen.lastLook, timing.beat)
            }
            seen.sign = sign ?? seen.sign
            seen.lastLook = now
            observations[key] = seen
            if seen.silence >= timing.patience {
                if let holder { group.noteDead(holder.token) }
                return .ended
            }
            return seen.hasBeaten || holder?.process.isOfThisSystem == true ? .working : .unknown
        }
    }
}
