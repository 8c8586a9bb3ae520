import Foundation

/// The weights in a Hugging Face folder: `model.safetensors`, or several such files and the index that says which holds
/// which tensor.
public struct SafetensorsFolder: Sendable {
    public static let weightsName = "model.safetensors"
    public static let indexName = "model.safetensors.index.json"
    static let pickleName = "pytorch_model.bin"
    static let pickleConversion = """
        python -c "import torch, safetensors.torch as s; s.save_file({k: v.clone().contiguous() for k, v in \
        torch.load('pytorch_model.bin', map_location='cpu', weights_only=True).items()}, 'model.safetensors', \
        {'format': 'pt'})"
        """

    /// The file that holds each tensor.
    private let files: [String: SafetensorsFile]
    /// What errors name when a tensor is missing.
    private let path: String

    public init(_ folder: URL) throws(SafetensorsError) {
        let single = folder.appendingPathComponent(Self.weightsName)
        let index = folder.appendingPathComponent(Self.indexName)
        let pickle = folder.appendingPathComponent(Self.pickleName)
        if FileManager.default.fileExists(atPath: single.path) {
            let file = try SafetensorsFile(single)
            path = single.path
            files = Dictionary(uniqueKeysWithValues: file.names.map { ($0, file) })
        } else if FileManager.default.fileExists(atPath: index.path) {
            path = index.path
            do {
                files = try Self.shards(index, in: folder)
            } catch {
                if case .inFile = error { throw error }
                throw .inFile(path: index.path, error)
            }
        } else if FileManager.default.fileExists(atPath: pickle.path)
            || FileManager.default.fileExists(atPath: pickle.path + ".index.json")
        {
            throw .pickle(path: pickle.path)
        } else {
            throw .noWeights(folder: folder.path)
        }
    }

    private struct Index: Decodable {
        let weight_map: [String: String]
    }

    private static func shards(_ index: URL, in folder: URL) throws(SafetensorsError) -> [String:
        SafetensorsFile]
    {
        let map: [String: String]
        do {
            map = try JSONDecoder().decode(Index.self, from: Data(contentsOf: index)).weight_map
        } catch {
            throw .badIndex(reason: "expected {\"weight_map\": {tensor: file}}: \(error)")
        }
        var shards: [String: SafetensorsFile] = [:]
        var files: [String: SafetensorsFile] = [:]
        for (tensor, name) in map.sorted(by: { $0.key < $1.key }) {
            guard !name.contains("/"), !name.contains("\\"), name.hasSuffix(".safetensors") else {
                throw .badIndex(reason: "'\(name)' is not the name of a safetensors file in the folder")
            }
            let shard: SafetensorsFile
            if let open = shards[name] {
                shard = open
            } else {
                shard = try SafetensorsFile(folder.appendingPathComponent(name))
            }
            guard shard.shape(of: tensor) != nil else { throw .notInShard(tensor: tensor, shard: name) }
            shards[name] = shard
            files[tensor] = shard
        }
        return files
    }

    /// The tensors' names, in the order of the alphabet.
    public var names: [String] { files.keys.sorted() }

    /// The number of tensors.
    public var count: Int { files.count }

    public func contains(_ name: String) -> Bool { files[name] != nil }

    /// The file that holds a tensor; where there is none, what says so: the only file, or the index of shards.
    package func path(of name: String) -> String { files[name]?.path ?? path }

    /// Nil if there is no such tensor.
    public func shape(of name: String) -> [Int]? { files[name]?.shape(of: name) }

    /// As `SafetensorsFile.floats`, from the file that holds the tensor.
    public func floats(_ name: String, shape: [Int]) throws(SafetensorsError) -> [Float] {
        try file(name, shape).floats(name, shape: shape)
    }

    /// As `SafetensorsFile.copyFloats`, of finite numbers.
    package func copyFloats(
        _ name: String, shape: [Int], into buffer: UnsafeMutableBufferPointer<Float>
    ) throws(SafetensorsError) {
        try file(name, shape).copyFloats(name, shape: shape, into: buffer, finite: true)
    }

    /// As `SafetensorsFile.withFloats`.
    package func withFloats<R>(
        _ name: String, shape: [Int], _ body: (UnsafeBufferPointer<Float>) -> R
    ) throws(SafetensorsError) -> R {
        try file(name, shape).withFloats(name, shape: shape, body)
    }

    private func file(_ name: String, _ shape: [Int]) throws(SafetensorsError) -> SafetensorsFile {
        guard let file = files[name] else {
            throw .inFile(path: path, .missingTensor(name, expected: shape))
        }
        return file
    }
}
