import Foundation

/// Watches a process until it has ended, and ends it with all that it started where it passes a limit.
struct ProcessWatch: Sendable {
    /// Why a process was ended.
    enum Reason { case time, memory(Int), stop }

    struct Result {
        /// Nil where it ended by itself.
        var reason: Reason?
        /// Of the process and all that it started.
        var peakMemoryBytes = 0
    }

    /// Seconds that it may take; nil for as many as it wants.
    var seconds: Double?
    /// Memory that it may have with all that it started; nil for as much as it wants.
    var bytes: Int?

    /// How often its memory and what it says are looked at.
    private static let lookInterval = Duration.milliseconds(50)
    /// How often somebody is asked whether to stop.
    private static let stopInterval = Duration.milliseconds(250)
    /// How long a process has to end by itself once it is told to.
    private static let grace = Duration.seconds(2)

    /// - Parameters:
    ///   - streams: What it says, of which only the end is kept.
    ///   - shouldStop: Asked while it runs.
    /// - Returns: Once it has ended.
    func end(of process: StartedProcess, _ streams: [StreamFile], _ shouldStop: () -> Bool) -> Result {
        let start = ContinuousClock.now
        var (nextLook, nextStop) = (start, start + ProcessWatch.stopInterval)
        var result = Result()
        var told: ContinuousClock.Instant?
        while !process.hasEnded {
            let now = ContinuousClock.now
            if now >= nextLook {
                for stream in streams { stream.trim() }
                let found = residentBytes(of: processTree(of: process.pid))
                result.peakMemoryBytes = max(result.peakMemoryBytes, found)
                if let bytes, found > bytes, result.reason == nil { result.reason = .memory(found) }
                nextLook = now + ProcessWatch.lookInterval
            }
            if now >= nextStop {
                if shouldStop(), result.reason == nil { result.reason = .stop }
                nextStop = now + ProcessWatch.stopInterval
            }
            if let seconds, now - start > .seconds(seconds), result.reason == nil { result.reason = .time }
            if result.reason != nil {
                if told == nil { process.send(SIGTERM) }
                if let told, now - told > ProcessWatch.grace { process.send(SIGKILL) }
                told = told ?? now
            }
            // Short programs are not kept waiting, long ones cost nothing.
            let pause = min(.milliseconds(20), .milliseconds(1) + (now - start) / 20)
            Thread.sleep(forTimeInterval: pause / .seconds(1))
        }
        return result
    }
}
