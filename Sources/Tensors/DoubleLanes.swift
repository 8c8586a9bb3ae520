/// A few Doubles side by side, each lane computed as if alone: what a lane holds never depends on the others,
/// nor on how many there are.
protocol DoubleLanes: SIMD where Scalar == Double {
    /// 2^k for each lane of k + `Exponential.rounder`.
    static func powerOfTwo(_ shifted: Self) -> Self
}

extension SIMD2<Double>: DoubleLanes {
    @inline(__always)
    static func powerOfTwo(_ shifted: Self) -> Self {
        unsafeBitCast((unsafeBitCast(shifted, to: SIMD2<UInt64>.self) &+ 1023) &<< 52, to: Self.self)
    }
}

extension SIMD4<Double>: DoubleLanes {
    @inline(__always)
    static func powerOfTwo(_ shifted: Self) -> Self {
        unsafeBitCast((unsafeBitCast(shifted, to: SIMD4<UInt64>.self) &+ 1023) &<< 52, to: Self.self)
    }
}
