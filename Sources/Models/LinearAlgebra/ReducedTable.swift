import CKernels

/// A table in fewer bits than float32, of which single rows are read. Shape: [rows, columns].
package struct ReducedTable: Sendable {
    package let precision: Precision
    private let columns: Int
    /// bfloat16 numbers, or bytes.
    private let storage: FloatBuffer
    /// Of bytes, the scale of each row; else empty. Shape: [rows] or [0].
    private let scales: [Float]

    /// Whole numbers of a byte's magnitude.
    private static let most: Float = 127

    /// - Parameter values: Shape: [rows, columns].
    /// - Returns: Nil for float32.
    package init?(_ values: UnsafeBufferPointer<Float>, columns: Int, _ precision: Precision) {
        self.columns = columns
        self.precision = precision
        let words = MemoryLayout<Float>.size
        switch precision {
        case .f32:
            return nil
        case .bf16:
            storage = FloatBuffer(uninitialized: (2 * values.count + words - 1) / words)
            scales = []
            let to = UnsafeMutableRawPointer(storage.pointer).assumingMemoryBound(to: UInt16.self)
            for (place, value) in values.enumerated() { to[place] = value.nearestBFloat16 }
        case .int8:
            storage = FloatBuffer(uninitialized: (values.count + words - 1) / words)
            let to = UnsafeMutableRawPointer(storage.pointer).assumingMemoryBound(to: Int8.self)
            scales = stride(from: 0, to: values.count, by: max(columns, 1)).map { start in
                ReducedTable.reduce(
                    UnsafeBufferPointer(rebasing: values[start..<start + columns]), to: to + start)
            }
        }
    }

    /// A row as whole numbers from -127 to 127.
    /// - Returns: Its scale; NaN where a number is none, or infinite.
    private static func reduce(_ row: UnsafeBufferPointer<Float>, to: UnsafeMutablePointer<Int8>) -> Float {
        let scale = row.allFinite ? row.reduce(0) { max($0, abs($1)) } / most : .nan
        let inverse = scale >= .leastNormalMagnitude ? 1 / scale : 0
        for (place, value) in row.enumerated() {
            let whole = (value * inverse).rounded(.toNearestOrEven)
            to[place] = scale.isFinite ? Int8(max(-most, min(most, whole))) : 0
        }
        return scale
    }

    package var byteCount: Int { (storage.count + scales.count) * MemoryLayout<Float>.size }

    /// Writes the numbers of a row.
    package func copy(row: Int, to: UnsafeMutablePointer<Float>) {
        let memory = UnsafeMutableRawPointer(storage.pointer)
        switch precision {
        case .f32: preconditionFailure("no table in fewer bits")
        case .bf16:
            ck_bfloat16_to_float(memory.assumingMemoryBound(to: UInt16.self) + row * columns, to, columns)
        case .int8:
            let from = memory.assumingMemoryBound(to: Int8.self) + row * columns
            let scale = scales[row]
            for i in 0..<columns { to[i] = Float(from[i]) * scale }
        }
    }
}

extension Float {
    /// The nearest bfloat16, ties to even, by its bits. NaN stays NaN.
    package var nearestBFloat16: UInt16 {
        if isNaN { return UInt16(truncatingIfNeeded: (bitPattern | 0x0040_0000) >> 16) }
        return UInt16(truncatingIfNeeded: (bitPattern &+ 0x7FFF &+ ((bitPattern >> 16) & 1)) >> 16)
    }
}
