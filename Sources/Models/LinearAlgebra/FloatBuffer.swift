import Foundation

/// Memory for float32 numbers, aligned to a cache line, zero at first, freed with the last reference.
///
/// Weights are written once, before they are shared; work buffers belong to one thread at a time. Who shares one
/// between threads sees to it that nobody writes where another reads.
public final class FloatBuffer: @unchecked Sendable {
    public let pointer: UnsafeMutablePointer<Float>
    public let count: Int
    /// Whose memory it is a part of; nil for one with memory of its own.
    private let whole: FloatBuffer?

    /// Bytes of a cache line, and of the widest vector register.
    public static let alignment = 64

    /// Bytes of a huge page of x86-64. A large buffer is aligned to it and asks for such pages, since a product walks over
    /// rows that are each on a page of its own: 4 KB pages would have to be looked up again for every row.
    private static let hugePage = 2 << 20

    public convenience init(count: Int) {
        self.init(uninitialized: count)
        pointer.update(repeating: 0, count: max(count, 1))
    }

    /// Memory with anything in it.
    public convenience init(uninitialized count: Int) {
        self.init(unread: count)
        adviseHugePages()
    }

    /// Memory with anything in it, of which a large part may never be written: the system gives it page by page, as it is.
    package init(unread count: Int) {
        let bytes = FloatBuffer.bytes(count)
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: bytes,
            alignment: bytes >= FloatBuffer.hugePage ? FloatBuffer.hugePage : FloatBuffer.alignment)
        pointer = memory.bindMemory(to: Float.self, capacity: max(count, 1))
        self.count = count
        whole = nil
    }

    /// A part of another one's memory, which is freed when no part of it is there any more.
    /// - Parameter range: Begins at a multiple of 16, which is a cache line.
    package init(_ whole: FloatBuffer, _ range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= whole.count)
        precondition((range.lowerBound * MemoryLayout<Float>.stride).isMultiple(of: FloatBuffer.alignment))
        pointer = whole.pointer + range.lowerBound
        count = range.count
        self.whole = whole
    }

    private static func bytes(_ count: Int) -> Int { max(count, 1) * MemoryLayout<Float>.stride }

    /// Asks for huge pages where it is large, since all of it is about to be written.
    package func adviseHugePages() {
        #if os(Linux)
            let bytes = FloatBuffer.bytes(count)
            if bytes >= FloatBuffer.hugePage { madvise(pointer, bytes, Int32(MADV_HUGEPAGE)) }
        #endif
    }

    /// A copy of `values`, with zeros up to `count` if that is more.
    public convenience init(_ values: [Float], paddedTo count: Int = 0) {
        self.init(count: max(values.count, count))
        values.withUnsafeBufferPointer { source in
            guard let base = source.baseAddress else { return }
            pointer.update(from: base, count: values.count)
        }
    }

    deinit {
        if whole == nil { pointer.deallocate() }
    }

    public var values: UnsafeMutableBufferPointer<Float> {
        UnsafeMutableBufferPointer(start: pointer, count: count)
    }
}
