import Foundation

/// One call of a script: it is started, watched, and ended with all that it started where it passes its limit.
package struct ScriptCall: Sendable {
    /// How a script ended.
    package enum End: Equatable, Sendable {
        case exited(Int32), signaled(Int32)
        /// It was ended at its limit.
        case tooSlow
        /// It was ended because somebody wished so.
        case stopped
    }

    /// The path of a program, and its arguments.
    let words: [String]
    /// All that it finds in its environment.
    let environment: [String: String]
    /// Where it works.
    let folder: URL
    /// Seconds that it may take.
    let limit: Double

    package init(_ words: [String], environment: [String: String], in folder: URL, limit: Double) {
        precondition(!words.isEmpty)
        (self.words, self.environment, self.folder, self.limit) = (words, environment, folder, limit)
    }

    /// - Parameter shouldStop: Asked while it runs.
    /// - Returns: How it ended, and the last megabyte of what it said on both of its streams, in the order in which it did.
    /// - Throws: What says that it cannot be started.
    package func run(shouldStop: () -> Bool) throws -> (end: End, output: String) {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("said-\(UUID().uuidString)")
        let said = try StreamFile(file, of: words[0])
        // The descriptor is enough.
        try FileManager.default.removeItem(at: file)
        let process = try StartedProcess(
            words, environment: environment, in: folder.absoluteURL, output: said.descriptor,
            errors: said.descriptor)
        let watched = ProcessWatch(seconds: limit).end(of: process, [said], shouldStop)
        let end: End =
            switch (watched.reason, process.finish()) {
            case (.stop, _): .stopped
            case (.time, _): .tooSlow
            case (_, .exited(let code)): .exited(code)
            case (_, .signaled(let signal)): .signaled(signal)
            }
        return (end, String(decoding: said.end, as: UTF8.self))
    }
}
