import Foundation
import LinearAlgebra
import TensorFiles
import TestSupport
import Testing

/// Rows of a matrix that are read one by one.
@Suite struct TensorRowsTests {
    private let temporary: TemporaryFolder

    init() throws { temporary = try TemporaryFolder() }

    /// A file with a float32 matrix "x" of 7 rows and 5 columns, whose numbers are 0, 1, 2, ..., and with other tensors.
    private func write(_ change: (inout [Float]) -> Void = { _ in }) throws -> SafetensorsFile {
        var values = (0..<35).map { Float($0) }
        change(&values)
        var bytes: [UInt8] = []
        try Safetensors.write(
            [
                Safetensors.Pending("a", .float32, shape: [3]) { .float32([1, 2, 3]) },
                Safetensors.Pending("x", .float32, shape: [7, 5]) { .float32(values) },
            ], metadata: [:], to: { bytes += $0 })
        return try SafetensorsFile(temporary.write(bytes, to: "model.safetensors"))
    }

    private func copy(_ rows: TensorRows, _ range: Range<Int>) throws -> [Float] {
        let buffer = FloatBuffer(count: range.count * rows.columns)
        try rows.copy(range, into: buffer.values)
        return Array(buffer.values)
    }

    @Test func areThoseOfTheTensor() throws {
        let file = try write()
        let rows = try #require(try file.rows("x", shape: [7, 5]))
        #expect(rows.rowCount == 7 && rows.columns == 5)
        #expect(try copy(rows, 4..<5) == [20, 21, 22, 23, 24])
        #expect(try copy(rows, 0..<7) == file.floats("x", shape: [7, 5]))
        #expect(try copy(rows, 3..<3).isEmpty)
        #expect(try file.rows("a", shape: [3]) == nil)
        #expect(throws: SafetensorsError.self) { try file.rows("x", shape: [5, 7]) }
        #expect(throws: SafetensorsError.self) { try file.rows("y", shape: [7, 5]) }
    }

    /// Half-precision tensors of a real header, against what the whole tensor is read as.
    @Test(arguments: ["bert-relu-f16", "bert-bf16"]) func ofFewerBits(name: String) throws {
        let folder = try SafetensorsFolder(oracle("Encoders/\(name)"))
        var matrices = 0
        for name in folder.names {
            guard let shape = folder.shape(of: name), shape.count == 2 else { continue }
            matrices += 1
            let rows = try #require(try folder.rows(name, shape: shape))
            let whole = try folder.floats(name, shape: shape)
            for row in 0..<shape[0] {
                #expect(try copy(rows, row..<row + 1) == Array(whole[row * shape[1]..<(row + 1) * shape[1]]))
            }
        }
        #expect(matrices > 0)
    }

    @Test func aNumberThatIsNone() throws {
        let file = try write { $0[11] = .nan }
        let rows = try #require(try file.rows("x", shape: [7, 5]))
        #expect(try copy(rows, 3..<7).count == 20)
        #expect(throws: SafetensorsError.inFile(path: file.path, .notFinite(tensor: "x"))) {
            try copy(rows, 2..<3)
        }
    }

    @Test func aFileThatIsShortened() throws {
        let file = try write()
        let size = try Data(contentsOf: URL(fileURLWithPath: file.path)).count
        let rows = try #require(try file.rows("x", shape: [7, 5]))
        try rows.requireUnchanged()
        truncate(file.path, off_t(size - 8))
        #expect(try copy(rows, 0..<1) == [0, 1, 2, 3, 4])
        #expect(throws: SafetensorsError.inFile(path: file.path, .changed)) { try rows.requireUnchanged() }
        #expect(throws: SafetensorsError.inFile(path: file.path, .truncated(found: size - 8, expected: size)))
        {
            try copy(rows, 6..<7)
        }
    }

    /// As long as before, with other numbers.
    @Test func aFileThatIsWrittenTo() throws {
        let file = try write()
        let rows = try #require(try file.rows("x", shape: [7, 5]))
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: file.path))
        // A clock tick later, so that the time of the writing is another one.
        Thread.sleep(forTimeInterval: 0.05)
        try handle.seekToEnd()
        try handle.seek(toOffset: handle.offset() - 4)
        try handle.write(contentsOf: Data([0, 0, 0, 0]))
        try handle.close()
        #expect(throws: SafetensorsError.inFile(path: file.path, .changed)) { try rows.requireUnchanged() }
    }
}
