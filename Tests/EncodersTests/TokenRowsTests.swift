import DeterministicWork
import Encoders
import Foundation
import LinearAlgebra
import TensorFiles
import TestSupport
import Testing

/// Encoders that are not to be trained read the vectors of tokens when a batch has them.
@Suite struct TokenRowsTests {
    private let temporary: TemporaryFolder

    init() throws { temporary = try TemporaryFolder() }

    private func encoder(_ folder: URL) throws -> TokenEncoder {
        try TokenEncoder(Checkpoint(folder: folder), isForEncoding: true)
    }

    /// A copy of a golden folder, to be damaged.
    private func copy(_ name: String) throws -> URL {
        let folder = temporary.file(name)
        try FileManager.default.copyItem(at: Golden.folder(name), to: folder)
        return folder
    }

    private func weights(_ folder: URL) -> URL { folder.appendingPathComponent("model.safetensors") }

    private func numbers(of module: some Module) -> [[Float]] {
        var numbers: [[Float]] = []
        module.forEachParameter { numbers.append($1.checkpointValues()) }
        return numbers
    }

    private func bytes(of module: some Module) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try module.write { bytes += $0 }
        return bytes
    }

    /// Of every architecture and type of number, in any order of texts, to the bit.
    @Test(arguments: Golden.names) func giveTheSameBytes(name: String) throws {
        let golden = try Golden(name)
        #expect(
            try encoder(golden.folder).hiddenStates(of: golden.batch)
                == golden.encoder.hiddenStates(of: golden.batch))
        let byRow = try encoder(golden.folder)
        for index in (0..<golden.batch.count).reversed() {
            let ids = Array(golden.batch.ids[golden.batch.range(index)])
            let one = try PackedBatch([ids])
            #expect(try byRow.embed(one, pooling: .mean) == golden.encoder.embed(one, pooling: .mean))
        }
        #expect(numbers(of: byRow) == numbers(of: golden.encoder))
    }

    /// The table has 53 rows of 35 numbers, and a sixteenth of them is 3.
    @Test func fewAreReadAloneAndManyAtOnce() throws {
        let golden = try Golden("bert-gelu")
        let byRow = try encoder(golden.folder)
        let (whole, row) = (golden.encoder.byteCount, 35 * 4)
        let none = whole - 4 * 1856
        #expect(byRow.byteCount == none)
        func embed(_ ids: [Int32]) throws {
            let batch = try PackedBatch([ids])
            #expect(try byRow.embed(batch, pooling: .mean) == golden.encoder.embed(batch, pooling: .mean))
        }
        try embed([7, 7, 51])
        #expect(byRow.byteCount == none + 2 * row)
        try embed([51, 7])
        #expect(byRow.byteCount == none + 2 * row)
        try embed([7, 0])
        #expect(byRow.byteCount == none + 3 * row)
        try embed([52])
        #expect(byRow.byteCount == whole)
    }

    /// Texts on several threads at once, each with tokens of its own and some that others have too.
    @Test func manyThreads() throws {
        let golden = try Golden("bert-gelu")
        let batches = try (0..<48).map { try PackedBatch([[Int32($0), Int32(52 - $0), 2]]) }
        let expected = try batches.map { try golden.encoder.embed($0, pooling: .mean) }
        for _ in 0..<20 {
            let byRow = try encoder(golden.folder)
            let found = parallelMap(batches.count, blockSize: 1) {
                try? byRow.embed(batches[$0], pooling: .mean)
            }
            #expect(found == expected)
        }
    }

    /// What is saved, reduced or trained is the whole table.
    @Test func othersHaveTheWholeTable() throws {
        let golden = try Golden("bert-gelu")
        #expect(try bytes(of: encoder(golden.folder)) == bytes(of: golden.encoder))
        for precision in [Precision.bf16, .int8] {
            let byRow = try encoder(golden.folder)
            try byRow.readAll()
            let reduced = byRow.reduced(to: precision)
            #expect(numbers(of: reduced) == numbers(of: golden.encoder.reduced(to: precision)))
            #expect(
                try reduced.embed(golden.batch, pooling: .mean)
                    == golden.encoder.reduced(to: precision).embed(golden.batch, pooling: .mean))
        }
        let trainable = TrainableModel(try encoder(golden.folder))
        #expect(trainable.withModel { numbers(of: $0) } == numbers(of: golden.encoder))
    }

    private func error(_ body: () throws -> Void) throws -> EncoderError {
        try #require(#expect(throws: EncoderError.self) { try body() })
    }

    /// Whose file ends earlier than when it was opened.
    @Test func aFileThatIsShortened() throws {
        let folder = try copy("bert-gelu")
        let byRow = try encoder(folder)
        truncate(weights(folder).path, 4096)
        // The table begins behind byte 14,000.
        let batch = try PackedBatch([[1, 2]])
        let path = weights(folder).path
        for _ in 0..<2 {
            let found = try error { _ = try byRow.embed(batch, pooling: .mean) }
            guard case .weights(.inFile(path, .truncated)) = found else {
                Issue.record("\(found)")
                return
            }
            #expect("\(found)".hasPrefix("\(path): has 4096 bytes"))
        }
        #expect(throws: EncoderError.self) { try byRow.hiddenStates(of: batch) }
        #expect(throws: EncoderError.self) { try byRow.readAll() }
        #expect(throws: SafetensorsError.self) { try bytes(of: byRow) }
        // Who asks by no way that can fail gets no number.
        let table = numbers(of: byRow)[0]
        #expect(table.count == 53 * 35 && table.allSatisfy { $0.isNaN })
    }

    /// Of the rows of two files no mixture is made, but what has been read stays.
    @Test func aFileThatIsWrittenTo() throws {
        let folder = try copy("bert-gelu")
        let byRow = try encoder(folder)
        let first = try PackedBatch([[1, 2]])
        let vectors = try byRow.embed(first, pooling: .mean)
        // A clock tick later, so that the time of the writing is another one.
        Thread.sleep(forTimeInterval: 0.05)
        let handle = try FileHandle(forWritingTo: weights(folder))
        try handle.seekToEnd()
        try handle.seek(toOffset: handle.offset() - 4)
        try handle.write(contentsOf: Data([0, 0, 0, 0]))
        try handle.close()
        #expect(try byRow.embed(first, pooling: .mean) == vectors)
        let found = try error { _ = try byRow.embed(PackedBatch([[3]]), pooling: .mean) }
        #expect(found == .weights(.inFile(path: weights(folder).path, .changed)))
    }

    /// Whoever replaces a file, as every program does that writes a file whole or not at all, replaces another one.
    @Test func aFileThatIsReplaced() throws {
        let folder = try copy("bert-gelu")
        let golden = try Golden("bert-gelu")
        let byRow = try encoder(folder)
        try FileManager.default.removeItem(at: weights(folder))
        try Data([1]).write(to: weights(folder))
        #expect(
            try byRow.embed(golden.batch, pooling: .mean)
                == golden.encoder.embed(golden.batch, pooling: .mean))
    }

    /// A damaged row is told of when a text needs it, with the file and the tensor.
    @Test func aNumberThatIsNone() throws {
        let folder = try copy("bert-gelu")
        var values = try Safetensors(Array(Data(contentsOf: weights(folder))))
        let name = "embeddings.word_embeddings.weight"
        guard case .float32(var table)? = values.tensors[name]?.values else {
            Issue.record("no table")
            return
        }
        table[5 * 35 + 3] = .nan
        values.tensors[name] = .init(shape: [53, 35], values: .float32(table))
        try Data(values.encoded()).write(to: weights(folder))
        let byRow = try encoder(folder)
        _ = try byRow.embed(PackedBatch([[4, 6]]), pooling: .mean)
        let found = try error { _ = try byRow.embed(PackedBatch([[5]]), pooling: .mean) }
        #expect(found == .weights(.inFile(path: weights(folder).path, .notFinite(tensor: name))))
        // An encoder that has the whole table at once refuses it.
        #expect(throws: EncoderError.self) { try TokenEncoder(folder: folder) }
    }
}
