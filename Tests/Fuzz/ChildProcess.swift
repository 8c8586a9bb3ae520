import Foundation

/// A program that is run with limits, and may be ended at a moment of somebody's choice.
struct ChildProcess {
    enum Ending: Equatable {
        case exited(Int32)
        case signal(Int32)
        case tookTooLong
    }

    struct Outcome {
        let ending: Ending
        let seconds: Double
    }

    /// The program under attack, which stands beside this one.
    static var bakeoff: URL {
        URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appendingPathComponent("bakeoff")
    }

    let executable: URL
    let arguments: [String]
    let folder: URL
    var output: URL?
    var errors: URL?
    var environment: [String: String] = [:]
    /// Seconds after which it is ended as having hung.
    var patience = Double.infinity
    /// Seconds after which it gets a signal.
    var signalled: (after: Double, signal: Int32)?
    /// No file may become larger, in blocks of 512 bytes.
    var largestFile: Int?

    func run() throws -> Outcome {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        if let largestFile {
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.arguments =
                ["-c", "trap '' XFSZ; ulimit -f \(largestFile); exec \"$0\" \"$@\"", executable.path]
                + arguments
        }
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        let handles = try [handle(output), handle(errors)]
        // A process that has ended may be kept for long, and what it wrote to with it, removed or not.
        defer {
            for (file, handle) in zip([output, errors], handles) where file != nil { try? handle.close() }
        }
        process.standardOutput = handles[0]
        process.standardError = handles[1]
        let start = Date()
        try process.run()
        var (pending, isLate) = (signalled, false)
        while process.isRunning {
            let passed = Date().timeIntervalSince(start)
            if let (after, signal) = pending, passed >= after {
                kill(process.processIdentifier, signal)
                pending = nil
            }
            if passed > patience {
                isLate = true
                kill(process.processIdentifier, SIGKILL)
            }
            usleep(pending == nil ? 2000 : 300)
        }
        let status = process.terminationStatus
        let ending: Ending =
            isLate
            ? .tookTooLong : process.terminationReason == .uncaughtSignal ? .signal(status) : .exited(status)
        return Outcome(ending: ending, seconds: Date().timeIntervalSince(start))
    }

    private func handle(_ file: URL?) throws -> FileHandle {
        guard let file else { return FileHandle.nullDevice }
        try Data().write(to: file)
        return try FileHandle(forWritingTo: file)
    }
}
