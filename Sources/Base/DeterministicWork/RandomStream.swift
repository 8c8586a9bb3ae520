/// A counter-based random number generator: Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as
/// 1, 2, 3", SC 2011).
///
/// The n-th number of a stream is a pure function of (seed, purpose, n), so results do not depend on the platform,
/// the Swift version or the number of threads. Streams of one seed are independent of each other: each purpose has its
/// own, and where a purpose is one draw or row of many, each of them.
public struct RandomStream: RandomNumberGenerator, Sendable {
    private let key: (UInt32, UInt32)
    private let domain: UInt8
    private let stream: UInt64
    /// Below 2^56: more than any stream is read.
    private var block: UInt64 = 0
    /// The second half of the last block, if it is still unused.
    private var spare: UInt64?

    /// A stream by its number, of domain 0.
    public init(seed: UInt64, stream: UInt64 = 0) {
        self.init(seed: seed, domain: 0, stream: stream)
    }

    /// The stream of a purpose.
    public init(seed: UInt64, for purpose: RandomPurpose) {
        self.init(seed: seed, domain: purpose.domain, stream: purpose.stream)
    }

    private init(seed: UInt64, domain: UInt8, stream: UInt64) {
        key = (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
        self.domain = domain
        self.stream = stream
    }

    /// The next 64 random bits.
    public mutating func next() -> UInt64 {
        if let value = spare {
            spare = nil
            return value
        }
        let out = RandomStream.philox(
            counter: (
                UInt32(truncatingIfNeeded: block),
                UInt32(truncatingIfNeeded: block >> 32) | UInt32(domain) << RandomPurpose.domainShift,
                UInt32(truncatingIfNeeded: stream), UInt32(truncatingIfNeeded: stream >> 32)
            ),
            key: key)
        block += 1
        spare = UInt64(out.2) | UInt64(out.3) << 32
        return UInt64(out.0) | UInt64(out.1) << 32
    }

    /// A uniform number in 0..<1, a multiple of 2^-53.
    public mutating func nextUniform() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// A uniform integer in 0..<bound, without bias (Lemire 2019).
    /// - Precondition: `bound` > 0.
    public mutating func next(below bound: Int) -> Int {
        precondition(bound > 0)
        let bound = UInt64(bound)
        var product = next().multipliedFullWidth(by: bound)
        if product.low < bound {
            let threshold = (0 &- bound) % bound
            while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
        }
        return Int(product.high)
    }

    /// A uniform permutation of `items` (Fisher and Yates), the same with every version of Swift.
    public mutating func shuffled<T>(_ items: some Sequence<T>) -> [T] {
        var out = Array(items)
        for i in stride(from: out.count - 1, to: 0, by: -1) { out.swapAt(i, next(below: i + 1)) }
        return out
    }

    /// Ten rounds of Philox4x32.
    package static func philox(
        counter: (UInt32, UInt32, UInt32, UInt32), key: (UInt32, UInt32)
    ) -> (UInt32, UInt32, UInt32, UInt32) {
        var c = counter
        var k = key
        for _ in 0..<10 {
            let a = c.0.multipliedFullWidth(by: 0xD251_1F53)
            let b = c.2.multipliedFullWidth(by: 0xCD9E_8D57)
            c = (b.high ^ c.1 ^ k.0, b.low, a.high ^ c.3 ^ k.1, a.low)
            k = (k.0 &+ 0x9E37_79B9, k.1 &+ 0xBB67_AE85)
        }
        return c
    }
}
