import CKernels
import DeterministicWork
import Foundation
import LinearAlgebra

/// A safetensors file: tensors are read when asked for.
public final class SafetensorsFile: Sendable {
    /// The header's `__metadata__`.
    public var metadata: [String: String] { header.metadata }
    public let path: String

    private let header: SafetensorsHeader
    private let file: PlainFile

    /// Opens the file and checks its header.
    public init(_ file: URL) throws(SafetensorsError) {
        path = file.path
        do {
            self.file = try PlainFile(file)
            header = try SafetensorsFile.header(of: self.file)
        } catch {
            throw .inFile(path: file.path, error)
        }
    }

    private static func header(of file: PlainFile) throws(SafetensorsError) -> SafetensorsHeader {
        func with<R>(
            _ bytes: [UInt8], _ body: (UnsafeRawBufferPointer) throws(SafetensorsError) -> R
        ) throws(SafetensorsError) -> R {
            var result: Result<R, SafetensorsError>?
            bytes.withUnsafeBytes { bytes in
                do throws(SafetensorsError) { result = .success(try body(bytes)) } catch {
                    result = .failure(error)
                }
            }
            guard let result else { preconditionFailure("the body has run") }
            return try result.get()
        }
        let length = try file.bytes(0..<min(file.size, SafetensorsHeader.lengthSize))
        let end = try with(length) { bytes throws(SafetensorsError) in
            try SafetensorsHeader.end(beginning: bytes, fileSize: file.size)
        }
        return try with(try file.bytes(0..<end)) { bytes throws(SafetensorsError) in
            try SafetensorsHeader(file: bytes, fileSize: file.size)
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
        var values = [Float](repeating: 0, count: entry.count)
        var failure: SafetensorsError?
        values.withUnsafeMutableBufferPointer { buffer in
            do throws(SafetensorsError) {
                try copyFloats(name, shape: shape, into: buffer)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return values
    }

    /// The elements of a tensor of integers.
    /// - Throws: `.missingTensor`, `.unexpectedShape`, or `.unexpectedType` unless it is I64 or I32.
    public func integers(_ name: String, shape: [Int]) throws(SafetensorsError) -> [Int] {
        let entry = try entry(name, shape: shape)
        switch entry.type {
        case .int64:
            let bytes = try bytes(entry)
            return bytes.withUnsafeBytes { bytes in
                (0..<entry.count).map {
                    Int(Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * $0, as: Int64.self)))
                }
            }
        case .int32:
            let bytes = try bytes(entry)
            return bytes.withUnsafeBytes { bytes in
                (0..<entry.count).map {
                    Int(Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * $0, as: Int32.self)))
                }
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
        let bytes = try bytes(entry)
        return bytes.withUnsafeBytes { bytes in
            (0..<entry.count).map {
                Double(
                    bitPattern: UInt64(
                        littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self)))
            }
        }
    }

    /// Bytes that a thread reads at once.
    private static let pieceSize = 1 << 20

    /// As `floats(_:shape:)`, into memory that is there already; large tensors on up to `Threads.count` threads.
    /// - Parameter finite: Whether an infinite number, or one that is none, is an error (`.notFinite`).
    package func copyFloats(
        _ name: String, shape: [Int], into buffer: UnsafeMutableBufferPointer<Float>, finite: Bool = false
    ) throws(SafetensorsError) {
        let entry = try entry(name, shape: shape)
        try requireFloats(name, entry)
        precondition(buffer.count >= entry.count)
        guard let to = buffer.baseAddress, entry.count > 0 else { return }
        let count = SafetensorsFile.pieceSize / entry.type.size
        nonisolated(unsafe) let target = to
        let failures = parallelMap((entry.count + count - 1) / count, blockSize: 1) {
            piece -> SafetensorsError? in
            let range = piece * count..<min(entry.count, (piece + 1) * count)
            let values = UnsafeMutableBufferPointer(start: target + range.lowerBound, count: range.count)
            do throws(SafetensorsError) {
                try copy(entry, range, into: values)
            } catch {
                return error
            }
            return finite && !UnsafeBufferPointer(values).allFinite ? .notFinite(tensor: name) : nil
        }
        if let failure = failures.lazy.compactMap(\.self).first { throw .inFile(path: path, failure) }
    }

    /// Lends the elements of a tensor, all finite.
    package func withFloats<R>(
        _ name: String, shape: [Int], _ body: (UnsafeBufferPointer<Float>) -> R
    ) throws(SafetensorsError) -> R {
        let entry = try entry(name, shape: shape)
        let buffer = FloatBuffer(uninitialized: entry.count)
        try copyFloats(name, shape: shape, into: buffer.values, finite: true)
        return withExtendedLifetime(buffer) {
            body(UnsafeBufferPointer(start: buffer.pointer, count: entry.count))
        }
    }

    private func bytes(_ entry: SafetensorsHeader.Entry) throws(SafetensorsError) -> [UInt8] {
        do {
            return try file.bytes(entry.bytes)
        } catch {
            throw .inFile(path: path, error)
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

    /// Some elements of a tensor.
    private func copy(
        _ entry: SafetensorsHeader.Entry, _ range: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>
    ) throws(SafetensorsError) {
        guard let to = buffer.baseAddress else { return }
        let start = entry.bytes.lowerBound + range.lowerBound * entry.type.size
        if entry.type == .float32 {
            try file.read(from: start, into: UnsafeMutableRawBufferPointer(buffer))
            return
        }
        let halves = UnsafeMutableBufferPointer<UInt16>.allocate(capacity: range.count)
        defer { halves.deallocate() }
        try file.read(from: start, into: UnsafeMutableRawBufferPointer(halves))
        if entry.type == .float16 {
            ck_half_to_float(halves.baseAddress, to, range.count)
        } else {
            ck_bfloat16_to_float(halves.baseAddress, to, range.count)
        }
    }
}
