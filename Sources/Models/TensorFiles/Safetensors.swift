import Foundation

/// Named tensors in memory, to be written to a safetensors file, or read whole from a small one.
public struct Safetensors: Equatable, Sendable {
    /// A tensor's values, row-major.
    public enum Values: Equatable, Sendable {
        case float64([Double])
        case float32([Float])
        case int64([Int64])

        public var count: Int {
            switch self {
            case .float64(let values): values.count
            case .float32(let values): values.count
            case .int64(let values): values.count
            }
        }

        fileprivate var type: SafetensorsType {
            switch self {
            case .float64: .float64
            case .float32: .float32
            case .int64: .int64
            }
        }

        /// The bytes as they stand in a file; every platform of Swift that we know is little-endian.
        fileprivate func withBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
            switch self {
            case .float64(let values): try values.withUnsafeBytes(body)
            case .float32(let values): try values.withUnsafeBytes(body)
            case .int64(let values): try values.withUnsafeBytes(body)
            }
        }
    }

    /// Shape and values.
    public struct Tensor: Equatable, Sendable {
        public let shape: [Int]
        public let values: Values

        /// - Precondition: As many values as the shape holds.
        public init(shape: [Int], values: Values) {
            precondition(values.count == shape.reduce(1, *))
            self.shape = shape
            self.values = values
        }
    }

    public var tensors: [String: Tensor]
    public var metadata: [String: String]

    public init(tensors: [String: Tensor], metadata: [String: String] = [:]) {
        self.tensors = tensors
        self.metadata = metadata
    }

    /// A tensor of Doubles with this shape.
    /// - Throws: `.missingTensor`, `.unexpectedShape` or `.unexpectedType`.
    public func doubles(_ name: String, shape: [Int]) throws(SafetensorsError) -> [Double] {
        guard let tensor = tensors[name] else { throw .missingTensor(name, expected: shape) }
        guard tensor.shape == shape else {
            throw .unexpectedShape(tensor: name, found: tensor.shape, expected: shape)
        }
        guard case .float64(let values) = tensor.values else {
            throw .unexpectedType(tensor: name, found: tensor.values.type, expected: "F64")
        }
        return values
    }

    // MARK: Writing

    /// A tensor whose values are made when it is written.
    package struct Pending {
        package let name: String
        package let type: SafetensorsType
        package let shape: [Int]
        /// Of that type, and as many as the shape holds.
        package let values: () -> Values

        package init(_ name: String, _ type: SafetensorsType, shape: [Int], values: @escaping () -> Values) {
            self.name = name
            self.type = type
            self.shape = shape
            self.values = values
        }

        fileprivate var bytes: Int { shape.reduce(1, *) * type.size }
    }

    /// Hands the bytes of the file to `sink`, a piece at a time.
    public func write(to sink: (UnsafeRawBufferPointer) throws -> Void) throws {
        let pending = tensors.map { name, tensor in
            Pending(name, tensor.values.type, shape: tensor.shape) { tensor.values }
        }
        try Safetensors.write(pending, metadata: metadata, to: sink)
    }

    /// Hands the bytes of a file to `sink`, a tensor at a time: the header, padded with spaces to a multiple of eight,
    /// then the tensors, the widest type first so that all are aligned, and by name.
    package static func write(
        _ tensors: [Pending], metadata: [String: String], to sink: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        let ordered = tensors.sorted { a, b in
            a.type.size == b.type.size ? a.name < b.name : a.type.size > b.type.size
        }
        var header = Header(tensors: [:], metadata: metadata)
        var start = 0
        for tensor in ordered {
            let end = start + tensor.bytes
            header.tensors[tensor.name] = Header.Entry(
                dtype: tensor.type.rawValue, shape: tensor.shape, data_offsets: [start, end])
            start = end
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var json = Array(try encoder.encode(header))
        json += Array(repeating: UInt8(ascii: " "), count: (8 - json.count % 8) % 8)
        try withUnsafeBytes(of: UInt64(json.count).littleEndian) { try sink($0) }
        try json.withUnsafeBytes { try sink($0) }
        for tensor in ordered {
            let values = tensor.values()
            precondition(values.type == tensor.type && values.count == tensor.shape.reduce(1, *))
            try values.withBytes(sink)
        }
    }

    /// The bytes of the file.
    public func encoded() throws -> [UInt8] {
        var bytes: [UInt8] = []
        try write { bytes.append(contentsOf: $0) }
        return bytes
    }

    private struct Header: Encodable {
        struct Entry: Encodable {
            let dtype: String
            let shape: [Int]
            let data_offsets: [Int]
        }

        var tensors: [String: Entry]
        let metadata: [String: String]

        func encode(to encoder: any Encoder) throws {
            var entries = encoder.container(keyedBy: Name.self)
            if !metadata.isEmpty { try entries.encode(metadata, forKey: Name(stringValue: "__metadata__")) }
            for (name, entry) in tensors { try entries.encode(entry, forKey: Name(stringValue: name)) }
        }

        /// Any text as a key.
        struct Name: CodingKey {
            let stringValue: String
            let intValue: Int? = nil

            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { return nil }
        }
    }

    // MARK: Reading

    /// Reads the bytes of a file whose tensors are all F64, F32 or I64. Every statement of the header is checked.
    public init(_ file: [UInt8]) throws(SafetensorsError) {
        self.init(tensors: [:])
        var failure: SafetensorsError?
        file.withUnsafeBytes { bytes in
            do throws(SafetensorsError) {
                let header = try SafetensorsHeader(file: bytes, fileSize: bytes.count)
                metadata = header.metadata
                for (name, entry) in header.entries {
                    tensors[name] = try Self.tensor(named: name, entry, in: bytes)
                }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }

    private static func tensor(
        named name: String, _ entry: TensorEntry, in file: UnsafeRawBufferPointer
    ) throws(SafetensorsError) -> Tensor {
        let starts = stride(from: entry.bytes.lowerBound, to: entry.bytes.upperBound, by: entry.type.size)
        switch entry.type {
        case .float64:
            let values = starts.map { file.loadUnaligned(fromByteOffset: $0, as: Double.self) }
            return Tensor(shape: entry.shape, values: .float64(values))
        case .float32:
            let values = starts.map { file.loadUnaligned(fromByteOffset: $0, as: Float.self) }
            return Tensor(shape: entry.shape, values: .float32(values))
        case .int64:
            let values = starts.map { file.loadUnaligned(fromByteOffset: $0, as: Int64.self) }
            return Tensor(shape: entry.shape, values: .int64(values))
        default:
            throw .unexpectedType(tensor: name, found: entry.type, expected: "F64, F32 or I64")
        }
    }
}
