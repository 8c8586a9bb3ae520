import Experiments
import Foundation
import SafeFiles
import Synchronization

/// The check of a lab: the one script that a page may have run, once at a time and for a limited time.
public final class LessonCheck: Sendable {
    /// What the page is told.
    struct Answer: Encodable, Equatable {
        enum Verdict: String, Encodable {
            case passed, failed
            /// The check could not tell, or did not end by itself.
            case unknown
        }

        let verdict: Verdict
        /// The verdict in words.
        let words: String
        let output: String
    }

    /// Seconds that a check may take: less than a browser and the server wait for an answer.
    public static let usualLimit = 540.0

    private let script: URL
    /// The path of the program that the script calls; nil for the one that it finds.
    private let program: String?
    private let folder: URL
    private let limit: Double
    private let isRunning = Atomic(false)

    init(script: URL, program: String?, folder: URL, limit: Double) {
        (self.script, self.program, self.folder, self.limit) = (script, program, folder, limit)
    }

    /// Runs the script; ends it where the task is cancelled, as when the server ends.
    /// - Throws: `PageRefusal.isChecking` while it runs already; `LessonError.noShell`.
    func run() async throws -> Answer {
        guard
            isRunning.compareExchange(expected: false, desired: true, ordering: .acquiringAndReleasing)
                .exchanged
        else { throw PageRefusal.isChecking }
        defer { isRunning.store(false, ordering: .releasing) }
        guard let shell = programPath("bash") else { throw LessonError.noShell }
        var environment = ProcessInfo.processInfo.environment
        if let program { environment["BAKEOFF"] = program }
        let call = ScriptCall(
            [shell, script.path], environment: environment, in: folder, limit: limit)
        let isCancelled = Flag()
        // On a thread of its own: it waits, and the models' queue is not for that.
        let (end, output) = try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                Thread.detachNewThread {
                    continuation.resume(with: Result { try call.run { isCancelled.isSet } })
                }
            }
        } onCancel: {
            isCancelled.set()
        }
        return answer(end, output)
    }

    private func answer(_ end: ScriptCall.End, _ output: String) -> Answer {
        let (verdict, words): (Answer.Verdict, String) =
            switch end {
            case .exited(0): (.passed, "The check passes: the fault is gone.")
            case .exited(1): (.failed, "The check does not pass yet: the fault is still there.")
            case .exited(let code): (.unknown, "The check could not tell (exit code \(code)).")
            case .signaled(let signal): (.unknown, "The check was ended by signal \(signal).")
            case .tooSlow: (.unknown, "The check was ended at its time limit of \(Int(limit)) s.")
            case .stopped: (.unknown, "The check was stopped.")
            }
        return Answer(verdict: verdict, words: words, output: output)
    }
}

/// Something that happens once, for another thread to see.
private final class Flag: Sendable {
    private let value = Atomic(false)

    var isSet: Bool { value.load(ordering: .relaxed) }

    func set() { value.store(true, ordering: .relaxed) }
}
