import CPause
import Dispatch
import Foundation
import Synchronization

/// Threads that stay. After work each looks for more for a moment before it sleeps, since an encoder's steps follow one
/// another within microseconds, and to be woken takes a thread longer than many of them last.
package final class WorkerPool: Sendable {
    /// As many threads as the machine has cores, the caller among them.
    static let shared = WorkerPool(helpers: ProcessInfo.processInfo.activeProcessorCount - 1)

    private let helpers: [Helper]
    /// Whether somebody's work is going on.
    private let isTaken = Atomic(false)
    /// How many helpers have not done their part of it.
    private let running = Atomic(0)
    private let finished = Signal()

    /// A pool whose threads end with the process.
    package init(helpers: Int) {
        self.helpers = (0..<max(0, helpers)).map { _ in Helper() }
        for helper in self.helpers {
            Thread.detachNewThread { [self] in
                while true {
                    helper.work()
                    if running.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 { finished.send() }
                }
            }
        }
    }

    /// Calls `body` with 0 on this thread and with 1, 2, ... on others at the same time: `workers` calls, or as many as
    /// there are threads.
    /// - Returns: False, with nothing called, if other work is going on here, such as the one that this call is a part of.
    package func run(workers: Int, _ body: (_ worker: Int) -> Void) -> Bool {
        guard isTaken.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged
        else { return false }
        let called = helpers.prefix(max(0, workers - 1))
        running.store(called.count, ordering: .relaxed)
        withoutActuallyEscaping(body) { body in
            withUnsafePointer(to: body) { body in
                for (index, helper) in called.enumerated() {
                    helper.give(Helper.Task(body: body, worker: index + 1))
                }
                body.pointee(0)
                if !called.isEmpty { finished.wait() }
            }
        }
        isTaken.store(false, ordering: .releasing)
        return true
    }

    /// A thread and what it is given.
    private final class Helper: @unchecked Sendable {
        struct Task {
            /// Valid until all helpers are done.
            let body: UnsafePointer<(Int) -> Void>
            let worker: Int
        }

        private let given = Signal()
        /// Written before the signal is sent, read after it has come.
        private var task: Task?

        func give(_ task: Task) {
            self.task = task
            given.send()
        }

        /// Waits for a task and does it.
        func work() {
            given.wait()
            guard let task else { preconditionFailure("a signal without a task") }
            task.body.pointee(task.worker)
        }
    }

    /// Sent by one thread and waited for by another, in turns.
    private final class Signal: Sendable {
        private enum State {
            static let none = 0, sent = 1, asleep = 2
        }

        /// Looks before sleep: some tens of microseconds.
        private static let looks = 1000
        private let state = Atomic(State.none)
        private let wake = DispatchSemaphore(value: 0)

        func send() {
            let was = state.exchange(State.sent, ordering: .acquiringAndReleasing)
            if was == State.asleep { wake.signal() }
        }

        func wait() {
            for _ in 0..<Signal.looks {
                if state.load(ordering: .acquiring) == State.sent { break }
                cpu_pause()
            }
            let look = state.compareExchange(
                expected: State.none, desired: State.asleep, ordering: .acquiringAndReleasing)
            if look.exchanged { wake.wait() }
            state.store(State.none, ordering: .releasing)
        }
    }
}
