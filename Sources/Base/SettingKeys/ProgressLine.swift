import Foundation

/// The line on a terminal that tells how far some work is, its rate and the time left.
///
/// It appears once the work has taken a moment, changes a few times a second however often it is told, and is never longer
/// than the terminal is wide, since only the last line of it could be taken away again.
package struct ProgressLine: Sendable {
    private let label: String
    private let unit: String
    private let start: ContinuousClock.Instant
    /// What was done before, which says nothing of the rate.
    private let first: Int
    /// When it may change again.
    private var next: ContinuousClock.Instant

    private static let barWidth = 24
    package static let delay = Duration.milliseconds(300)
    package static let interval = Duration.milliseconds(100)

    package init(
        label: String = "", unit: String, first: Int = 0, start: ContinuousClock.Instant = .now
    ) {
        self.label = visibleText(label)
        self.unit = unit
        self.first = first
        self.start = start
        next = start + ProgressLine.delay
    }

    /// The line to be shown now; nil where nothing is to be shown.
    ///
    /// - Parameters:
    ///   - total: Nil where nobody knows, as with a stream.
    ///   - columns: The width of the terminal; nil where there is none, so that nobody looks.
    package mutating func text(
        done: Int, of total: Int?, detail: String? = nil, columns: Int?,
        now: ContinuousClock.Instant = .now
    ) -> String? {
        guard let columns, total != 0, now >= next else { return nil }
        next = now + ProgressLine.interval
        var count = total.map { "\(done)/\($0) \(unit)" } ?? "\(done) \(unit)"
        let seconds = seconds(until: now)
        let rate = seconds > 0 ? Double(done - first) / seconds : 0
        if rate > 0 {
            count += String(format: ", %.*f/s", rate < 10 ? 1 : 0, rate)
            if let total {
                count += ", \(ProgressLine.clock(Double(max(0, total - done)) / rate)) left"
            }
        }
        let bar = total.map { total in
            let filled = min(ProgressLine.barWidth, max(0, done) * ProgressLine.barWidth / total)
            let rest = String(repeating: ".", count: ProgressLine.barWidth - filled)
            return "[\(String(repeating: "#", count: filled))\(rest)]"
        }
        let parts = [bar, count + (detail.map { ", \(visibleText($0))" } ?? "")].compactMap(\.self)
        // What is given up first where there is little room: the detail, the bar, the end of the label.
        return fitted([parts, [bar, count].compactMap(\.self), [count]], columns)
    }

    /// The line of work that cannot tell how far it is: its name, and how long it has taken.
    package func text(columns: Int, now: ContinuousClock.Instant = .now) -> String {
        fitted(
            [["\(label.isEmpty ? "" : ", ")\(ProgressLine.clock(seconds(until: now)))"]], columns,
            separator: "")
    }

    /// The first of the endings that fits behind the label; else the last, behind as much of the label as there is room for.
    private func fitted(_ endings: [[String]], _ columns: Int, separator: String = " ") -> String {
        // The last column stays free: a terminal goes to the next line when it is filled.
        let room = max(1, columns - 1)
        let between = label.isEmpty ? "" : separator
        for ending in endings {
            let line = label + between + ending.joined(separator: " ")
            if terminalColumns(line) <= room { return line }
        }
        let ending = between + (endings.last ?? []).joined(separator: " ")
        let left = room - terminalColumns(ending) - 1
        return left > 0
            ? cut(label, toColumns: left) + "…" + ending
            : cut((endings.last ?? []).joined(separator: " "), toColumns: room)
    }

    private func seconds(until now: ContinuousClock.Instant) -> Double {
        let (seconds, attoseconds) = start.duration(to: now).components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }

    /// Minutes and seconds.
    private static func clock(_ seconds: Double) -> String {
        let whole = Int(min(seconds.rounded(.up), 359_999))
        return String(format: "%d:%02d", whole / 60, whole % 60)
    }
}

/// The columns of a terminal that a text without control characters fills: two for the wide characters of East Asia and
/// most pictures, none for marks that are put on others.
package func terminalColumns(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + columns(of: $1) }
}

/// The beginning of a text that fills no more columns than these.
private func cut(_ text: String, toColumns limit: Int) -> String {
    var used = 0
    var kept = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        used += columns(of: scalar)
        if used > limit { break }
        kept.append(scalar)
    }
    return String(kept)
}

private func columns(of scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
        0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
        return 2
    default: return 1
    }
}
