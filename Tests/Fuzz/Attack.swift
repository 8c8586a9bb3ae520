import Foundation

/// How many inputs a target is given, and which.
struct Attack: Sendable {
    let runs: URL
    let seconds: Double
    let start: Int
    let count: Int
    let seed: UInt64
    /// Whether what is refused is told, with the reason.
    let tellsRefusals: Bool

    /// Lets processes work on a target, one after another, until its time or its inputs are used up.
    func supervise(_ target: FuzzTarget) throws -> Tally {
        let base = FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm" : NSTemporaryDirectory()
        let folder = URL(fileURLWithPath: base).appendingPathComponent("fuzz-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let progress = folder.appendingPathComponent("progress")
        let end = Date(timeIntervalSinceNow: seconds)
        var (tally, next) = (Tally(), start)
        while Date() < end, next < start + count {
            let place = folder.appendingPathComponent("at-\(next)")
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: place) }
            let errors = folder.appendingPathComponent("errors")
            let outcome = try ChildProcess(
                executable: URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath(),
                arguments: [
                    target.name, "--runs", runs.path, "--folder", place.path, "--progress", progress.path,
                    "--seconds", "\(max(0, end.timeIntervalSinceNow))", "--start", "\(next)",
                    "--count", "\(start + count - next)", "--seed", "\(seed)",
                ] + (tellsRefusals ? ["--tell"] : []), folder: folder, errors: errors,
                // A trace of a trap takes as long as hundreds of inputs; who gives the input again may have it.
                environment: ["SWIFT_BACKTRACE": "enable=no"]
            ).run()
            let words = String(decoding: (try? Data(contentsOf: errors)) ?? Data(), as: UTF8.self)
            for line in words.split(separator: "\n") where line.hasPrefix("FOUND") || line.hasPrefix("told") {
                print(line)
            }
            let told = (try? String(contentsOf: progress, encoding: .utf8))?.split(separator: "\n").first
            let parts = told?.split(separator: " ", maxSplits: 1) ?? []
            if parts.count == 2, let done = Tally(line: parts[1]) { tally = tally + done }
            if case .exited(0) = outcome.ending { break }
            guard parts.count == 2, let number = Int(parts[0]), number >= next else {
                throw Broken(target: target.name, words: String(words.suffix(2000)))
            }
            let isHang = outcome.ending == .exited(AttackWorker.hangStatus)
            tally.add(isHang ? .hang : .trap)
            let reason = words.split(separator: "\n").first {
                $0.contains("Fatal") || $0.contains("takes more") || $0.contains("rror:")
            }
            let last = words.split(separator: "\n").last { $0.hasPrefix("at ") }
            print(
                "FOUND \(target.name) --seed \(seed) --start \(number): \(outcome.ending), \(reason ?? "") \(last ?? "")"
            )
            next = number + 1
            try? FileManager.default.removeItem(at: progress)
        }
        return tally
    }

    /// Nothing could be tried.
    private struct Broken: Error {
        let target: String
        let words: String
    }
}
