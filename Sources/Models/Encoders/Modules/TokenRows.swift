import DeterministicWork
import LinearAlgebra
import Synchronization
import TensorFiles

/// A table of token vectors that is read from its file by rows, each when a batch first has its token.
///
/// A text has few of the vocabulary's tokens, and most of what a small encoder's file holds is this table. Where many rows
/// have been asked for, all others are read at once. What has been read never changes, so any number of threads may use
/// it while others ask for more.
final class TokenRows: @unchecked Sendable {
    /// Shape: [vocabulary, H], and zeros to the end of the last panel. Rows that have not been read hold anything.
    let values: FloatBuffer
    private let rows: TensorRows
    /// Whether each row has been read. Shape: [vocabulary].
    private let marks: UnsafeMutablePointer<Atomic<Bool>>
    private let isWhole = Atomic(false)
    /// How many rows have been read; held by whoever reads more.
    private let readCount = Mutex(0)

    /// The share of rows from which on all are read: one after another they take about as long as all at once on two threads.
    private static let share = 16
    /// Rows that a thread reads at once: about a megabyte.
    private static let blockSize = 512

    /// - Parameter count: The numbers in memory, with those that fill the last panel.
    init(_ rows: TensorRows, storedCount count: Int) {
        self.rows = rows
        values = FloatBuffer(unread: count)
        let end = rows.rowCount * rows.columns
        (values.pointer + end).update(repeating: 0, count: count - end)
        marks = .allocate(capacity: rows.rowCount)
        for row in 0..<rows.rowCount { (marks + row).initialize(to: Atomic(false)) }
    }

    deinit {
        marks.deinitialize(count: rows.rowCount)
        marks.deallocate()
    }

    /// Bytes of the rows that have been read.
    var byteCount: Int {
        let count =
            isWhole.load(ordering: .acquiring) ? values.count : readCount.withLock { $0 } * rows.columns
        return count * MemoryLayout<Float>.size
    }

    private func isRead(_ row: Int) -> Bool {
        isWhole.load(ordering: .acquiring) || marks[row].load(ordering: .acquiring)
    }

    /// Reads the rows of these tokens, unless they have been read before.
    /// - Precondition: There are rows of them.
    /// - Throws: `.inFile` for a file that is shorter than it was, that was written to, or that holds no number there.
    func read(_ ids: [Int32]) throws(SafetensorsError) {
        if isWhole.load(ordering: .acquiring) { return }
        let missing = Set(ids.lazy.map { Int($0) }.filter { !self.isRead($0) }).sorted()
        if missing.isEmpty { return }
        try readCount.withLock { count throws(SafetensorsError) in
            if count + missing.count > rows.rowCount / TokenRows.share { return try readOthers(&count) }
            let new = missing.filter { !isRead($0) }
            for row in new { try read(row..<row + 1) }
            try rows.requireUnchanged()
            for row in new { marks[row].store(true, ordering: .releasing) }
            count += new.count
        }
    }

    /// Reads all rows.
    /// - Throws: As `read`.
    func readAll() throws(SafetensorsError) {
        try readCount.withLock { count throws(SafetensorsError) in try readOthers(&count) }
    }

    /// Reads all rows, and makes those numbers NaN that the file has no longer.
    func readAllThereIs() {
        if (try? readAll()) != nil { return }
        readCount.withLock { _ in
            for row in 0..<rows.rowCount where !isRead(row) {
                pointer(row).update(repeating: .nan, count: rows.columns)
            }
        }
    }

    /// Writes a row, which is read if it has not been before; NaN where the file has it no longer. Whoever wants to know
    /// why calls `read` before.
    func copy(row: Int, to: UnsafeMutablePointer<Float>) {
        if !isRead(row), (try? read([Int32(row)])) == nil {
            return to.update(repeating: .nan, count: rows.columns)
        }
        to.update(from: pointer(row), count: rows.columns)
    }

    private func pointer(_ row: Int) -> UnsafeMutablePointer<Float> { values.pointer + row * rows.columns }

    private func read(_ range: Range<Int>) throws(SafetensorsError) {
        try rows.copy(
            range,
            into: UnsafeMutableBufferPointer(
                start: pointer(range.lowerBound), count: range.count * rows.columns))
    }

    /// Reads the rows that have not been read; others may be in use.
    private func readOthers(_ count: inout Int) throws(SafetensorsError) {
        if isWhole.load(ordering: .relaxed) { return }
        values.adviseHugePages()
        let blocks = (rows.rowCount + TokenRows.blockSize - 1) / TokenRows.blockSize
        let failures = parallelMap(blocks, blockSize: 1) { block -> SafetensorsError? in
            let end = min(rows.rowCount, (block + 1) * TokenRows.blockSize)
            var start = block * TokenRows.blockSize
            while start < end {
                let next = (start..<end).first(where: isRead) ?? end
                do throws(SafetensorsError) {
                    if start < next { try read(start..<next) }
                } catch {
                    return error
                }
                start = next + 1
            }
            return nil
        }
        if let failure = failures.lazy.compactMap(\.self).first { throw failure }
        try rows.requireUnchanged()
        count = rows.rowCount
        isWhole.store(true, ordering: .releasing)
    }
}
