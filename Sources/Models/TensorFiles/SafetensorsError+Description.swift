extension SafetensorsError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .inFile(let path, let error):
            "\(path): \(error)"
        case .unreadable(let reason):
            "cannot be read: \(reason)"
        case .truncated(let found, let expected):
            "has \(found) bytes, but its header announces \(expected)"
        case .changed:
            "was written to while it was in use; load the model again"
        case .headerTooLong(let length):
            beginning(of: length).map {
                "is no safetensors file: it begins with the text '\($0)'; if it is a pointer of Git LFS or a page of the "
                    + "web, get the file itself ('git lfs pull', or download it again)"
            }
                ?? "announces a header of \(length) bytes, more than the format's limit of \(SafetensorsHeader.longest)"
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
            "\(folder): has no weights; expected one of \(SafetensorsFolder.names.joined(separator: ", "))"
        case .badArchive(let reason):
            "is not a state dict as torch.save writes it: \(reason)"
        case .badPickle(let offset, let found, let expected):
            "is refused at byte \(offset) of its data.pkl: found \(found), expected \(expected); nothing was executed"
        case .badView(let tensor, let shape, let strides, let offset, let storage):
            "tensor '\(tensor)' of shape \(shape) with strides \(strides) from \(offset) on does not fit in its storage of "
                + "\(storage) elements"
        }
    }
}

/// The eight bytes of a header's length where they are text, as in what a server or Git sends instead of a file.
private func beginning(of length: UInt64) -> String? {
    let bytes = withUnsafeBytes(of: length.littleEndian) { Array($0) }
    guard bytes.allSatisfy({ (0x20..<0x7F).contains($0) }) else { return nil }
    return String(decoding: bytes, as: UTF8.self)
}
