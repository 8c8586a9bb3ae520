import Foundation
import Synchronization

/// Gives changed inputs to one reader after another, in this process: a trap ends it, and the number of the input stands in
/// the file of progress, so that it can be given again.
///
///     Fuzz TARGET --runs FOLDER --progress FILE [--seconds S] [--start N] [--count N] [--seed N] [--list]
@main
struct Fuzz {
    /// Seconds after which an input counts as a hang, on a machine that does other things too.
    private static let patience = 60.0

    static func main() async throws {
        var arguments = Array(CommandLine.arguments.dropFirst())
        if arguments.contains("--list") {
            for target in FuzzTarget.all { print(target.name) }
            return
        }
        func option(_ name: String) -> String? {
            guard let place = arguments.firstIndex(of: name), place + 1 < arguments.count else { return nil }
            defer { arguments.removeSubrange(place...place + 1) }
            return arguments[place + 1]
        }
        let runs = URL(fileURLWithPath: option("--runs") ?? ".")
        let progress = URL(fileURLWithPath: option("--progress") ?? "fuzz.progress")
        let seconds = option("--seconds").flatMap(Double.init) ?? .infinity
        let start = option("--start").flatMap { Int($0) } ?? 0
        let count = option("--count").flatMap { Int($0) } ?? .max
        let seed = option("--seed").flatMap { UInt64($0) } ?? 1
        guard let target = FuzzTarget.all.first(where: { $0.name == arguments.first }) else {
            FileHandle.standardError.write(Data("no such target; see --list\n".utf8))
            exit(2)
        }
        signal(SIGPIPE, SIG_IGN)
        limitMemory()
        try await attack(
            target, runs: runs, progress: progress, until: Date(timeIntervalSinceNow: min(seconds, 1e6)),
            numbers: start..<(start.addingReportingOverflow(count).overflow ? .max : start + count),
            seed: seed)
    }

    private static func attack(
        _ target: FuzzTarget, runs: URL, progress: URL, until end: Date, numbers: Range<Int>, seed: UInt64
    ) async throws {
        let base = FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm" : NSTemporaryDirectory()
        let folder = URL(fileURLWithPath: base).appendingPathComponent("fuzz-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try target.prepare(folder, runs)
        let paths = (FileManager.default.enumerator(atPath: folder.path)?.allObjects ?? []).compactMap {
            $0 as? String
        }
        .filter { path in
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(
                atPath: folder.appendingPathComponent(path).path, isDirectory: &isFolder)
            return !isFolder.boolValue && target.isChanged(path)
        }.sorted()
        let originals = try paths.map { Array(try Data(contentsOf: folder.appendingPathComponent($0))) }
        // The files as they are must be accepted, or nothing beyond the first check is tried.
        try await target.run(folder)

        let watch = Watch(patience: patience)
        var (accepted, refused, longest) = (0, 0, 0.0)
        for number in numbers {
            if Date() >= end { break }
            try Data("\(number)".utf8).write(to: progress)
            var mutation = Mutation(seed: seed, number: number)
            let chosen = mutation.pick(paths.count)
            let place = folder.appendingPathComponent(paths[chosen])
            try Data(mutation.apply(to: originals[chosen])).write(to: place)
            watch.begin(number)
            let before = Date()
            do {
                try await target.run(folder)
                accepted += 1
            } catch { refused += 1 }
            longest = max(longest, Date().timeIntervalSince(before))
            watch.end()
            try Data(originals[chosen]).write(to: place)
        }
        print(
            "\(target.name): \(accepted + refused) inputs, \(accepted) accepted, \(refused) refused, longest "
                + String(format: "%.2f s", longest))
    }

    /// An allocation without end is to end this process, not the machine.
    private static func limitMemory() {
        var limit = rlimit(rlim_cur: 6 << 30, rlim_max: 6 << 30)
        _ = setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
    }
}

/// Ends the process where an input takes too long.
private final class Watch: Sendable {
    private let current = Mutex<(number: Int, start: Date)?>(nil)

    init(patience: Double) {
        Thread.detachNewThread { [self] in
            while true {
                Thread.sleep(forTimeInterval: 1)
                if let (number, start) = current.withLock(\.self), Date().timeIntervalSince(start) > patience
                {
                    FileHandle.standardError.write(
                        Data("input \(number) takes more than \(patience) s\n".utf8))
                    _exit(3)
                }
            }
        }
    }

    func begin(_ number: Int) { current.withLock { $0 = (number, Date()) } }
    func end() { current.withLock { $0 = nil } }
}
