import CKernels

/// a · b, in eight interleaved partial sums: a fixed order that still fills vector registers.
package func dot(_ a: [Double], _ b: [Double]) -> Double {
    precondition(a.count == b.count)
    return a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in
            guard let aBase = a.baseAddress, let bBase = b.baseAddress else { return 0 }
            let whole = a.count & ~7
            var sums = SIMD8<Double>.zero
            withUnsafeMutableBytes(of: &sums) {
                ck_dot_lanes(aBase, bBase, whole, $0.assumingMemoryBound(to: Double.self).baseAddress)
            }
            var sum = sums.sum()
            for i in whole..<a.count { sum += a[i] * b[i] }
            return sum
        }
    }
}

/// y += factor x.
package func add(_ factor: Double, _ x: [Double], to y: inout [Double]) {
    precondition(x.count == y.count)
    x.withUnsafeBufferPointer { x in
        y.withUnsafeMutableBufferPointer { y in
            ck_add_multiple(factor, x.baseAddress, y.baseAddress, y.count)
        }
    }
}

/// The largest absolute value; 0 for none.
package func maxAbs(_ x: [Double]) -> Double {
    x.reduce(0) { max($0, abs($1)) }
}
