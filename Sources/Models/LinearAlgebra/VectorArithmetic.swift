import CKernels

/// a · b, in eight interleaved partial sums: a fixed order that still fills vector registers.
package func dot(_ a: [Double], _ b: [Double]) -> Double { dot(a[...], b[...]) }

package func dot(_ a: ArraySlice<Double>, _ b: ArraySlice<Double>) -> Double {
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

/// y += factor x, and z · y of what y became; 0 without z. In one pass, with the bits of two.
package func add(_ factor: Double, _ x: [Double], to y: inout [Double], thenDot z: [Double]?) -> Double {
    guard let z else {
        add(factor, x, to: &y)
        return 0
    }
    precondition(x.count == y.count && z.count == y.count)
    let (count, whole) = (y.count, y.count & ~7)
    var sums = SIMD8<Double>.zero
    withUnsafeMutableBytes(of: &sums) {
        ck_add_multiple_dot(factor, x, &y, z, count, $0.assumingMemoryBound(to: Double.self).baseAddress)
    }
    var sum = sums.sum()
    for i in whole..<count { sum += z[i] * y[i] }
    return sum
}

/// x / divisor + factor y.
package func sum(
    _ x: ArraySlice<Double>, over divisor: Double, _ factor: Double, _ y: ArraySlice<Double>
) -> [Double] {
    precondition(x.count == y.count)
    return x.withUnsafeBufferPointer { x in
        y.withUnsafeBufferPointer { y in
            [Double](unsafeUninitializedCapacity: x.count) { out, count in
                ck_quotient_and_multiple(
                    x.baseAddress, divisor, y.baseAddress, factor, out.baseAddress, x.count)
                count = x.count
            }
        }
    }
}

/// x *= factor.
package func scale(_ x: inout [Double], by factor: Double) {
    x.withUnsafeMutableBufferPointer { x in for i in x.indices { x[i] *= factor } }
}

/// x + factor y.
package func sum(_ x: [Double], _ factor: Double, _ y: [Double]) -> [Double] {
    combined(x[...], y[...]) { $0 + factor * $1 }
}

/// Each element of x times that of y.
package func product(_ x: [Double], _ y: [Double]) -> [Double] {
    combined(x[...], y[...]) { $0 * $1 }
}

/// factor x.
package func scaled(_ x: [Double], by factor: Double) -> [Double] {
    combined(x[...], x[...]) { x, _ in factor * x }
}

/// Made of the elements of x and y, one of each.
@inlinable
package func combined(
    _ x: ArraySlice<Double>, _ y: ArraySlice<Double>, _ combine: (Double, Double) -> Double
) -> [Double] {
    precondition(x.count == y.count)
    return x.withUnsafeBufferPointer { x in
        y.withUnsafeBufferPointer { y in
            [Double](unsafeUninitializedCapacity: x.count) { out, count in
                for i in 0..<x.count { out.initializeElement(at: i, to: combine(x[i], y[i])) }
                count = x.count
            }
        }
    }
}

/// The largest absolute value; 0 for none, NaN if any is NaN.
package func maxAbs(_ x: [Double]) -> Double {
    x.withUnsafeBytes { bytes in
        // Eight maxima, none of which waits for another.
        var largest = SIMD8<Double>.zero
        var isUnordered = SIMDMask<SIMD8<Int64>>(repeating: false)
        @inline(__always) func include(_ values: SIMD8<Double>) {
            let sizes = values.replacing(with: -values, where: values .< 0)
            largest.replace(with: sizes, where: sizes .> largest)
            isUnordered .|= values .!= values
        }
        let (stride, size) = (MemoryLayout<SIMD8<Double>>.stride, MemoryLayout<Double>.stride)
        let whole = bytes.count / stride * stride
        for offset in Swift.stride(from: 0, to: whole, by: stride) {
            include(bytes.loadUnaligned(fromByteOffset: offset, as: SIMD8<Double>.self))
        }
        for offset in Swift.stride(from: whole, to: bytes.count, by: size) {
            include(SIMD8(repeating: bytes.load(fromByteOffset: offset, as: Double.self)))
        }
        return any(isUnordered) ? .nan : largest.max()
    }
}
