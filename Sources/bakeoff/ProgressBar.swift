import Foundation

/// A line on a terminal that tells how far some work is, its rate and the time left; nothing where standard error is
/// no terminal.
struct ProgressBar: Sendable {
    private let label: String
    private let unit: String
    private let start = ContinuousClock.now
    /// What was done before this bar, which says nothing of the rate.
    private let first: Int
    private let isShown = isatty(STDERR_FILENO) == 1

    private static let width = 24

    init(label: String = "", unit: String, first: Int = 0) {
        self.label = label
        self.unit = unit
        self.first = first
    }

    func show(done: Int, of total: Int, detail: String? = nil) {
        guard isShown, total > 0 else { return }
        let (seconds, attoseconds) = start.duration(to: .now).components
        let elapsed = Double(seconds) + Double(attoseconds) * 1e-18
        let rate = elapsed > 0 ? Double(done - first) / elapsed : 0
        let filled = min(ProgressBar.width, max(0, done) * ProgressBar.width / total)
        let bar =
            String(repeating: "#", count: filled) + String(repeating: ".", count: ProgressBar.width - filled)
        var line = "\(label.isEmpty ? "" : label + " ")[\(bar)] \(done)/\(total) \(unit)"
        if rate > 0 {
            let left = Int((Double(max(0, total - done)) / rate).rounded(.up))
            line += String(format: ", %.*f/s, %d:%02d left", rate < 10 ? 1 : 0, rate, left / 60, left % 60)
        }
        if let detail { line += ", \(detail)" }
        Terminal.replaceLine(line)
    }

    /// Clears the line.
    func finish() {
        if isShown { Terminal.replaceLine("") }
    }
}
