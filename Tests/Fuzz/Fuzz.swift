import Foundation

/// Gives changed inputs to one surface after another, and counts what becomes of them.
///
///     Fuzz [TARGET ...] --runs FOLDER [--seconds S] [--count N] [--start N] [--seed N] [--tell]
///     Fuzz --list
///
/// `--tell` gives the reason of each refusal.
///
/// Each target has a process of its own, which ends with an input that it does not survive; the next one goes on behind
/// that input. A folder on a small disk, if `FUZZ_DISK` names one, is filled up by the target `disks`.
@main
struct Fuzz {
    static func main() async throws {
        var arguments = Array(CommandLine.arguments.dropFirst())
        func option(_ name: String) -> String? {
            guard let place = arguments.firstIndex(of: name), place + 1 < arguments.count else { return nil }
            defer { arguments.removeSubrange(place...place + 1) }
            return arguments[place + 1]
        }
        if arguments.contains("--list") {
            for target in FuzzTarget.all { print(target.name) }
            return
        }
        let tellsRefusals = arguments.contains("--tell")
        arguments.removeAll { $0 == "--tell" }
        let progress = option("--progress")
        let folder = option("--folder")
        let attack = Attack(
            runs: URL(fileURLWithPath: option("--runs") ?? "."),
            seconds: option("--seconds").flatMap(Double.init) ?? 1e6,
            start: option("--start").flatMap { Int($0) } ?? 0,
            count: option("--count").flatMap { Int($0) } ?? 1 << 60,
            seed: option("--seed").flatMap { UInt64($0) } ?? 1, tellsRefusals: tellsRefusals)
        let targets = FuzzTarget.all.filter { arguments.contains($0.name) }
        if let unknown = arguments.first(where: { name in !targets.contains { $0.name == name } }) {
            note("\(unknown): no such target; see --list")
            exit(2)
        }
        signal(SIGPIPE, SIG_IGN)
        if let progress, let folder, let target = targets.first {
            try await AttackWorker(
                target: target, attack: attack, folder: URL(fileURLWithPath: folder), progress: progress
            ).work()
            return
        }
        var (sum, lines) = (Tally(), [Tally.header])
        for target in targets.isEmpty ? FuzzTarget.all : targets {
            let tally = try attack.supervise(target)
            lines.append(tally.row(target.name))
            note(tally.row(target.name))
            sum = sum + tally
        }
        print((lines + [sum.row("all")]).joined(separator: "\n"))
        if sum.defects > 0 { exit(1) }
    }
}
