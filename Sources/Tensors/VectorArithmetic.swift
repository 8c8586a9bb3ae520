/// a · b, in eight interleaved partial sums: a fixed order that still fills vector registers.
func dot(_ a: [Double], _ b: [Double]) -> Double {
    precondition(a.count == b.count)
    return a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in
            var sums = SIMD8<Double>.zero
            let whole = a.count & ~7
            var i = 0
            while i < whole {
                for lane in 0..<8 { sums[lane] += a[i + lane] * b[i + lane] }
                i += 8
            }
            var sum = sums.sum()
            for i in whole..<a.count { sum += a[i] * b[i] }
            return sum
        }
    }
}

/// y += factor x.
func add(_ factor: Double, _ x: [Double], to y: inout [Double]) {
    precondition(x.count == y.count)
    x.withUnsafeBufferPointer { x in
        y.withUnsafeMutableBufferPointer { y in
            for i in 0..<y.count { y[i] += factor * x[i] }
        }
    }
}

/// The largest absolute value; 0 for none.
func largest(_ x: [Double]) -> Double {
    x.reduce(0) { max($0, abs($1)) }
}
