import Encoders
import Foundation
import TensorFiles
import TestSupport
import Testing
import TextTokenizers

/// A checkpoint of `pytorch_model.bin` in two shards, with older files of a tokenizer, as
/// Tests/Oracles/TensorFiles/make_torch.py wrote it.
@Suite struct TorchCheckpointTests {
    private static let folder = oracle("TensorFiles/encoder")

    @Test func hiddenStatesAreThoseOfTransformers() throws {
        let expected = try SafetensorsFile(Self.folder.appendingPathComponent("expected.safetensors"))
        let ids = try expected.integers("ids", shape: [2, 5]).map { Int32($0) }
        let encoder = try TokenEncoder(folder: Self.folder)
        let found = try encoder.hiddenStates(
            of: PackedBatch(
                ids: ids, offsets: [0, 5, 10], tokenTypes: [Int32](repeating: 0, count: ids.count)))
        let hidden = try expected.floats("hidden", shape: [2, 5, 10])
        #expect(found.count == hidden.count)
        for (a, b) in zip(found, hidden) { #expect(abs(a - b) < 2e-5) }
        let tokenizer = try TextTokenizer(folder: Self.folder)
        #expect(tokenizer.encode("abc").ids == [0, 21, 7, 2])
        #expect(try Checkpoint(folder: Self.folder).shape(ofTensor: "classifier.out_proj.weight") == [3, 10])
    }
}
