import Foundation
import Synchronization

/// A line on a terminal that tells how far some work is, its rate and the time left; nothing where standard error is
/// no terminal.
///
/// It appears once the work has taken a moment, and changes a few times a second however often it is told.
final class ProgressBar: Sendable {
    private let label: String
    private let unit: String
    private let start = ContinuousClock.now
    /// What was done before this bar, which says nothing of the rate.
    private let first: Int
    /// When it may be drawn again.
    private let next: Mutex<ContinuousClock.Instant>

    private static let width = 24
    private static let delay = Duration.milliseconds(300)
    private static let interval = Duration.milliseconds(100)

    init(label: String = "", unit: String, first: Int = 0) {
        self.label = label
        self.unit = unit
        self.first = first
        next = Mutex(start + ProgressBar.delay)
    }

    /// - Parameter total: Nil where nobody knows, as with a stream.
    func show(done: Int, of total: Int?, detail: String? = nil) {
        guard Terminal.showsProgress, total != 0, isDue() else { return }
        let rate = elapsed > 0 ? Double(done - first) / elapsed : 0
        var line = label.isEmpty ? "" : label + " "
        if let total {
            let filled = min(ProgressBar.width, max(0, done) * ProgressBar.width / total)
            let rest = String(repeating: ".", count: ProgressBar.width - filled)
            line += "[\(String(repeating: "#", count: filled))\(rest)] \(done)/\(total) \(unit)"
        } else {
            line += "\(done) \(unit)"
        }
        if rate > 0 { line += String(format: ", %.*f/s", rate < 10 ? 1 : 0, rate) }
        if rate > 0, let total {
            line += ", \(ProgressBar.clock(Double(max(0, total - done)) / rate)) left"
        }
        if let detail { line += ", \(detail)" }
        Terminal.replaceLine(line)
    }

    /// Clears the line.
    func finish() { Terminal.clearProgress() }

    /// Shows that work goes on that cannot tell how far it is: its name, and how long it has taken.
    static func during<T>(_ label: String, _ work: () throws -> T) rethrows -> T {
        guard Terminal.showsProgress else { return try work() }
        let bar = ProgressBar(label: label, unit: "")
        let queue = DispatchQueue(label: "progress")
        let timer = DispatchSource.makeTimerSource(queue: queue)
        timer.schedule(deadline: .now() + 1, repeating: 0.5)
        timer.setEventHandler { Terminal.replaceLine("\(label), \(clock(bar.elapsed))") }
        timer.resume()
        defer {
            timer.cancel()
            // A line that is just being drawn is cleared too.
            queue.sync { bar.finish() }
        }
        return try work()
    }

    private var elapsed: Double {
        let (seconds, attoseconds) = start.duration(to: .now).components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }

    private func isDue() -> Bool {
        let now = ContinuousClock.now
        return next.withLock { next in
            if now < next { return false }
            next = now + ProgressBar.interval
            return true
        }
    }

    private static func clock(_ seconds: Double) -> String {
        let whole = Int(min(seconds.rounded(.up), 359_999))
        return String(format: "%d:%02d", whole / 60, whole % 60)
    }
}
