import Foundation
import TensorFiles
import TestSupport
import Testing

/// State dicts that Tests/Oracles/TensorFiles/make_torch.py made with PyTorch 2.13.
@Suite struct TorchFileTests {
    private let temporary: TemporaryFolder
    private var folder: URL { temporary.url }

    init() throws { temporary = try TemporaryFolder() }

    private func refusal(_ bytes: [UInt8]) throws -> String? {
        let file = folder.appendingPathComponent("f.bin")
        try Data(bytes).write(to: file)
        do throws(SafetensorsError) {
            _ = try TorchFile(file)
            return nil
        } catch {
            return error.description
        }
    }

    private func refusal(ofOracle name: String) throws -> String? {
        try refusal(Array(Data(contentsOf: oracle("TensorFiles/\(name)"))))
    }

    /// Every element equals PyTorch's: of every type, views with strides and offsets, tied tensors.
    @Test func everyTensorIsThatOfPyTorch() throws {
        let torch = try TorchFile(oracle("TensorFiles/views.bin"))
        let expected = try SafetensorsFile(oracle("TensorFiles/views.safetensors"))
        #expect(torch.names == expected.names && torch.names.count == 15)
        for name in expected.names {
            let shape = try #require(expected.shape(of: name))
            #expect(torch.shape(of: name) == shape && torch.type(of: name) == expected.type(of: name))
            switch expected.type(of: name) {
            case .int64, .int32:
                let found = try torch.integers(name, shape: shape)
                #expect(try found == expected.integers(name, shape: shape), "\(name)")
            default:
                let found = try torch.doubles(name, shape: shape)
                #expect(try found == expected.doubles(name, shape: shape), "\(name)")
            }
        }
        #expect(throws: SafetensorsError.self) { try torch.floats("double", shape: [2, 3]) }
        let module = try TorchFile(oracle("TensorFiles/module.bin"))
        #expect(
            module.names == ["bias", "num_batches_tracked", "running_mean", "running_var", "weight"])
        #expect(try module.integers("num_batches_tracked", shape: []) == [0])
    }

    @Test func whatIsNoStateDictIsRefusedByName() throws {
        #expect(
            try refusal(ofOracle: "attack.bin")?.contains(
                "byte 18 of its data.pkl: found the name 'posix.system', expected the names of a state dict")
                == true)
        #expect(!FileManager.default.fileExists(atPath: "attacked"))
        #expect(try refusal(ofOracle: "older.bin")?.contains("before 1.6") == true)
        #expect(try refusal(ofOracle: "nested.bin")?.contains("a number under 'epoch'") == true)
        #expect(try refusal(ofOracle: "bare.bin")?.contains("found a tensor, expected a dictionary") == true)
        #expect(
            try refusal(ofOracle: "expanded.bin")?.contains(
                "'weight' of shape [3, 4] with strides [0, 0] from 0 on does not fit in its storage of 1 elements"
            )
                == true)
        #expect(try refusal([])?.contains("no zip archive") == true)
        #expect(try refusal([0x50, 0x4B, 3, 4])?.contains("the end of a zip archive is missing") == true)
    }

    /// A file that is cut anywhere, or has any one byte changed, is read or refused.
    @Test func damagedFilesAreReadOrRefused() throws {
        let whole = try Array(Data(contentsOf: oracle("TensorFiles/views.bin")))
        var refused = 0
        for end in stride(from: 0, to: whole.count, by: 37) where try refusal(Array(whole[..<end])) != nil {
            refused += 1
        }
        #expect(refused == (whole.count + 36) / 37)
        var changed = 0
        for place in stride(from: 0, to: whole.count, by: 7) {
            var bytes = whole
            bytes[place] ^= 0xFF
            if try refusal(bytes) != nil { changed += 1 }
        }
        #expect(changed > 50)
    }

    // MARK: Folders

    @Test func safetensorsCountMoreAndShardsAreFound() throws {
        let views = try Data(contentsOf: oracle("TensorFiles/views.bin"))
        try views.write(to: folder.appendingPathComponent("pytorch_model.bin"))
        #expect(try SafetensorsFolder(folder).count == 15)
        #expect(try SafetensorsFolder(folder).path(of: "row").hasSuffix("pytorch_model.bin"))
        try FileManager.default.copyItem(
            at: oracle("TensorFiles/views.safetensors"),
            to: folder.appendingPathComponent("model.safetensors"))
        #expect(try SafetensorsFolder(folder).path(of: "row").hasSuffix("model.safetensors"))

        let sharded = folder.appendingPathComponent("sharded")
        try FileManager.default.createDirectory(at: sharded, withIntermediateDirectories: true)
        let index = sharded.appendingPathComponent("pytorch_model.bin.index.json")
        try Data(#"{"weight_map": {"row": "a.bin", "bias": "b.bin"}}"#.utf8).write(to: index)
        try views.write(to: sharded.appendingPathComponent("a.bin"))
        try Data(contentsOf: oracle("TensorFiles/module.bin")).write(
            to: sharded.appendingPathComponent("b.bin"))
        let found = try SafetensorsFolder(sharded)
        #expect(found.names == ["bias", "row"])
        #expect(try found.floats("bias", shape: [3]) == [0, 0, 0])
        try Data(#"{"weight_map": {"row": "a.safetensors"}}"#.utf8).write(to: index)
        #expect(throws: SafetensorsError.self) { try SafetensorsFolder(sharded) }
    }
}
