import Foundation

/// The memory that this process can still get.
public enum AvailableMemory {
    /// Bytes: what the system has free or can free, and what the limits of the container and of the process leave; nil
    /// if none is known.
    public static var bytes: Int? {
        [system, container, limit].compactMap { $0 }.min()
    }

    /// `MemAvailable` of Linux.
    private static var system: Int? {
        number("MemAvailable:", in: "/proc/meminfo").map { $0 << 10 }
    }

    /// The limit of the control group (version 2) that a container sees as its root, less what is in use and cannot be
    /// dropped.
    private static var container: Int? {
        guard let most = number(nil, in: "/sys/fs/cgroup/memory.max"),
            let used = number(nil, in: "/sys/fs/cgroup/memory.current")
        else { return nil }
        let droppable = number("inactive_file", in: "/sys/fs/cgroup/memory.stat") ?? 0
        return max(0, most - used + droppable)
    }

    /// The number after this word in a file of words and numbers; the first one where there is no word.
    private static func number(_ word: String?, in file: String) -> Int? {
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else { return nil }
        let lines = text.split(separator: "\n").map { $0.split(separator: " ") }
        guard let word else { return lines.first?.first.flatMap { Int($0) } }
        return lines.first { $0.first.map(String.init) == word }?.dropFirst().first.flatMap { Int($0) }
    }

    /// The limit of the address space (`ulimit -v`), less what is in use.
    private static var limit: Int? {
        #if os(Linux)
            var limits = rlimit()
            guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limits) == 0,
                limits.rlim_cur < rlim_t(Int.max),
                let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8),
                let pages = text.split(separator: " ").first.flatMap({ Int($0) })
            else { return nil }
            return max(0, Int(limits.rlim_cur) - pages * Int(sysconf(Int32(_SC_PAGESIZE))))
        #else
            return nil
        #endif
    }
}
