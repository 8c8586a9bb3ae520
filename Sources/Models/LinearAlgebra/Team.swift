import DeterministicWork

/// Threads that share the work of one computation, each with scratch memory that is allocated once and used again.
///
/// Work is cut in blocks that do not depend on the number of threads.
public final class Team: Sendable {
    private let scratch: [Scratch]

    /// - Parameter workers: 1 for work on the calling thread alone.
    public init(workers: Int) {
        scratch = (0..<max(1, workers)).map { _ in Scratch() }
    }

    public var workers: Int { scratch.count }

    /// Calls `body` for each block of `blockSize` indices of 0..<count.
    public func blocks(of count: Int, blockSize: Int, _ body: @Sendable (Range<Int>, Scratch) -> Void) {
        parallelBlocks(of: count, blockSize: blockSize, workers: workers) { range, worker in
            body(range, scratch[worker])
        }
    }
}

/// Memory of one thread.
public final class Scratch: @unchecked Sendable {
    private var buffers: [FloatBuffer] = []

    /// The `index`-th buffer of this thread, with room for `count` numbers; what it holds is left from earlier use.
    public func buffer(_ index: Int, count: Int) -> FloatBuffer {
        while buffers.count <= index { buffers.append(FloatBuffer(count: 0)) }
        if buffers[index].count < count { buffers[index] = FloatBuffer(count: count) }
        return buffers[index]
    }
}
