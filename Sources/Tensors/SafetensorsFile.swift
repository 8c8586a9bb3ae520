import CKernels
import Foundation

/// A safetensors file mapped to memory: tensors are read when asked for.
public final class SafetensorsFile: Sendable {
    /// The header's `__metadata__`.
    public var metadata: [String: String] { header.metadata }
    public let path: String

    private let header: SafetensorsHeader
    private let mapping: MappedFile

    /// Maps the file and checks its header.
    public init(_ file: URL) throws(SafetensorsError) {
        path = file.path
        do {
            mapping = try MappedFile(file)
            header = try SafetensorsHeader(file: mapping.bytes)
        } catch {
            throw .inFile(path: file.path, error)
        }
    }

    /// The tensors' names, in the order of the alphabet.
    public var names: [String] { header.entries.keys.sorted() }

    public func shape(of name: String) -> [Int]? { header.entries[name]?.shape }

    public func type(of name: String) -> SafetensorsType? { header.entries[name]?.type }

    /// The elements of a tensor as float32, row-major; float16 and bfloat16 are converted, exactly.
    /// - Throws: `.missingTensor`, `.unexpectedShape`, or `.unexpectedType` for any other type.
    public func floats(_ name: String, shape: [Int]) throws(SafetensorsError) -> [Float] {
        let entry = try entry(name, shape: shape)
        try requireFloats(name, entry)
        return [Float](unsafeUninitializedCapacity: entry.count) { buffer, filled in
            copyFloats(entry, into: buffer)
            filled = entry.count
        }
    }

    /// The elements of a tensor of integers.
    /// - Throws: `.missingTensor`, `.unexpectedShape`, or `.unexpectedType` unless it is I64 or I32.
    public func integers(_ name: String, shape: [Int]) throws(SafetensorsError) -> [Int] {
        let entry = try entry(name, shape: shape)
        let bytes = mapping.bytes
        switch entry.type {
        case .int64:
            return (0..<entry.count).map {
                Int(
                    Int64(
                        littleEndian: bytes.loadUnaligned(
                            fromByteOffset: entry.bytes.lowerBound + 8 * $0, as: Int64.self)))
            }
        case .int32:
            return (0..<entry.count).map {
                Int(
                    Int32(
                        littleEndian: bytes.loadUnaligned(
                            fromByteOffset: entry.bytes.lowerBound + 4 * $0, as: Int32.self)))
            }
        default:
            throw .inFile(
                path: path, .unexpectedType(tensor: name, found: entry.type, expected: "I64 or I32"))
        }
    }

    /// The elements of a tensor as float64: of F64, or of any type that `floats` takes.
    public func doubles(_ name: String, shape: [Int]) throws(SafetensorsError) -> [Double] {
        let entry = try entry(name, shape: shape)
        guard entry.type == .float64 else { return try floats(name, shape: shape).map(Double.init) }
        return (0..<entry.count).map {
            Double(
                bitPattern: UInt64(
                    littleEndian: mapping.bytes.loadUnaligned(
                        fromByteOffset: entry.bytes.lowerBound + 8 * $0, as: UInt64.self)))
        }
    }

    /// As `floats(_:shape:)`, into memory that is there already.
    package func copyFloats(
        _ name: String, shape: [Int], into buffer: UnsafeMutableBufferPointer<Float>
    ) throws(SafetensorsError) {
        let entry = try entry(name, shape: shape)
        try requireFloats(name, entry)
        precondition(buffer.count >= entry.count)
        copyFloats(entry, into: buffer)
    }

    /// The elements of a tensor, in the mapped file itself where they stand there as floats, else a copy.
    ///
    /// Only what is read of a mapped tensor is ever loaded. Whoever writes to it changes his copy, not the file.
    package func floatBuffer(_ name: String, shape: [Int]) throws(SafetensorsError) -> FloatBuffer {
        let entry = try entry(name, shape: shape)
        try requireFloats(name, entry)
        let start = mapping.bytes.baseAddress.map {
            UnsafeMutableRawPointer(mutating: $0 + entry.bytes.lowerBound)
        }
        if let start, entry.type == .float32,
            Int(bitPattern: start).isMultiple(of: MemoryLayout<Float>.alignment)
        {
            let values = start.bindMemory(to: Float.self, capacity: entry.count)
            return FloatBuffer(sharing: .init(start: values, count: entry.count), of: mapping)
        }
        let buffer = FloatBuffer(count: entry.count)
        copyFloats(entry, into: buffer.values)
        return buffer
    }

    /// Lends the elements of a tensor, whose part of the file takes no memory afterwards.
    package func withFloats<R>(
        _ name: String, shape: [Int], _ body: (UnsafeBufferPointer<Float>) -> R
    ) throws(SafetensorsError) -> R {
        let entry = try entry(name, shape: shape)
        let buffer = try floatBuffer(name, shape: shape)
        defer { mapping.drop(entry.bytes) }
        return withExtendedLifetime(buffer) {
            body(UnsafeBufferPointer(start: buffer.pointer, count: entry.count))
        }
    }

    private func entry(_ name: String, shape: [Int]) throws(SafetensorsError) -> SafetensorsHeader.Entry {
        guard let entry = header.entries[name] else {
            throw .inFile(path: path, .missingTensor(name, expected: shape))
        }
        guard entry.shape == shape else {
            throw .inFile(path: path, .unexpectedShape(tensor: name, found: entry.shape, expected: shape))
        }
        return entry
    }

    private func requireFloats(_ name: String, _ entry: SafetensorsHeader.Entry) throws(SafetensorsError) {
        switch entry.type {
        case .float32, .float16, .bfloat16: return
        default:
            throw .inFile(
                path: path, .unexpectedType(tensor: name, found: entry.type, expected: "F32, F16 or BF16"))
        }
    }

    /// Tensors may stand at any byte, so their bytes are copied before they are taken for numbers.
    private func copyFloats(_ entry: SafetensorsHeader.Entry, into buffer: UnsafeMutableBufferPointer<Float>)
    {
        guard let to = buffer.baseAddress, entry.count > 0 else { return }
        let bytes = UnsafeRawBufferPointer(rebasing: mapping.bytes[entry.bytes])
        if entry.type == .float32 {
            UnsafeMutableRawBufferPointer(start: to, count: bytes.count).copyMemory(from: bytes)
            return
        }
        withUnsafeTemporaryAllocation(of: UInt16.self, capacity: entry.count) { halves in
            UnsafeMutableRawBufferPointer(halves).copyMemory(from: bytes)
            if entry.type == .float16 {
                ck_half_to_float(halves.baseAddress, to, entry.count)
            } else {
                ck_bfloat16_to_float(halves.baseAddress, to, entry.count)
            }
        }
    }
}
