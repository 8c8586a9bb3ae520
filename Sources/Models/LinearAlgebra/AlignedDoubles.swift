/// Zeroed Doubles, aligned to a cache line; freed when released.
///
/// Parallel work shares it; each block writes a part of its own.
package final class AlignedDoubles: @unchecked Sendable {
    /// Bytes of a cache line, and of eight Doubles: more than Swift aligns its own vectors to.
    package static let alignment = 64

    package let base: UnsafeMutablePointer<Double>

    package init(count: Int) {
        let raw = UnsafeMutableRawPointer.allocate(
            byteCount: max(1, count) * MemoryLayout<Double>.stride,
            alignment: AlignedDoubles.alignment)
        base = raw.initializeMemory(as: Double.self, repeating: 0, count: max(1, count))
    }

    deinit {
        base.deallocate()
    }
}
