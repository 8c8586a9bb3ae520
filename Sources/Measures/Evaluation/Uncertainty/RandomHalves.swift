import DeterministicWork

/// The numbers of a random stream cut in two: 32 bits are enough to choose a row, and cost half.
struct RandomHalves {
    private var stream: RandomStream
    private var spare: UInt32?

    init(_ stream: RandomStream) {
        self.stream = stream
    }

    mutating func next() -> UInt32 {
        if let half = spare {
            spare = nil
            return half
        }
        let bits = stream.next()
        spare = UInt32(truncatingIfNeeded: bits >> 32)
        return UInt32(truncatingIfNeeded: bits)
    }

    /// A uniform number in 0..<bound, without bias (Lemire 2019).
    mutating func next(below bound: UInt32) -> UInt32 {
        var product = UInt64(next()) * UInt64(bound)
        if UInt32(truncatingIfNeeded: product) < bound {
            let threshold = (0 &- bound) % bound
            while UInt32(truncatingIfNeeded: product) < threshold {
                product = UInt64(next()) * UInt64(bound)
            }
        }
        return UInt32(truncatingIfNeeded: product >> 32)
    }
}
