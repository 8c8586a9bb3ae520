import Foundation
import SafeFiles

/// The processes that a process started, and those that these started, as Linux tells it; elsewhere, or once it has ended, it
/// alone.
func processTree(of pid: pid_t) -> Set<pid_t> {
    var (seen, waiting): (Set<pid_t>, [pid_t]) = ([], [pid])
    while let next = waiting.popLast() {
        if seen.insert(next).inserted { waiting += children(of: next) }
    }
    return seen
}

/// The resident memory of processes, in bytes, as Linux tells it; 0 elsewhere.
func residentBytes(of processes: Set<pid_t>) -> Int {
    processes.reduce(0) { $0 + residentBytes(of: $1) }
}

private func residentBytes(of pid: pid_t) -> Int {
    // Sizes in pages: of all, resident, ...
    guard let text = try? String(contentsOfFile: "/proc/\(pid)/statm", encoding: .utf8) else { return 0 }
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return pages * sysconf(Int32(_SC_PAGESIZE))
}

private func children(of pid: pid_t) -> [pid_t] {
    fileNames(in: URL(fileURLWithPath: "/proc/\(pid)/task")).flatMap { task in
        let text = try? String(contentsOfFile: "/proc/\(pid)/task/\(task)/children", encoding: .utf8)
        return (text ?? "").split(whereSeparator: \.isWhitespace).compactMap { pid_t($0) }
    }
}
