/// The header of a safetensors file, believed only after every statement in it has been checked.
///
/// The format (https://github.com/huggingface/safetensors): eight bytes with the little-endian length of a header;
/// the header, JSON that gives type, shape and place of each tensor and, under `__metadata__`, texts; then the
/// tensors' little-endian values, without gaps or overlaps, to the end of the file.
struct SafetensorsHeader: Equatable, Sendable {
    private(set) var entries: [String: TensorEntry] = [:]
    private(set) var metadata: [String: String] = [:]

    /// The most bytes that a header may have: the limit of the reference implementation.
    static let longest = 100_000_000

    /// Bytes of the length before the header.
    static let lengthSize = 8

    /// Where the tensors begin.
    /// - Parameters:
    ///   - beginning: At least the first bytes of the file, if it has as many as the length takes.
    ///   - fileSize: Of the whole file.
    static func end(
        beginning: UnsafeRawBufferPointer, fileSize: Int
    ) throws(SafetensorsError) -> Int {
        guard fileSize >= lengthSize, beginning.count >= lengthSize else {
            throw .truncated(found: fileSize, expected: lengthSize)
        }
        let length = UInt64(littleEndian: beginning.loadUnaligned(as: UInt64.self))
        guard length <= UInt64(longest) else { throw .headerTooLong(length) }
        let end = lengthSize + Int(length)
        guard end <= fileSize else { throw .truncated(found: fileSize, expected: end) }
        return end
    }

    /// Checks the header of a file.
    /// - Parameters:
    ///   - file: The bytes of the file, at least up to where the tensors begin.
    ///   - fileSize: Of the whole file.
    init(file: UnsafeRawBufferPointer, fileSize: Int) throws(SafetensorsError) {
        let start = try Self.end(beginning: file, fileSize: fileSize)
        var reader = SafetensorsHeaderReader(UnsafeRawBufferPointer(rebasing: file[Self.lengthSize..<start]))
        let (stated, metadata) = try reader.read()
        self.metadata = metadata
        let ordered = stated.sorted { $0.value.offsets.lexicographicallyPrecedes($1.value.offsets) }
        var end = 0
        for (name, tensor) in ordered {
            let size = try Self.size(of: tensor, named: name)
            guard tensor.offsets[0] == end, tensor.offsets[1] >= end else {
                throw .badOffsets(tensor: name, found: tensor.offsets, expectedStart: end)
            }
            let found = tensor.offsets[1] - end
            guard found == size else {
                throw .sizeMismatch(tensor: name, shape: tensor.shape, found: found, expected: size)
            }
            guard tensor.offsets[1] <= fileSize - start else {
                throw .truncated(
                    found: fileSize, expected: start.addingReportingOverflow(tensor.offsets[1]).partialValue
                )
            }
            end = tensor.offsets[1]
            entries[name] = TensorEntry(
                type: tensor.type, shape: tensor.shape, bytes: start + tensor.offsets[0]..<start + end)
        }
        guard start + end == fileSize else { throw .trailingBytes(count: fileSize - start - end) }
    }

    /// Bytes that the shape asks for.
    private static func size(
        of tensor: SafetensorsHeaderReader.Tensor, named name: String
    ) throws(SafetensorsError) -> Int {
        var size = tensor.type.size
        for side in tensor.shape {
            let (product, overflow) = size.multipliedReportingOverflow(by: side)
            if overflow { throw .badShape(tensor: name, found: tensor.shape) }
            size = product
        }
        return size
    }
}
