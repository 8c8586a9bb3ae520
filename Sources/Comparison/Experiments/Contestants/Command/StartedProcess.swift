import CSpawn
import Foundation

/// A process that leads a group of its own, by which it can be ended with what it started.
///
/// It is started and waited for on the calling thread. swift-subprocess needs threads of Swift's shared pool besides, of which
/// whoever fits a contestant may hold the last.
struct StartedProcess: Sendable {
    let pid: pid_t

    /// How a process ended.
    enum End: Equatable, Sendable { case exited(Int32), signaled(Int32) }

    /// Starts a program, which reads nothing.
    ///
    /// - Parameters:
    ///   - words: The program's path, and its arguments.
    ///   - environment: All that it finds in its environment.
    ///   - folder: Where it works.
    ///   - output: The descriptor of its standard output; `errors` that of its standard error.
    /// - Throws: `CommandError.notStarted`.
    init(
        _ words: [String], environment: [String: String], in folder: URL, output: CInt, errors: CInt
    ) throws(CommandError) {
        let arguments = words.map { strdup($0) } + [nil]
        let variables = environment.sorted { $0.key < $1.key }.map { strdup("\($0)=\($1)") } + [nil]
        defer { for text in arguments + variables { free(text) } }
        var pid: pid_t = 0
        let error = cspawn_start(&pid, arguments, variables, folder.path, output, errors)
        if error != 0 { throw .notStarted(words[0], reason: String(cString: strerror(error))) }
        self.pid = pid
    }

    /// Whether it has ended; it stays to be told of until `finish`.
    var hasEnded: Bool {
        var information = siginfo_t()
        let found = waitid(P_PID, id_t(pid), &information, WEXITED | WNOHANG | WNOWAIT)
        return found != 0 || information.si_signo != 0
    }

    /// Sends a signal to it and to all that it started, in whatever group.
    func send(_ signal: Int32) {
        let others = processTree(of: pid).subtracting([pid])
        kill(-pid, signal)
        for other in others { kill(other, signal) }
    }

    /// Waits for its end, and ends what it left in its group. Called once.
    func finish() -> End {
        while !hasEnded { usleep(1000) }
        // Before its number can be given to another.
        kill(-pid, SIGKILL)
        var status: CInt = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7F
        return signal == 0 ? .exited(status >> 8 & 0xFF) : .signaled(signal)
    }
}
