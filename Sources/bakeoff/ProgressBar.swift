import Foundation

/// A line on a terminal that tells how far some work is, its rate and the time left; nothing where standard error is
/// no terminal.
final class ProgressBar {
    private let unit: String
    private let start = ContinuousClock.now
    private let isShown = isatty(STDERR_FILENO) == 1

    init(unit: String) {
        self.unit = unit
    }

    func show(done: Int, of total: Int) {
        guard isShown, total > 0 else { return }
        let (seconds, attoseconds) = start.duration(to: .now).components
        let elapsed = Double(seconds) + Double(attoseconds) * 1e-18
        let rate = elapsed > 0 ? Double(done) / elapsed : 0
        let left = rate > 0 ? Double(total - done) / rate : 0
        let width = 30
        let filled = done * width / total
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
        let line = String(format: "\r[%@] %d/%d %@, %.0f/s, %.0f s left ", bar, done, total, unit, rate, left)
        FileHandle.standardError.write(Data(line.utf8))
    }

    /// Clears the line.
    func finish() {
        if isShown { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
    }
}
