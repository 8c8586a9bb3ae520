import Foundation
import Results

/// How a call of a program ended, and what it said.
struct ProgramOutcome: Sendable {
    let program: CommandProgram
    let verb: String
    /// Nil where it ended well.
    let failure: Failure?
    /// Wall-clock time.
    let seconds: Double
    /// Resident memory of all its processes, as far as it was seen.
    let peakMemoryBytes: Int
    let output: String
    let errors: String

    enum Failure: Sendable, Equatable {
        case exited(Int32), signaled(Int32), tooSlow, tooLarge(Int)
    }

    /// The command without the folder.
    var call: String { (program.command + [verb]).joined(separator: " ") }

    /// The last lines of its standard error, as the end of a message.
    var said: String {
        let lines = errors.split(whereSeparator: \.isNewline).filter {
            !$0.allSatisfy(\.isWhitespace)
        }
        let last = lines.suffix(ProgramOutcome.toldLines).joined(separator: "\n  ")
        return last.isEmpty
            ? "; it said nothing on standard error" : "; the last it said:\n  \(last.suffix(2000))"
    }

    private static let toldLines = 5

    /// - Throws: `CommandError` unless it ended well.
    func check() throws(CommandError) {
        switch failure {
        case nil: return
        case .exited(let code): throw .exited(call: call, code: code, said: said)
        case .signaled(let signal): throw .signaled(call: call, signal: signal, said: said)
        case .tooSlow: throw .tooSlow(call: call, seconds: program.limits.seconds ?? seconds, said: said)
        case .tooLarge(let bytes):
            throw .tooLarge(call: call, bytes: bytes, limit: program.limits.bytes ?? bytes, said: said)
        }
    }

    /// As lines of a contestant's log: an object for the call, and one for each line that it wrote.
    var log: String {
        struct Call: Encodable {
            let call: String
            let seconds: Double
        }
        func lines(_ text: String, _ stream: String) -> [String] {
            text.split(whereSeparator: \.isNewline).compactMap {
                try? StableJSON.line(["call": verb, stream: String($0)]).text
            }
        }
        let head = (try? StableJSON.line(Call(call: verb, seconds: seconds)).text) ?? ""
        return head + (lines(output, "stdout") + lines(errors, "stderr")).joined()
    }
}

extension [UInt8] {
    fileprivate var text: String { String(decoding: self, as: UTF8.self) }
}
