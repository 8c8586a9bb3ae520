import Bakeoff
import Foundation
import Synchronization

/// Where words go: results to standard output, everything else to standard error.
enum Terminal {
    /// Whether somebody is there to look at progress.
    static let showsProgress = isatty(STDERR_FILENO) == 1
    /// The width of the terminal that progress is shown on; nil where there is none. It may change at any time.
    static var columns: Int? {
        guard showsProgress else { return nil }
        var size = winsize()
        let isKnown = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        return isKnown ? Int(size.ws_col) : 80
    }

    /// Whether a line of progress stands where the next words would go.
    private static let hasProgress = Atomic<Bool>(false)

    /// A line of a result.
    static func print(_ line: String) throws(FileError) {
        try show(line + "\n")
    }

    /// Lines of a result for people: texts of files among them cannot move the cursor.
    static func show(_ text: String) throws(FileError) {
        try write(visibleText(text, keepingLines: true))
    }

    /// A part of a result for programs, as it is.
    static func write(_ text: String) throws(FileError) {
        try write(Array(text.utf8))
    }

    /// The same, as UTF-8.
    static func write(_ bytes: [UInt8]) throws(FileError) {
        clearProgress()
        try StandardStream.output.write(bytes)
    }

    /// A whole result: to a file, or else to standard output.
    /// - Parameter isForPeople: Whether it is shown as by `show`, or written as it is.
    static func deliver(_ result: String, to file: String?, isForPeople: Bool) throws(FileError) {
        if let file { return try OutputFile.write(result, to: URL(fileURLWithPath: file)) }
        if isForPeople { try show(result) } else { try write(result) }
    }

    /// A line that is no result: progress, a notice, an error. There is nobody left to tell where it cannot be written.
    static func notice(_ line: String) {
        clearProgress()
        try? StandardStream.error.write(Array((visibleText(line, keepingLines: true) + "\n").utf8))
    }

    /// What a user should know and nothing depends on, a line each.
    static func notices(_ notices: [String]) {
        for text in notices { notice("notice: \(text)") }
    }

    /// Asks a question that is answered by yes or no; no where nobody is there to answer.
    static func agrees(to question: String) -> Bool {
        guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return false }
        clearProgress()
        try? StandardStream.error.write(Array("\(visibleText(question)) [y/N] ".utf8))
        return ["y", "yes"].contains(readLine()?.lowercased() ?? "")
    }

    /// Replaces the line that the cursor is on, for progress; where it cannot be written, nobody is looking.
    static func replaceLine(_ line: String) {
        hasProgress.store(true, ordering: .relaxed)
        try? StandardStream.error.write(Array("\r\(visibleText(line))\u{1B}[K".utf8))
    }

    /// Takes the line of progress away, so that something else can be written.
    static func clearProgress() {
        if hasProgress.exchange(false, ordering: .relaxed) {
            try? StandardStream.error.write(Array("\r\u{1B}[K".utf8))
        }
    }

    /// What relative paths on the command line start from.
    static var workingFolder: URL { URL(fileURLWithPath: FileManager.default.currentDirectoryPath) }
}
