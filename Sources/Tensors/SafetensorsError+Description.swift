extension SafetensorsError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .truncated(let found, let expected):
            "the file ends after \(found) bytes, expected \(expected)"
        case .headerTooLong(let length):
            "the header is said to have \(length) bytes, at most \(Safetensors.longestHeader) are allowed"
        case .badHeader(let reason):
            "the header is not that of a safetensors file: \(reason)"
        case .unsupportedType(let tensor, let found):
            "tensor '\(tensor)' has type \(found), expected F64 or F32"
        case .badShape(let tensor, let found):
            "tensor '\(tensor)' has the impossible shape \(found)"
        case .badOffsets(let tensor, let found, let expectedStart):
            "tensor '\(tensor)' has offsets \(found), expected a start of \(expectedStart) and an end after it"
        case .sizeMismatch(let tensor, let shape, let found, let expected):
            "tensor '\(tensor)' of shape \(shape) has \(found) bytes, expected \(expected)"
        case .trailingBytes(let count):
            "\(count) bytes stand after the last tensor"
        case .missingTensor(let name):
            "there is no tensor '\(name)'"
        case .unexpectedShape(let tensor, let found, let expected):
            "tensor '\(tensor)' has shape \(found), expected F64 of shape \(expected)"
        }
    }
}
