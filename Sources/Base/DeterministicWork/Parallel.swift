import Dispatch
import Foundation
import Synchronization

/// How many threads parallel work may use. Set once at the start of a program; results never depend on it.
public enum Threads {
    private static let chosen = Atomic<Int>(ProcessInfo.processInfo.activeProcessorCount)

    /// More than any machine has cores; each thread takes memory.
    public static let limit = 4096

    /// By default the number of cores.
    public static var count: Int {
        get { chosen.load(ordering: .relaxed) }
        set { chosen.store(min(limit, max(1, newValue)), ordering: .relaxed) }
    }
}

/// Calls `body` once for each block of `blockSize` consecutive indices of 0..<count, on up to `Threads.count` threads.
///
/// Blocks are the same at any number of threads, so a result that is a function of its block alone is too.
/// The order in which blocks run is not defined; `body` must not write where another block does.
public func parallelBlocks(of count: Int, blockSize: Int, _ body: @Sendable (Range<Int>) -> Void) {
    parallelBlocks(of: count, blockSize: blockSize, workers: Threads.count) { range, _ in body(range) }
}

/// The same on up to `workers` threads, and tells `body` which of them runs it, for work that needs memory of its own.
public func parallelBlocks(
    of count: Int, blockSize: Int, workers: Int, _ body: @Sendable (Range<Int>, _ worker: Int) -> Void
) {
    precondition(blockSize > 0)
    let blocks = (count + blockSize - 1) / blockSize
    let workers = min(workers, blocks)
    if workers <= 1 {
        for block in 0..<blocks { body(block * blockSize..<min(count, (block + 1) * blockSize), 0) }
        return
    }
    let next = Atomic<Int>(0)
    @Sendable func takeBlocks(_ worker: Int) {
        while true {
            let block = next.wrappingAdd(1, ordering: .relaxed).oldValue
            if block >= blocks { return }
            body(block * blockSize..<min(count, (block + 1) * blockSize), worker)
        }
    }
    if !WorkerPool.shared.run(workers: workers, takeBlocks) {
        DispatchQueue.concurrentPerform(iterations: workers, execute: takeBlocks)
    }
}

/// `transform` of each index of 0..<count, in order, computed on up to `Threads.count` threads in blocks of `blockSize`.
public func parallelMap<T: Sendable>(
    _ count: Int, blockSize: Int, _ transform: @Sendable (Int) -> T
) -> [T] {
    let blocks = (count + blockSize - 1) / blockSize
    let parts = Mutex<[[T]]>(Array(repeating: [], count: blocks))
    parallelBlocks(of: count, blockSize: blockSize) { range in
        let part = range.map(transform)
        parts.withLock { $0[range.lowerBound / blockSize] = part }
    }
    return parts.withLock { $0.flatMap { $0 } }
}
