import DeterministicWork
import Foundation
import TextClassifiers

/// One call of a program: it is started, watched, and ended with all that it started where it passes a limit.
struct ProgramCall: Sendable {
    let program: CommandProgram
    /// `fit`, `predict` or `fit-predict`.
    let verb: String
    /// The item's, which is the last argument.
    let folder: URL

    /// How often its memory and what it says are looked at.
    private static let lookInterval = Duration.milliseconds(50)
    /// How often somebody is asked whether to stop.
    private static let stopInterval = Duration.milliseconds(250)
    /// How long a program has to end by itself once it is told to.
    private static let grace = Duration.seconds(2)

    /// Why a program was ended.
    private enum Reason { case time, memory(Int), stop }

    /// - Throws: `RunStopped`, or `CommandError` where the program cannot be started.
    func run(shouldStop: () -> Bool) throws -> ProgramOutcome {
        let path = try program.path
        let (output, errors) = (try stream("stdout"), try stream("stderr"))
        let start = ContinuousClock.now
        let process = try StartedProcess(
            [path] + program.arguments + [verb, folder.path],
            environment: program.variables(threads: Threads.count), in: program.folder.absoluteURL,
            output: output.descriptor, errors: errors.descriptor)
        let watched = watch(process, [output, errors], shouldStop)
        let end = process.finish()
        if case .stop? = watched.reason { throw RunStopped() }
        let failure: ProgramOutcome.Failure? =
            switch (watched.reason, end) {
            case (.time, _): .tooSlow
            case (.memory(let bytes), _): .tooLarge(bytes)
            case (_, .exited(0)): nil
            case (_, .exited(let code)): .exited(code)
            case (_, .signaled(let signal)): .signaled(signal)
            }
        return ProgramOutcome(
            program: program, verb: verb, failure: failure,
            seconds: (ContinuousClock.now - start) / .seconds(1), peakMemoryBytes: watched.peakMemoryBytes,
            output: String(decoding: output.end, as: UTF8.self),
            errors: String(decoding: errors.end, as: UTF8.self))
    }

    private func stream(_ name: String) throws(CommandError) -> StreamFile {
        try StreamFile(folder.appendingPathComponent("\(verb).\(name)"), of: program.name)
    }

    private struct Watched {
        var reason: Reason?
        var peakMemoryBytes = 0
    }

    /// Returns once the process has ended, by itself or not.
    private func watch(
        _ process: StartedProcess, _ streams: [StreamFile], _ shouldStop: () -> Bool
    ) -> Watched {
        let start = ContinuousClock.now
        var (nextLook, nextStop) = (start, start + ProgramCall.stopInterval)
        var watched = Watched()
        var told: ContinuousClock.Instant?
        while !process.hasEnded {
            let now = ContinuousClock.now
            if now >= nextLook {
                for stream in streams { stream.trim() }
                let bytes = residentBytes(of: processTree(of: process.pid))
                watched.peakMemoryBytes = max(watched.peakMemoryBytes, bytes)
                if let limit = program.limits.bytes, bytes > limit, watched.reason == nil {
                    watched.reason = .memory(bytes)
                }
                nextLook = now + ProgramCall.lookInterval
            }
            if now >= nextStop {
                if shouldStop(), watched.reason == nil { watched.reason = .stop }
                nextStop = now + ProgramCall.stopInterval
            }
            if let limit = program.limits.seconds, now - start > .seconds(limit), watched.reason == nil {
                watched.reason = .time
            }
            if watched.reason != nil {
                if told == nil { process.send(SIGTERM) }
                if let told, now - told > ProgramCall.grace { process.send(SIGKILL) }
                told = told ?? now
            }
            // Short programs are not kept waiting, long ones cost nothing.
            let pause = min(.milliseconds(20), .milliseconds(1) + (now - start) / 20)
            Thread.sleep(forTimeInterval: pause / .seconds(1))
        }
        return watched
    }
}
