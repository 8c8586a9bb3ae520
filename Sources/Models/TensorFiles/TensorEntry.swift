/// A tensor's type, shape and place in a file.
struct TensorEntry: Equatable, Sendable {
    let type: SafetensorsType
    let shape: [Int]
    /// From the first element to behind the last, in bytes from the start of the file.
    let bytes: Range<Int>
    /// How many elements stand between neighbours along each side; nil where they stand in order, row after row.
    /// Shape: [sides].
    let strides: [Int]?

    init(type: SafetensorsType, shape: [Int], bytes: Range<Int>, strides: [Int]? = nil) {
        self.type = type
        self.shape = shape
        self.bytes = bytes
        self.strides = strides
    }

    /// Elements; whoever made the entry knows that they do not overflow.
    var count: Int { shape.reduce(1, *) }

    /// Calls `body` with the place among the elements of `bytes` of each element of the tensor, in row-major order.
    func forEachPlace(_ body: (Int) -> Void) {
        guard let strides else { return (0..<count).forEach(body) }
        var indices = [Int](repeating: 0, count: shape.count)
        var place = 0
        for _ in 0..<count {
            body(place)
            var side = shape.count - 1
            while side >= 0 {
                indices[side] += 1
                place += strides[side]
                if indices[side] < shape[side] { break }
                place -= strides[side] * shape[side]
                indices[side] = 0
                side -= 1
            }
        }
    }
}
