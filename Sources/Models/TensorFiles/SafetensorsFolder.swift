import Foundation

/// The weights in a Hugging Face folder: `model.safetensors`, or several such files and the index that says which holds
/// which tensor; where there is neither, `pytorch_model.bin`, whole or in shards.
public struct SafetensorsFolder: Sendable {
    public static let weightsName = "model.safetensors"

    /// The file that holds each tensor.
    private let files: [String: any TensorFile]
    /// What errors name when a tensor is missing.
    private let path: String

    /// A format of weights.
    private enum Format: CaseIterable {
        case safetensors, torch

        var name: String {
            switch self {
            case .safetensors: SafetensorsFolder.weightsName
            case .torch: "pytorch_model.bin"
            }
        }

        /// Of the file that says which shard holds which tensor.
        var indexName: String { name + ".index.json" }

        /// What the names of shards end with.
        var ending: String {
            switch self {
            case .safetensors: ".safetensors"
            case .torch: ".bin"
            }
        }

        func open(_ file: URL) throws(SafetensorsError) -> any TensorFile {
            switch self {
            case .safetensors: try SafetensorsFile(file)
            case .torch: try TorchFile(file)
            }
        }
    }

    /// The files that weights are looked for in, in this order.
    static var names: [String] { Format.allCases.flatMap { [$0.name, $0.indexName] } }

    public init(_ folder: URL) throws(SafetensorsError) {
        for format in Format.allCases {
            let single = folder.appendingPathComponent(format.name)
            if FileManager.default.fileExists(atPath: single.path) {
                let file = try format.open(single)
                path = single.path
                files = Dictionary(uniqueKeysWithValues: file.names.map { ($0, file) })
                return
            }
            let index = folder.appendingPathComponent(format.indexName)
            if FileManager.default.fileExists(atPath: index.path) {
                path = index.path
                do {
                    files = try Self.shards(index, in: folder, format)
                } catch {
                    if case .inFile = error { throw error }
                    throw .inFile(path: index.path, error)
                }
                return
            }
        }
        throw .noWeights(folder: folder.path)
    }

    private struct Index: Decodable {
        let weight_map: [String: String]
    }

    private static func shards(
        _ index: URL, in folder: URL, _ format: Format
    ) throws(SafetensorsError) -> [String: any TensorFile] {
        let map: [String: String]
        do {
            map = try JSONDecoder().decode(Index.self, from: Data(contentsOf: index)).weight_map
        } catch {
            throw .badIndex(reason: "expected {\"weight_map\": {tensor: file}}: \(error)")
        }
        var shards: [String: any TensorFile] = [:]
        var files: [String: any TensorFile] = [:]
        for (tensor, name) in map.sorted(by: { $0.key < $1.key }) {
            guard !name.contains("/"), !name.contains("\\"), name.hasSuffix(format.ending) else {
                throw .badIndex(reason: "'\(name)' is not the name of a *\(format.ending) file in the folder")
            }
            let shard: any TensorFile
            if let open = shards[name] {
                shard = open
            } else {
                shard = try format.open(folder.appendingPathComponent(name))
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

    /// As `TensorFile.floats`, from the file that holds the tensor.
    public func floats(_ name: String, shape: [Int]) throws(SafetensorsError) -> [Float] {
        try file(name, shape).floats(name, shape: shape)
    }

    /// As `TensorFile.copyFloats`, of finite numbers.
    package func copyFloats(
        _ name: String, shape: [Int], into buffer: UnsafeMutableBufferPointer<Float>
    ) throws(SafetensorsError) {
        try file(name, shape).copyFloats(name, shape: shape, into: buffer, finite: true)
    }

    /// As `TensorFile.withFloats`.
    package func withFloats<R>(
        _ name: String, shape: [Int], _ body: (UnsafeBufferPointer<Float>) -> R
    ) throws(SafetensorsError) -> R {
        try file(name, shape).withFloats(name, shape: shape, body)
    }

    /// The rows of a matrix, to be read one by one; nil where they do not stand one after another in the file.
    package func rows(_ name: String, shape: [Int]) throws(SafetensorsError) -> TensorRows? {
        try file(name, shape).rows(name, shape: shape)
    }

    private func file(_ name: String, _ shape: [Int]) throws(SafetensorsError) -> any TensorFile {
        guard let file = files[name] else {
            throw .inFile(path: path, .missingTensor(name, expected: shape))
        }
        return file
    }
}
