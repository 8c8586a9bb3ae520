import SafeFiles
import TextClassifiers

/// A process's waiting for another one: told once it takes longer than a moment, and ended when the user asks for a stop.
struct Wait {
    private let shouldStop: @Sendable () -> Bool
    private var start: SuspendingClock.Instant?
    private var told: Set<String> = []
    private var nextPause = Pause()

    private static let moment = Duration.seconds(1)

    init(_ options: RunOptions) { shouldStop = options.shouldStop }

    /// Looks for signs of life of the others in the run's folders, and pauses, the longer the more often.
    /// - Throws: `RunStopped`.
    mutating func pause(
        for holder: Holder?, _ what: String, in hold: RunHold, _ notify: (RunEvent) -> Void
    ) throws(RunStopped) {
        hold.look()
        try look(at: holder, for: what, notify)
        nextPause()
    }

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

extension ExperimentRun {
    /// Does what one of the processes that share the run's folders may do at a time.
    /// - Parameter what: For a process that waits meanwhile.
    func exclusively<T>(
        in hold: RunHold, for what: String, _ notify: (RunEvent) -> Void, _ work: () throws -> T
    ) throws -> T {
        var wait = Wait(options)
        return try hold.exclusively(waiting: { try wait.look(at: $0, for: what, notify) }, work)
    }
}
