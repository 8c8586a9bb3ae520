import DeterministicWork
import LinearAlgebra
import Testing

/// Memory that is a part of other memory, and a matrix that is packed into it as it is read.
@Suite struct FloatBufferTests {
    private struct Refused: Error {}

    private func random(_ count: Int) -> [Float] {
        var random = RandomStream(seed: 5, stream: 1)
        return (0..<count).map { _ in Float(random.nextUniform() * 2 - 1) }
    }

    /// The whole is there as long as one of its parts is.
    @Test func aPartKeepsTheWhole() {
        var parts = [FloatBuffer]()
        do {
            let whole = FloatBuffer(uninitialized: 1 << 20)
            parts = [FloatBuffer(whole, 0..<16), FloatBuffer(whole, (1 << 19)..<(1 << 20))]
            #expect(parts[1].pointer == whole.pointer + (1 << 19))
        }
        #expect(parts.map(\.count) == [16, 1 << 19])
        parts.removeFirst()
        for i in 0..<parts[0].count { parts[0].pointer[i] = Float(i) }
        #expect(parts[0].values.last == Float((1 << 19) - 1))
    }

    /// Memory of which a part alone is written.
    @Test func memoryThatIsNotWhollyWritten() {
        let buffer = FloatBuffer(unread: 10 << 20)
        buffer.pointer[9 << 20] = 7
        buffer.adviseHugePages()
        #expect(buffer.count == 10 << 20 && buffer.pointer[9 << 20] == 7)
    }

    /// The same panels, zeros at the end of the last one too, into memory that held something else.
    @Test(arguments: [(1, 1), (5, 31), (37, 97), (64, 32), (33, 161)])
    func panelsAreReadOneByOne(depth: Int, columns: Int) {
        let weight = random(depth * columns)
        let count = PanelMatrix.padded(columns) * depth
        let expected = weight.withUnsafeBufferPointer {
            PanelMatrix(transposing: $0, columns: columns, depth: depth)
        }
        let whole = FloatBuffer([Float](repeating: .nan, count: count + 32))
        var ranges: [Range<Int>] = []
        let found = PanelMatrix(depth: depth, columns: columns, storage: FloatBuffer(whole, 16..<count + 16))
        {
            range, rows in
            ranges.append(range)
            _ = rows.update(from: weight[range.lowerBound * depth..<range.upperBound * depth])
        }
        #expect(found.transposed() == weight)
        #expect(Array(found.storage.values) == Array(expected.storage.values.prefix(count)))
        #expect(ranges.flatMap { Array($0) } == Array(0..<columns) && ranges.allSatisfy { $0.count <= 32 })
        #expect(whole.values.prefix(16).allSatisfy { $0.isNaN })
        #expect(whole.values.suffix(16).allSatisfy { $0.isNaN })
    }

    @Test func whatCannotBeReadIsToldOf() {
        #expect(throws: Refused.self) {
            try PanelMatrix(depth: 3, columns: 40, storage: FloatBuffer(count: 64 * 3)) {
                range, rows throws(Refused) in
                if range.lowerBound > 0 { throw Refused() }
                rows.update(repeating: 0)
            }
        }
    }
}
