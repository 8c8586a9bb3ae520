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

    /// - Throws: `RunStopped`, or `CommandError` where the program cannot be started.
    func run(shouldStop: () -> Bool) throws -> ProgramOutcome {
        let path = try program.path
        let (output, errors) = (try stream("stdout"), try stream("stderr"))
        let start = ContinuousClock.now
        let process = try StartedProcess(
            [path] + program.arguments + [verb, folder.path],
            environment: program.variables(threads: Threads.count), in: program.folder.absoluteURL,
            output: output.descriptor, errors: errors.descriptor)
        let limits = program.limits
        let watched = ProcessWatch(seconds: limits.seconds, bytes: limits.bytes)
            .end(of: process, [output, errors], shouldStop)
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
}
