import Foundation
import LinearAlgebra
import TensorFiles
import TestSupport
import Testing

@Suite struct SafetensorsFileTests {
    private let temporary: TemporaryFolder
    private var folder: URL { temporary.url }

    init() throws { temporary = try TemporaryFolder() }

    /// A file with this header and these values, written under `name`.
    private func write(_ header: String, _ values: [UInt8], to name: String = "model.safetensors") throws
        -> URL
    {
        let file = folder.appendingPathComponent(name)
        let length = UInt64(header.utf8.count)
        try Data((0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + Array(header.utf8) + values)
            .write(to: file)
        return file
    }

    private func bytes<T>(_ values: [T]) -> [UInt8] { values.withUnsafeBytes { Array($0) } }

    /// Every float16 and every bfloat16, from a place that is not aligned, as Swift itself converts them. (PyTorch's
    /// cast gives the same for all 65,536 of both.)
    @Test func halvesConvertExactly() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let patterns = (0...UInt16.max).map { $0 }
        let header = """
            {"pad":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},\
            "half":{"dtype":"F16","shape":[256,256],"data_offsets":[1,131073]},\
            "brain":{"dtype":"BF16","shape":[65536],"data_offsets":[131073,262145]}}
            """
        let file = try SafetensorsFile(write(header, [0] + bytes(patterns) + bytes(patterns)))
        #if !(os(macOS) && arch(x86_64))
            let halves = try file.floats("half", shape: [256, 256])
            for (pattern, found) in zip(patterns, halves) {
                let expected = Float(Float16(bitPattern: pattern))
                #expect(found.bitPattern == expected.bitPattern || (found.isNaN && expected.isNaN))
            }
        #endif
        let brains = try file.floats("brain", shape: [65536])
        #expect(zip(patterns, brains).allSatisfy { $1.bitPattern == UInt32($0) << 16 })
        #expect(file.type(of: "brain") == .bfloat16)
        #expect(file.names == ["brain", "half", "pad"])
        #expect(file.shape(of: "half") == [256, 256])
    }

    /// Tensors may stand at any byte.
    @Test func tensorsAreReadFromAnyPlace() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let header = """
            {"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},\
            "pad":{"dtype":"U8","shape":[1],"data_offsets":[24,25]},\
            "b":{"dtype":"F32","shape":[2],"data_offsets":[25,33]},\
            "h":{"dtype":"BF16","shape":[1],"data_offsets":[33,35]},"e":{"dtype":"F32","shape":[0],"data_offsets":[35,35]}}
            """
        // The values of `a` start at a multiple of 4, those of `b` do not.
        let padded = header + String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
        let values: [Float] = [1, -2, 3.5, .infinity, 5, -0.0]
        let path = try write(padded, bytes(values) + [0] + bytes([Float(7), 8]) + [0x80, 0x3F])
        let before = try Data(contentsOf: path)
        let file = try SafetensorsFile(path)
        #expect(try file.floats("a", shape: [2, 3]) == values)
        #expect(try file.floats("b", shape: [2]) == [7, 8])
        #expect(try file.floats("h", shape: [1]) == [1])
        #expect(try file.floats("e", shape: [0]).isEmpty)
        #expect(throws: SafetensorsError.self) { try file.floats("a", shape: [6]) }
        #expect(throws: SafetensorsError.self) { try file.floats("pad", shape: [1]) }
        // Weights are finite, `a` is not.
        let buffer = FloatBuffer(count: 6)
        #expect(throws: SafetensorsError.inFile(path: path.path, .notFinite(tensor: "a"))) {
            try file.copyFloats("a", shape: [2, 3], into: buffer.values, finite: true)
        }
        #expect(throws: SafetensorsError.self) { try file.withFloats("a", shape: [2, 3]) { $0.count } }
        #expect(try file.withFloats("b", shape: [2]) { Array($0) } == [7, 8])
        #expect(try Data(contentsOf: path) == before)
    }

    /// Several pieces, on several threads.
    @Test func largeTensors() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let count = (5 << 18) + 3
        let values = (0..<count).map { Float($0) }
        let header = #"{"x":{"dtype":"F32","shape":[\#(count)],"data_offsets":[0,\#(4 * count)]}}"#
        let file = try SafetensorsFile(write(header, bytes(values)))
        #expect(try file.floats("x", shape: [count]) == values)
    }

    /// Who shortens a file that is open makes an error.
    @Test func aFileThatIsShortened() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let count = 1 << 20
        let header = #"{"x":{"dtype":"F32","shape":[\#(count)],"data_offsets":[0,\#(4 * count)]}}"#
        let path = try write(header, bytes([Float](repeating: 1, count: count)))
        let file = try SafetensorsFile(path)
        #expect(try file.floats("x", shape: [count]).count == count)
        truncate(path.path, 1 << 19)
        #expect(throws: SafetensorsError.self) { try file.floats("x", shape: [count]) }
        #expect(throws: SafetensorsError.self) { try file.withFloats("x", shape: [count]) { $0.count } }
    }

    @Test func otherTypes() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let header = """
            {"__metadata__":{"format":"pt"},"d":{"dtype":"F64","shape":[2],"data_offsets":[0,16]},\
            "i":{"dtype":"I64","shape":[2],"data_offsets":[16,32]},"j":{"dtype":"I32","shape":[1],"data_offsets":[32,36]}}
            """
        let path = try write(header, bytes([1.5, -2]) + bytes([Int64.min, 7]) + bytes([Int32(-3)]))
        let file = try SafetensorsFile(path)
        #expect(try file.doubles("d", shape: [2]) == [1.5, -2])
        #expect(try file.integers("i", shape: [2]) == [.min, 7])
        #expect(try file.integers("j", shape: [1]) == [-3])
        #expect(file.metadata == ["format": "pt"])
        #expect(
            throws: SafetensorsError.inFile(
                path: path.path, .unexpectedType(tensor: "i", found: .int64, expected: "F32, F16 or BF16"))
        ) { try file.floats("i", shape: [2]) }
        #expect(
            throws: SafetensorsError.inFile(
                path: path.path, .unexpectedShape(tensor: "d", found: [2], expected: [1, 2]))
        ) { try file.doubles("d", shape: [1, 2]) }
    }

    @Test func filesThatAreNone() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let empty = folder.appendingPathComponent("empty.safetensors")
        try Data().write(to: empty)
        #expect(
            throws: SafetensorsError.inFile(path: empty.path, .truncated(found: 0, expected: 8))
        ) { try SafetensorsFile(empty) }
        #expect(throws: SafetensorsError.self) { try SafetensorsFile(folder) }
        #expect(throws: SafetensorsError.self) { try SafetensorsFile(folder.appendingPathComponent("no")) }
    }

    // MARK: Folders

    private let one = #"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#

    private func writeIndex(_ text: String) throws {
        try Data(text.utf8).write(to: folder.appendingPathComponent("model.safetensors.index.json"))
    }

    @Test func shards() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try write(one, bytes([Float(3)]), to: "a.safetensors")
        try writeIndex(#"{"weight_map":{"x":"a.safetensors"}}"#)
        let found = try SafetensorsFolder(folder)
        #expect(try found.floats("x", shape: [1]) == [3])
        let error = try #require(throws: SafetensorsError.self) { try found.floats("y", shape: [2, 3]) }
        #expect("\(error)".hasSuffix("tensor 'y' is missing; expected shape [2, 3]"))
    }

    @Test(arguments: [
        "", "[]", #"{"weight_map":{"x":1}}"#, #"{"weight_map":{"x":"../a.safetensors"}}"#,
        #"{"weight_map":{"y":"a.safetensors"}}"#, #"{"weight_map":{"x":"b.safetensors"}}"#,
        #"{"weight_map":{"x":"a.bin"}}"#,
    ]) func badIndexes(index: String) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try write(one, bytes([Float(3)]), to: "a.safetensors")
        try writeIndex(index)
        #expect(throws: SafetensorsError.self) { try SafetensorsFolder(folder) }
    }

    @Test func aFolderWithoutWeights() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let error = try #require(throws: SafetensorsError.self) { try SafetensorsFolder(folder) }
        #expect(error == .noWeights(folder: folder.path))
        #expect(
            "\(error)".hasSuffix(
                "expected one of model.safetensors, model.safetensors.index.json, pytorch_model.bin, "
                    + "pytorch_model.bin.index.json"))
    }
}
