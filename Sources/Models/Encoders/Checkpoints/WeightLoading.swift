import LinearAlgebra

/// How the weights of a checkpoint come to memory.
struct WeightLoading: Sendable {
    /// Of matrices and tables of tokens, which are never all in memory in float32 if it is another.
    var precision = Precision.f32
    /// Whether nobody is to change them: rows of a table of tokens then stay in their file until they are asked for, and
    /// matrices share one piece of memory, which is there as long as one of them is.
    var isForEncoding = false

    /// Whether the numbers are encoded with as they are: in float32, and never changed.
    var keepsNumbers: Bool { isForEncoding && precision == .f32 }
}

extension WeightLoading {
    /// Memory for each packed matrix, one after another in one piece; nil for what has memory of its own.
    func places(of parameters: [Parameter]) -> [FloatBuffer?] {
        let sizes = parameters.map { parameter -> Int in
            guard keepsNumbers, case .packed = parameter.layout else { return 0 }
            return parameter.storedCount
        }
        let whole = FloatBuffer(uninitialized: sizes.reduce(0, +))
        var end = 0
        return sizes.map { size in
            end += size
            return size == 0 ? nil : FloatBuffer(whole, end - size..<end)
        }
    }
}
