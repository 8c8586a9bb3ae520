import Foundation

extension FuzzTarget {
    /// The real program, with any value for any option of any subcommand.
    static let options = FuzzTarget(
        name: "options",
        prepare: { folder, runs in
            try copy(runs.appendingPathComponent("reports/o").path, to: folder, as: "o")
            try copy(runs.appendingPathComponent("models/o").path, to: folder, as: "m")
            try copy(runs.appendingPathComponent("encoder").path, to: folder)
            try DrawnExperiment.writeData(to: folder)
            try write("the room was good\nbad\n", to: folder, "texts.txt")
            try write("id,gold\n1,a\n2,b\n3,a\n", to: folder, "t.csv")
            try write("id,predicted,p_a,p_b\n3,a,0.9,0.1\n1,a,0.6,0.4\n2,a,0.5,0.5\n", to: folder, "p.csv")
            try write("good\t1.9\nbad\t-2.5\n", to: folder, "l.txt")
            try write(
                """
                name: fuzz
                dataset: {file: data.csv, columns: {text: text}, labels: {column: label}}
                split: {train: 0.6, validation: 0.2, test: 0.2, seed: 1}
                contestants: [{id: m, model: dummy}, {id: l, model: tfidf-logreg}]

                """, to: folder, "e.yaml")
            let help = folder.appendingPathComponent("help.json")
            _ = try ChildProcess(
                executable: ChildProcess.bakeoff, arguments: ["--experimental-dump-help"], folder: folder,
                output: help
            ).run()
        },
        draw: { folder, random in
            try write(
                CommandLineDraw(folder).arguments(&random).joined(separator: "\0"), to: folder, "arguments")
        },
        run: { folder, _ in
            let arguments = try String(
                contentsOf: folder.appendingPathComponent("arguments"), encoding: .utf8
            )
            .split(separator: "\0", omittingEmptySubsequences: false).map(String.init)
            let (output, errors) = (
                folder.appendingPathComponent(".out"), folder.appendingPathComponent(".err")
            )
            let outcome = try ChildProcess(
                executable: ChildProcess.bakeoff, arguments: arguments, folder: folder, output: output,
                errors: errors,
                environment: environment(in: folder), patience: 60
            ).run()
            let told = try Data(contentsOf: errors)
            let shown = "\(arguments): \(String(decoding: told.suffix(300), as: UTF8.self))"
            switch outcome.ending {
            case .exited(0):
                // Who names a file gets it and no words.
                let isQuiet = arguments.contains { $0.hasPrefix("--output") }
                if !isQuiet, told.isEmpty, try Data(contentsOf: output).isEmpty {
                    throw Finding(.cut, "said nothing: \(shown)")
                }
            case .exited(1), .exited(2):
                if told.isEmpty { throw Finding(.cut, "failed without a word: \(shown)") }
                throw Refused()
            case .tookTooLong: throw Finding(.hang, shown)
            case .exited, .signal: throw Finding(.trap, "\(outcome.ending) \(shown)")
            }
        })

    static func environment(in folder: URL) -> [String: String] {
        [
            "XDG_CACHE_HOME": folder.appendingPathComponent("cache").path,
            "BAKEOFF_RECIPES": repository.appendingPathComponent("datasets").path,
        ]
    }

    /// The real program, killed at any moment, and then again.
    static let kills = disturbed("kills") { scenario, reference, random in
        let signals = [SIGKILL, SIGKILL, SIGTERM, SIGINT]
        for _ in 0...random.pick(3) {
            let moment = random.share() * 1.1 * reference.seconds
            let signal = random.pick(from: signals)
            let outcome = try scenario.run(signalled: (moment, signal))
            switch outcome.ending {
            case .exited(0), .exited(1), .signal(signal): break
            // The first may have come to its end, and its file is there already.
            case .exited(2) where scenario.name == "init": break
            default: throw Finding(.trap, "\(scenario.name), signal \(signal): \(outcome.ending)")
            }
            try scenario.check(reference, isComplete: outcome.ending == .exited(0))
        }
    }

    /// The real program on a disk that is full, or with files that may not grow, and then again with room.
    static let disks = disturbed("disks") { scenario, reference, random in
        let largest = reference.files.values.map(\.count).max() ?? 0
        var limit: Int?
        var filler: URL?
        if let disk = scenario.disk, random.pick(3) > 0 {
            let all = reference.files.values.map { ($0.count + 4095) / 4096 * 4096 }.reduce(0, +)
            filler = try fill(disk, leaving: random.pick(all + all / 4 + 1))
        } else {
            limit = random.pick(largest / 512 + 2)
        }
        defer { if let filler { try? FileManager.default.removeItem(at: filler) } }
        let outcome = try scenario.run(largestFile: limit)
        switch outcome.ending {
        case .exited(0), .exited(1), .exited(2): break
        default: throw Finding(.trap, "\(scenario.name): \(outcome.ending) \(scenario.errors)")
        }
        if outcome.ending != .exited(0), scenario.errors.isEmpty {
            // What it has to say may not fit on the disk either.
            if filler == nil, limit ?? 1 > 0 {
                throw Finding(.cut, "\(scenario.name): failed without a word")
            }
        }
        try scenario.check(reference, isComplete: outcome.ending == .exited(0))
    }

    /// - Parameter disturb: Runs a scenario that does not come to its end as it should, and checks what is left.
    private static func disturbed(
        _ name: String,
        _ disturb: @escaping @Sendable (Scenario, Scenario.Reference, inout Mutation) throws -> Void
    ) -> FuzzTarget {
        let references = References()
        return FuzzTarget(
            name: name, prepare: { folder, runs in try Scenario.prepare(folder, runs: runs) },
            draw: { _, _ in },
            run: { folder, drawn in
                var random = drawn
                let disk = name == "disks" ? ProcessInfo.processInfo.environment["FUZZ_DISK"] : nil
                let scenario = Scenario.all(folder, disk: disk.map { URL(fileURLWithPath: $0) })
                let chosen = random.pick(from: scenario)
                let reference = try references.reference(of: chosen)
                try chosen.begin(reference)
                try disturb(chosen, reference, &random)
                try chosen.finish(reference)
            })
    }

    /// A file that leaves some bytes of a disk.
    private static func fill(_ disk: URL, leaving bytes: Int) throws -> URL {
        var room = statvfs()
        guard statvfs(disk.path, &room) == 0 else { throw POSIXError(.ENOSPC) }
        let free = Int(room.f_bavail) * Int(room.f_frsize)
        let file = disk.appendingPathComponent("filler")
        let descriptor = open(file.path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        defer { close(descriptor) }
        _ = posix_fallocate(descriptor, 0, max(1, free - bytes))
        return file
    }
}
