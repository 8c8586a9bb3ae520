import DeterministicWork
import Synchronization
import Testing

/// Serialized because the number of threads is one for the whole program.
@Suite(.serialized)
struct ParallelTests {
    private static let threadCounts = [1, 2, 3, 8]

    private func withThreads(_ count: Int, _ body: () -> Void) {
        let before = Threads.count
        Threads.count = count
        body()
        Threads.count = before
    }

    @Test(arguments: [(0, 5), (1, 5), (5, 5), (103, 7), (103, 1000)])
    func blocksCoverEveryIndexOnce(count: Int, blockSize: Int) {
        let whole = (count + blockSize - 1) / blockSize
        let expected = (0..<whole).map { $0 * blockSize..<min(count, ($0 + 1) * blockSize) }
        for threads in Self.threadCounts {
            withThreads(threads) {
                let seen = Mutex<[Range<Int>]>([])
                parallelBlocks(of: count, blockSize: blockSize) { block in seen.withLock { $0.append(block) }
                }
                let blocks = seen.withLock { $0.sorted { $0.lowerBound < $1.lowerBound } }
                #expect(blocks == expected)
            }
        }
    }

    @Test func sumsOfBlocksHaveTheSameBitsAtAnyNumberOfThreads() {
        var sums: [[Double]] = []
        for threads in Self.threadCounts {
            withThreads(threads) {
                sums.append(
                    parallelMap(1009, blockSize: 13) { index in
                        var random = RandomStream(seed: 1, stream: UInt64(index))
                        return (0..<101).reduce(0.0) { sum, _ in sum + random.nextUniform() }
                    })
            }
        }
        #expect(sums.allSatisfy { $0 == sums[0] })
    }

    @Test(arguments: [0, 1, 12, 13, 14, 1009])
    func mapsKeepTheirOrder(count: Int) {
        for threads in Self.threadCounts {
            withThreads(threads) {
                #expect(parallelMap(count, blockSize: 13) { $0 * $0 } == (0..<count).map { $0 * $0 })
            }
        }
    }

    @Test func thereIsAlwaysOneThread() {
        withThreads(0) { #expect(Threads.count == 1) }
    }

    @Test func twoThingsSideBySide() {
        struct Failure: Error, Equatable { let name: String }
        let (a, b) = inParallel({ 7 }, { "seven" })
        #expect(a == 7 && b == "seven")
        #expect(throws: Failure(name: "b")) {
            try inParallel({ 7 }, { () throws -> Int in throw Failure(name: "b") })
        }
        #expect(throws: Failure(name: "a")) {
            try inParallel(
                { () throws -> Int in throw Failure(name: "a") },
                { () throws -> Int in throw Failure(name: "b") })
        }
    }
}
