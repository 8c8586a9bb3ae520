import Foundation

/// What tells a process apart from every other that runs or ever ran, here or on another host.
package struct ProcessMark: Codable, Equatable, Sendable {
    package var host: String
    /// The start of the system, and the set of its processes that the number counts in; empty where the system does not tell.
    package var system: String
    package var process: Int32
    /// When the process was started, in ticks since the system was; 0 where the system does not tell.
    package var started: UInt64

    package static let current = ProcessMark(
        host: hostName, system: systemName, process: ProcessInfo.processInfo.processIdentifier,
        started: state(of: ProcessInfo.processInfo.processIdentifier)?.started ?? 0)

    /// Eight digits for this host and this start of its system, for names of files that others must leave alone.
    package static let hostTag = String(
        Fingerprint.sha256(of: Array("\(current.host)\n\(current.system)".utf8)).prefix(8))

    /// Whether its number means the same process here as where the mark was made.
    package var isOfThisSystem: Bool {
        !system.isEmpty && system == ProcessMark.current.system && host == ProcessMark.current.host
    }

    /// Whether this system knows that the process has ended; false for processes of others, of which it knows nothing.
    package var hasEnded: Bool {
        guard isOfThisSystem else { return false }
        if ProcessMark.isGone(process) { return true }
        guard let state = ProcessMark.state(of: process) else { return false }
        return state.isDead || started != 0 && state.started != started
    }

    /// Whether this system has no process of that number.
    static func isGone(_ process: Int32) -> Bool { kill(process, 0) != 0 && errno == ESRCH }

    private static var hostName: String {
        let name = ProcessInfo.processInfo.hostName
        return name.isEmpty ? "unknown" : name
    }

    private static var systemName: String {
        let boot = (try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)) ?? ""
        let processes = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")
        guard let processes, !boot.isEmpty else { return "" }
        return boot.trimmingCharacters(in: .whitespacesAndNewlines) + " " + processes
    }

    /// What Linux tells of a process: proc_pid_stat(5), whose second field, a name in brackets, may hold anything.
    private static func state(of process: Int32) -> (isDead: Bool, started: UInt64)? {
        guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
            let end = text.lastIndex(of: ")")
        else { return nil }
        let fields = text[text.index(after: end)...].split(separator: " ")
        guard fields.count > 19, let started = UInt64(fields[19]) else { return nil }
        return (["Z", "X", "x"].contains(fields[0]), started)
    }
}
