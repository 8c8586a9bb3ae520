/// Zeroed Doubles, aligned for vectors of eight; freed when released.
///
/// Parallel work shares it; each block writes a part of its own.
final class AlignedDoubles: @unchecked Sendable {
    let base: UnsafeMutablePointer<Double>

    init(count: Int) {
        let raw = UnsafeMutableRawPointer.allocate(
            byteCount: max(1, count) * MemoryLayout<Double>.stride,
            alignment: MemoryLayout<SIMD8<Double>>.alignment)
        base = raw.initializeMemory(as: Double.self, repeating: 0, count: max(1, count))
    }

    deinit {
        base.deallocate()
    }
}
