import DeterministicWork
import Foundation
import Synchronization
import Testing

struct WorkerPoolTests {
    /// Numbers that threads write, each to its own place.
    private final class Marks: @unchecked Sendable {
        var values: [Int]
        init(_ count: Int) { values = Array(repeating: 0, count: count) }
    }

    @Test(arguments: [(0, 1), (0, 4), (1, 2), (3, 1), (3, 3), (3, 4), (3, 9), (7, 8)])
    func eachWorkerIsCalledOnceAndItsWritesAreSeen(helpers: Int, workers: Int) {
        let pool = WorkerPool(helpers: helpers)
        let called = min(workers, helpers + 1)
        for round in 1...2000 {
            let marks = Marks(workers)
            let hasRun = pool.run(workers: workers) { marks.values[$0] += round }
            #expect(hasRun)
            #expect(
                marks.values == Array(repeating: round, count: called)
                    + Array(repeating: 0, count: workers - called))
        }
    }

    /// Long enough for the threads to fall asleep, each in its turn the last.
    @Test func threadsThatSleepAreWoken() {
        let pool = WorkerPool(helpers: 2)
        for round in 0..<20 {
            let sum = Atomic(0)
            let hasRun = pool.run(workers: 3) { worker in
                if worker == round % 3 { Thread.sleep(forTimeInterval: 0.005) }
                sum.add(1 << worker, ordering: .relaxed)
            }
            #expect(hasRun)
            #expect(sum.load(ordering: .relaxed) == 7)
            Thread.sleep(forTimeInterval: 0.002)
        }
    }

    @Test func workWithinWorkIsRefused() {
        let pool = WorkerPool(helpers: 1)
        let refused = Atomic(0)
        let hasRun = pool.run(workers: 2) { _ in
            if !pool.run(workers: 2, { _ in }) { refused.add(1, ordering: .relaxed) }
        }
        #expect(hasRun)
        #expect(refused.load(ordering: .relaxed) == 2)
        #expect(pool.run(workers: 2) { _ in })
    }

    @Test func ofCallersAtOnceOneIsServed() {
        let pool = WorkerPool(helpers: 2)
        let served = Atomic(0)
        let refused = Atomic(0)
        let calls = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: 4) { _ in
            for _ in 0..<2000 {
                let hasRun = pool.run(workers: 3) { _ in calls.add(1, ordering: .relaxed) }
                if hasRun { served.add(1, ordering: .relaxed) } else { refused.add(1, ordering: .relaxed) }
            }
        }
        #expect(served.load(ordering: .relaxed) + refused.load(ordering: .relaxed) == 8000)
        #expect(calls.load(ordering: .relaxed) == 3 * served.load(ordering: .relaxed))
    }
}
