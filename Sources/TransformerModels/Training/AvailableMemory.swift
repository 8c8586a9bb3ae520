import Foundation

/// The memory that this process can still get.
enum AvailableMemory {
    /// Bytes: what the system has free or can free, and what the process's own limit leaves; nil if neither is known.
    static var bytes: Int? {
        [system, limit].compactMap { $0 }.min()
    }

    /// `MemAvailable` of Linux.
    private static var system: Int? {
        guard let text = try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8) else { return nil }
        let line = text.split(separator: "\n").first { $0.hasPrefix("MemAvailable:") }
        let kibibytes = line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
        return kibibytes.map { $0 << 10 }
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
