/// What can be wrong with the bytes of a file of tensors or with what is asked of it. Offsets and sizes are bytes.
public indirect enum SafetensorsError: Error, Equatable, Sendable {
    /// Another error, in this file.
    case inFile(path: String, SafetensorsError)
    case unreadable(reason: String)
    /// The file ends before what it announces.
    case truncated(found: Int, expected: Int)
    /// Somebody wrote to the file while some of its tensors were still to be read.
    case changed
    /// More bytes than any honest header has.
    case headerTooLong(UInt64)
    /// The header is not the JSON it should be, from this byte of it on.
    case badHeader(offset: Int, expected: String)
    case duplicateName(String)
    case unsupportedType(tensor: String, found: String)
    /// A shape whose product is more than any memory.
    case badShape(tensor: String, found: [Int])
    /// Tensors must stand one right after the other.
    case badOffsets(tensor: String, found: [Int], expectedStart: Int)
    case sizeMismatch(tensor: String, shape: [Int], found: Int, expected: Int)
    case trailingBytes(count: Int)

    case missingTensor(String, expected: [Int]?)
    case unexpectedShape(tensor: String, found: [Int], expected: [Int])
    /// The tensor has a type that does not convert to the one asked for.
    case unexpectedType(tensor: String, found: SafetensorsType, expected: String)
    /// An element is infinite or not a number.
    case notFinite(tensor: String)

    /// A sharded checkpoint's index that is not what it should be.
    case badIndex(reason: String)
    /// The index says that this file holds the tensor, and it does not.
    case notInShard(tensor: String, shard: String)
    /// A folder without weights in a format that is read.
    case noWeights(folder: String)

    /// Not the zip archive that `torch.save` writes.
    case badArchive(reason: String)
    /// A pickle of something else than a state dict, from this byte of it on.
    case badPickle(offset: Int, found: String, expected: String)
    /// A tensor that is not inside of its storage. Strides, offset and storage count elements.
    case badView(tensor: String, shape: [Int], strides: [Int], offset: Int, storage: Int)
}
