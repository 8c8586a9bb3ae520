import Foundation
import Synchronization

/// Ctrl-C as a request: the first asks the work to stop, a second one ends the program as it always does.
enum StopSignal {
    private static let wasGiven = Atomic<Bool>(false)
    private static let isQuiet = Atomic<Bool>(false)
    private static let notice: StaticString =
        "\nstopping as soon as what is done is kept; once more to end at once\n"

    /// From here on. What the handler does may be done in a signal handler: atomic accesses and two system calls.
    /// - Parameter quietly: Whether there is nothing to keep, so that nothing is said.
    static func listen(quietly: Bool = false) {
        wasGiven.store(false, ordering: .relaxed)
        isQuiet.store(quietly, ordering: .relaxed)
        signal(SIGINT) { _ in
            StopSignal.wasGiven.store(true, ordering: .relaxed)
            if !StopSignal.isQuiet.load(ordering: .relaxed) {
                _ = write(STDERR_FILENO, StopSignal.notice.utf8Start, StopSignal.notice.utf8CodeUnitCount)
            }
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
