import SafeFiles
import TextClassifiers

/// A process's waiting for another one: told once it takes longer than a moment, and ended when the user asks for a stop.
struct Wait {
    private let shouldStop: @Sendable () -> Bool
    private var start: SuspendingClock.Instant?
    private var told: Set<String> = []

    private static let moment = Duration.seconds(1)

    init(_ options: RunOptions) { shouldStop = options.shouldStop }

    /// - Parameters:
    ///   - holder: Whom this process waits for; nil if that is not known.
    ///   - what: What that one does or has.
    /// - Throws: `RunStopped`.
    mutating func look(
        at holder: Holder?, for what: String, _ notify: (RunEvent) -> Void
    ) throws(RunStopped) {
        if shouldStop() { throw RunStopped() }
        let start = start ?? .now
        self.start = start
        guard SuspendingClock.now - start > Wait.moment else { return }
        let process = holder.map { "\($0)" } ?? "another process"
        if told.insert("\(process) \(what)").inserted { notify(.waiting(for: what, on: process)) }
    }
}
