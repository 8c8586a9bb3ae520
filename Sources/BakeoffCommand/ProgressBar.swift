import Bakeoff
import Foundation
import Synchronization

/// A line on a terminal that tells how far some work is; nothing where standard error is no terminal.
final class ProgressBar: Sendable {
    private let line: Mutex<ProgressLine>

    init(label: String = "", unit: String, first: Int = 0) {
        line = Mutex(ProgressLine(label: label, unit: unit, first: first))
    }

    /// - Parameter total: Nil where nobody knows, as with a stream.
    func show(done: Int, of total: Int?, detail: String? = nil) {
        let columns = Terminal.columns
        if let text = line.withLock({ $0.text(done: done, of: total, detail: detail, columns: columns) }) {
            Terminal.replaceLine(text)
        }
    }

    /// Clears the line.
    func finish() { Terminal.clearProgress() }

    /// Shows that work goes on that cannot tell how far it is: its name, and how long it has taken.
    static func during<T>(_ label: String, _ work: () throws -> T) rethrows -> T {
        guard Terminal.showsProgress else { return try work() }
        let line = ProgressLine(label: label, unit: "")
        let queue = DispatchQueue(label: "progress")
        let timer = DispatchSource.makeTimerSource(queue: queue)
        timer.schedule(deadline: .now() + 1, repeating: 0.5)
        timer.setEventHandler {
            if let columns = Terminal.columns { Terminal.replaceLine(line.text(columns: columns)) }
        }
        timer.resume()
        defer {
            timer.cancel()
            // A line that is just being drawn is cleared too.
            queue.sync { Terminal.clearProgress() }
        }
        return try work()
    }
}
