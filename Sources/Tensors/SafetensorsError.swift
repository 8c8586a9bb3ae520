/// What can be wrong with a safetensors file.
public enum SafetensorsError: Error, Equatable, Sendable {
    case truncated(found: Int, expected: Int)
    case headerTooLong(UInt64)
    case badHeader(reason: String)
    case unsupportedType(tensor: String, found: String)
    case badShape(tensor: String, found: [Int])
    /// The tensors leave gaps, overlap, or end before they start.
    case badOffsets(tensor: String, found: [Int], expectedStart: Int)
    case sizeMismatch(tensor: String, shape: [Int], found: Int, expected: Int)
    case trailingBytes(count: Int)
    case missingTensor(String)
    case unexpectedShape(tensor: String, found: [Int], expected: [Int])
}
