import LinearAlgebra

/// Products in fewer bits, number by number.
enum NaiveReduced {
    /// 0, of the same sign, for a number below the normal range.
    private static func normal(_ x: Float) -> Float { x.isSubnormal ? (x.sign == .minus ? -0.0 : 0) : x }

    /// a b + c, as the kernels round it.
    private static func multiplyAdd(_ a: Float, _ b: Float, _ c: Float) -> Float {
        Instructions.fuseMultiplyAdd ? c.addingProduct(a, b) : a * b + c
    }

    private static func bfloat16(_ x: Float) -> Float {
        normal(Float(bitPattern: UInt32(x.nearestBFloat16) << 16))
    }

    /// bias + Σ a w: of each pair the second product first, each sum rounded to float32.
    static func bf16(_ a: [Float], _ w: [Float], bias: Float) -> Float {
        var sum = normal(bias)
        for k in stride(from: 0, to: a.count, by: 2) {
            for part in [k + 1, k] {
                let (x, y) = part < a.count ? (bfloat16(a[part]), bfloat16(w[part])) : (0, 0)
                // Unfused, the product is a number that the CPU flushes too.
                sum = normal(
                    Instructions.fuseMultiplyAdd ? multiplyAdd(x, y, sum) : normal(x * y) + sum)
            }
        }
        return sum
    }

    /// A group of numbers as a scale times whole numbers of at most `most`.
    private static func group(_ x: ArraySlice<Float>, most: Float) -> (scale: Float, q: [Int]) {
        if x.contains(where: { !$0.isFinite }) { return (.nan, x.map { _ in 0 }) }
        let scale = x.reduce(0) { max($0, abs($1)) } / most
        if scale < 1e-30 { return (0, x.map { _ in 0 }) }
        let inverse = 1 / scale
        // In double precision the product is exact, and so rounded once where multiply-adds are fused.
        return (
            scale,
            x.map {
                let exact = Double($0) * Double(inverse)
                return Int(
                    (Instructions.fuseMultiplyAdd ? exact : Double(Float(exact))).rounded(.toNearestOrEven))
            }
        )
    }

    /// bias + for each group: a scale of the row * (a scale of the column * the sum of the whole numbers' products).
    static func int8(_ a: [Float], _ w: [Float], bias: Float, fine: Bool) -> Float {
        var total = bias
        for start in stride(from: 0, to: a.count, by: Int8Matrix.group) {
            let range = start..<min(a.count, start + Int8Matrix.group)
            let left = group(a[range], most: fine ? 32639 : 127)
            let right = group(w[range], most: 127)
            let sum = zip(left.q, right.q).reduce(0) { $0 + $1.0 * $1.1 }
            total = multiplyAdd(Float(sum) * right.scale, left.scale, total)
        }
        return total
    }
}
