import Foundation

/// Memory for float32 numbers, aligned to a cache line, zero at first, freed with the last reference.
///
/// Weights are written once, before they are shared; work buffers belong to one thread at a time. Who shares one
/// between threads sees to it that nobody writes where another reads.
public final class FloatBuffer: @unchecked Sendable {
    public let pointer: UnsafeMutablePointer<Float>
    public let count: Int

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
    public init(uninitialized count: Int) {
        let bytes = max(count, 1) * MemoryLayout<Float>.stride
        let isLarge = bytes >= FloatBuffer.hugePage
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: bytes, alignment: isLarge ? FloatBuffer.hugePage : FloatBuffer.alignment)
        #if os(Linux)
            if isLarge { madvise(memory, bytes, Int32(MADV_HUGEPAGE)) }
        #endif
        pointer = memory.bindMemory(to: Float.self, capacity: max(count, 1))
        self.count = count
    }

    /// A copy of `values`, with zeros up to `count` if that is more.
    public convenience init(_ values: [Float], paddedTo count: Int = 0) {
        self.init(count: max(values.count, count))
        values.withUnsafeBufferPointer { source in
            guard let base = source.baseAddress else { return }
            pointer.update(from: base, count: values.count)
        }
    }

    deinit { pointer.deallocate() }

    public var values: UnsafeMutableBufferPointer<Float> {
        UnsafeMutableBufferPointer(start: pointer, count: count)
    }
}
