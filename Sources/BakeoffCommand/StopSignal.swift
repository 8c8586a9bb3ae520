import Foundation
import Synchronization

/// Ctrl-C as a request: the first asks the work to stop, a second one ends the program as it always does.
enum StopSignal {
    private static let wasGiven = Atomic<Bool>(false)
    private static let notice: StaticString =
        "\nstopping as soon as what is done is kept; once more to end at once\n"

    /// From here on. What the handler does may be done in a signal handler: an atomic store and two system calls.
    static func listen() {
        wasGiven.store(false, ordering: .relaxed)
        signal(SIGINT) { _ in
            StopSignal.wasGiven.store(true, ordering: .relaxed)
            _ = write(STDERR_FILENO, StopSignal.notice.utf8Start, StopSignal.notice.utf8CodeUnitCount)
            signal(SIGINT, SIG_DFL)
        }
        // Whoever started this program may have blocked it.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGINT)
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    }

    /// Whether it was pressed.
    static var isAsked: Bool { wasGiven.load(ordering: .relaxed) }
}
