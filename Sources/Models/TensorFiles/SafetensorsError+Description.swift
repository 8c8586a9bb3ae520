extension SafetensorsError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .inFile(let path, let error):
            "\(path): \(error)"
        case .unreadable(let reason):
            "cannot be read: \(reason)"
        case .truncated(let found, let expected):
            "has \(found) bytes, but its header announces \(expected)"
        case .headerTooLong(let length):
            "announces a header of \(length) bytes, more than the format's limit of \(SafetensorsHeader.longest)"
        case .badHeader(let offset, let expected):
            "header is damaged at byte \(offset): expected \(expected)"
        case .duplicateName(let name):
            "header names '\(name)' twice"
        case .unsupportedType(let tensor, let found):
            "tensor '\(tensor)' has the unknown type '\(found)'; known are "
                + SafetensorsType.allCases.map(\.rawValue).joined(separator: ", ")
        case .badShape(let tensor, let found):
            "tensor '\(tensor)' has the impossible shape \(found)"
        case .badOffsets(let tensor, let found, let start):
            "tensor '\(tensor)' has data_offsets \(found), expected to start at \(start), where the one before ends"
        case .sizeMismatch(let tensor, let shape, let found, let expected):
            "tensor '\(tensor)' of shape \(shape) has \(found) bytes, expected \(expected)"
        case .trailingBytes(let count):
            "has \(count) bytes after the last tensor"
        case .missingTensor(let name, let expected):
            "tensor '\(name)' is missing" + (expected.map { "; expected shape \($0)" } ?? "")
        case .unexpectedShape(let tensor, let found, let expected):
            "tensor '\(tensor)' has shape \(found), expected \(expected)"
        case .unexpectedType(let tensor, let found, let expected):
            "tensor '\(tensor)' has type \(found.rawValue), expected \(expected)"
        case .notFinite(let tensor):
            "tensor '\(tensor)' holds a number that is infinite or none (NaN); the weights are damaged, or their "
                + "training failed"
        case .badIndex(let reason):
            "is not an index of shards: \(reason)"
        case .notInShard(let tensor, let shard):
            "says that \(shard) holds the tensor '\(tensor)', but it does not"
        case .noWeights(let folder):
            "\(folder): has neither \(SafetensorsFolder.weightsName) nor \(SafetensorsFolder.indexName)"
        case .pickle(let path):
            """
            \(path): is a pickle, which could run any program when read, and is refused. Convert it once, if you \
            trust it, in its folder: \(SafetensorsFolder.pickleConversion)
            """
        }
    }
}
