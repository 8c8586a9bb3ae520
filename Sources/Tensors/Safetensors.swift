import Foundation

/// A safetensors file in memory: named dense tensors of Double and Float.
///
/// The format (https://github.com/huggingface/safetensors): eight bytes with the little-endian length of a header;
/// the header, JSON that gives type, shape and place of each tensor and, under `__metadata__`, texts;
/// then the tensors' little-endian values without gaps.
public struct Safetensors: Equatable, Sendable {
    /// A tensor's values, row-major.
    public enum Values: Equatable, Sendable {
        case float64([Double])
        case float32([Float])

        public var count: Int {
            switch self {
            case .float64(let values): values.count
            case .float32(let values): values.count
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
    /// - Throws: `.missingTensor`, or `.unexpectedShape` for another type or shape.
    public func doubles(_ name: String, shape: [Int]) throws(SafetensorsError) -> [Double] {
        guard let tensor = tensors[name] else { throw .missingTensor(name) }
        guard case .float64(let values) = tensor.values, tensor.shape == shape else {
            throw .unexpectedShape(tensor: name, found: tensor.shape, expected: shape)
        }
        return values
    }

    // MARK: Writing

    /// The bytes of the file: tensors by name, the header padded with spaces to a multiple of eight.
    public func encoded() throws -> [UInt8] {
        let sorted = tensors.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        var header = Header(tensors: [:], metadata: metadata.isEmpty ? nil : metadata)
        var body: [UInt8] = []
        for (name, tensor) in sorted {
            let start = body.count
            switch tensor.values {
            case .float64(let values): body += Safetensors.bytes(of: values.map(\.bitPattern))
            case .float32(let values): body += Safetensors.bytes(of: values.map(\.bitPattern))
            }
            header.tensors[name] = Header.Entry(
                dtype: tensor.values.dtype.rawValue, shape: tensor.shape, data_offsets: [start, body.count])
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var json = Array(try encoder.encode(header))
        json += Array(repeating: UInt8(ascii: " "), count: (8 - json.count % 8) % 8)
        return Safetensors.bytes(of: [UInt64(json.count)]) + json + body
    }

    // MARK: Reading

    /// The most bytes that a header may have; the limit of the reference implementation.
    static let longestHeader = 100_000_000

    /// Reads the bytes of a file. Every statement of the header is checked before it is believed.
    public init(_ file: [UInt8]) throws(SafetensorsError) {
        guard file.count >= 8 else { throw .truncated(found: file.count, expected: 8) }
        let length = Safetensors.integers(file[..<8], as: UInt64.self)[0]
        guard length <= UInt64(Safetensors.longestHeader) else { throw .headerTooLong(length) }
        let bodyStart = 8 + Int(length)
        guard file.count >= bodyStart else { throw .truncated(found: file.count, expected: bodyStart) }
        let header: Header
        do {
            header = try JSONDecoder().decode(Header.self, from: Data(file[8..<bodyStart]))
        } catch {
            throw .badHeader(reason: "\(error)")
        }
        metadata = header.metadata ?? [:]
        tensors = [:]
        var end = 0
        let sorted = header.tensors.sorted {
            $0.value.data_offsets.lexicographicallyPrecedes($1.value.data_offsets)
        }
        for (name, entry) in sorted {
            let range = try entry.range(name: name, from: end)
            guard range.upperBound <= file.count - bodyStart else {
                throw .truncated(found: file.count, expected: bodyStart + range.upperBound)
            }
            end = range.upperBound
            let bytes = file[bodyStart + range.lowerBound..<bodyStart + range.upperBound]
            let values = try entry.type(name: name).values(bytes)
            tensors[name] = Tensor(shape: entry.shape, values: values)
        }
        guard end == file.count - bodyStart else {
            throw .trailingBytes(count: file.count - bodyStart - end)
        }
    }

    fileprivate static func bytes<T: FixedWidthInteger>(of integers: [T]) -> [UInt8] {
        integers.map(\.littleEndian).withUnsafeBytes { Array($0) }
    }

    /// - Precondition: Whole integers.
    fileprivate static func integers<T: FixedWidthInteger>(_ bytes: ArraySlice<UInt8>, as: T.Type) -> [T] {
        bytes.withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count, by: MemoryLayout<T>.size).map {
                T(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: T.self))
            }
        }
    }
}

extension Safetensors.Values {
    fileprivate enum DType: String {
        case float64 = "F64"
        case float32 = "F32"

        var size: Int { self == .float64 ? 8 : 4 }

        func values(_ bytes: ArraySlice<UInt8>) -> Safetensors.Values {
            switch self {
            case .float64:
                .float64(Safetensors.integers(bytes, as: UInt64.self).map(Double.init(bitPattern:)))
            case .float32:
                .float32(Safetensors.integers(bytes, as: UInt32.self).map(Float.init(bitPattern:)))
            }
        }
    }

    fileprivate var dtype: DType {
        switch self {
        case .float64: .float64
        case .float32: .float32
        }
    }
}

/// The JSON before the tensors: their entries by name, and `__metadata__`.
private struct Header: Codable {
    struct Entry: Codable {
        let dtype: String
        let shape: [Int]
        /// Start and end within the values.
        let data_offsets: [Int]

        func type(name: String) throws(SafetensorsError) -> Safetensors.Values.DType {
            guard let type = Safetensors.Values.DType(rawValue: dtype) else {
                throw .unsupportedType(tensor: name, found: dtype)
            }
            return type
        }

        /// Where the values stand, which must be right after `end` and hold the shape exactly.
        func range(name: String, from end: Int) throws(SafetensorsError) -> Range<Int> {
            guard data_offsets.count == 2, data_offsets[0] == end, data_offsets[1] >= end else {
                throw .badOffsets(tensor: name, found: data_offsets, expectedStart: end)
            }
            var size = try type(name: name).size
            for side in shape {
                let (product, overflow) = size.multipliedReportingOverflow(by: side)
                if side < 0 || overflow { throw .badShape(tensor: name, found: shape) }
                size = product
            }
            guard size == data_offsets[1] - end else {
                throw .sizeMismatch(tensor: name, shape: shape, found: data_offsets[1] - end, expected: size)
            }
            return data_offsets[0]..<data_offsets[1]
        }
    }

    static let metadataKey = "__metadata__"

    var tensors: [String: Entry]
    var metadata: [String: String]?

    init(tensors: [String: Entry], metadata: [String: String]?) {
        self.tensors = tensors
        self.metadata = metadata
    }

    init(from decoder: any Decoder) throws {
        let entries = try decoder.container(keyedBy: Name.self)
        tensors = [:]
        for key in entries.allKeys {
            if key.stringValue == Header.metadataKey {
                metadata = try entries.decode([String: String].self, forKey: key)
            } else {
                tensors[key.stringValue] = try entries.decode(Entry.self, forKey: key)
            }
        }
    }

    func encode(to encoder: any Encoder) throws {
        var entries = encoder.container(keyedBy: Name.self)
        try entries.encodeIfPresent(metadata, forKey: Name(stringValue: Header.metadataKey))
        for (name, entry) in tensors { try entries.encode(entry, forKey: Name(stringValue: name)) }
    }

    /// Any text as a key.
    private struct Name: CodingKey {
        let stringValue: String
        let intValue: Int? = nil

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { return nil }
    }
}
