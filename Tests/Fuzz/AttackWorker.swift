import Foundation
import Synchronization

/// Gives a target its inputs, in this process: a trap ends it, and the number of the input stands in the file of
/// progress, so that it can be given again.
struct AttackWorker {
    let target: FuzzTarget
    let attack: Attack
    /// A folder that the target's own is deep in, so that what is written outside of that is seen.
    let folder: URL
    let progress: String

    /// Seconds after which an input counts as a hang, on a machine that does other things too.
    private static let patience = 90.0
    /// Of resident memory, by one input.
    private static let mostMegabytes = 1000
    /// The exit code after a hang.
    static let hangStatus: Int32 = 3

    func work() async throws {
        AttackWorker.limitMemory()
        let inner = folder.appendingPathComponent("a/b/c/d/e")
        try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
        for place in ["note.txt", "a/README.md", "a/b/results.json", "a/b/c/d/data.csv"] {
            try write("not yours\n", to: folder, place)
        }
        _ = FileManager.default.changeCurrentDirectoryPath(inner.path)
        try target.prepare(inner, attack.runs)
        let paths = files(below: inner).filter(target.isChanged)
        let originals = try paths.map { Array(try Data(contentsOf: inner.appendingPathComponent($0))) }
        // The files as they are must be accepted, or nothing beyond the first check is tried.
        if target.draw == nil { try await target.run(inner, Mutation(seed: attack.seed, number: 0)) }
        let surroundings = Surroundings(of: inner, in: folder)

        let watch = Watch(patience: AttackWorker.patience, status: AttackWorker.hangStatus)
        let file = open(progress, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        let end = Date(timeIntervalSinceNow: attack.seconds)
        var tally = Tally()
        for number in attack.start..<attack.start + attack.count {
            if Date() >= end { break }
            let line = Array("\(number) \(tally.line)\n".utf8)
            _ = pwrite(file, line, line.count, 0)
            var random = Mutation(seed: attack.seed, number: number)
            watch.begin(number)
            let before = Date()
            var restore: (() throws -> Void)?
            if let draw = target.draw {
                try draw(inner, &random)
            } else {
                let chosen = random.pick(paths.count)
                let place = inner.appendingPathComponent(paths[chosen])
                try Data(random.apply(to: originals[chosen], of: paths[chosen], others: originals))
                    .write(to: place)
                restore = { try Data(originals[chosen]).write(to: place) }
            }
            AttackWorker.resetPeak()
            var kind = Tally.Kind.refused
            do {
                try await target.run(inner, random)
                kind = .accepted
            } catch let finding as Finding {
                kind = finding.kind
                tell(number, finding)
            } catch {
                if attack.tellsRefusals { note("told \(number): \(error)") }
            }
            let megabytes = AttackWorker.peakMegabytes
            watch.end()
            try restore?()
            if kind == .accepted || kind == .refused {
                if megabytes > AttackWorker.mostMegabytes {
                    kind = .memory
                    tell(number, Finding(.memory, "\(megabytes) MB"))
                } else if let change = surroundings.change {
                    kind = .outside
                    tell(number, Finding(.outside, change))
                }
            }
            tally.add(kind)
            tally.note(seconds: Date().timeIntervalSince(before), megabytes: megabytes)
        }
        let line = Array("\(attack.start) \(tally.line)\n".utf8)
        _ = pwrite(file, line, line.count, 0)
    }

    private func tell(_ number: Int, _ finding: Finding) {
        note(
            "FOUND \(target.name) --seed \(attack.seed) --start \(number): \(finding.kind): \(finding.words.prefix(500))"
        )
    }

    /// An allocation without end is to end this process, not the machine.
    private static func limitMemory() {
        var limit = rlimit(rlim_cur: 6 << 30, rlim_max: 6 << 30)
        _ = setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
    }

    /// From here on the peak is that of what follows.
    private static func resetPeak() {
        let file = open("/proc/self/clear_refs", O_WRONLY)
        _ = write(file, "5", 1)
        close(file)
    }

    private static var peakMegabytes: Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") } ?? ""
        return (line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) / 1024
    }
}

/// Ends the process where an input takes too long.
private final class Watch: Sendable {
    private let current = Mutex<(number: Int, start: Date)?>(nil)

    init(patience: Double, status: Int32) {
        Thread.detachNewThread { [self] in
            while true {
                Thread.sleep(forTimeInterval: 1)
                if let (number, start) = current.withLock(\.self), Date().timeIntervalSince(start) > patience
                {
                    FileHandle.standardError.write(
                        Data("input \(number) takes more than \(patience) s\n".utf8))
                    _exit(status)
                }
            }
        }
    }

    func begin(_ number: Int) { current.withLock { $0 = (number, Date()) } }
    func end() { current.withLock { $0 = nil } }
}

/// A line on standard error, which the process above reads.
func note(_ words: String) {
    FileHandle.standardError.write(Data((words.replacing("\n", with: " ") + "\n").utf8))
}
