import Files
import Foundation
import Settings

/// Where words go: results to standard output, everything else to standard error.
enum Terminal {
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
        try StandardStream.output.write(bytes)
    }

    /// A line that is no result: progress, a notice, an error. There is nobody left to tell where it cannot be written.
    static func notice(_ line: String) {
        try? StandardStream.error.write(Array((visibleText(line, keepingLines: true) + "\n").utf8))
    }

    /// Replaces the line that the cursor is on, for progress; where it cannot be written, nobody is looking.
    static func replaceLine(_ line: String) {
        try? StandardStream.error.write(Array("\r\(visibleText(line))\u{1B}[K".utf8))
    }

    /// What relative paths on the command line start from.
    static var workingFolder: URL { URL(fileURLWithPath: FileManager.default.currentDirectoryPath) }
}
