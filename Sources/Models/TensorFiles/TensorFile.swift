import CKernels
import DeterministicWork
import LinearAlgebra

/// A file of named tensors, which are read when asked for.
public protocol TensorFile: Sendable {
    var path: String { get }
    /// Where the tensors stand.
    var contents: TensorContents { get }
}

/// Where the tensors of a file stand, and the file to read them from.
public struct TensorContents: Sendable {
    /// By name.
    let entries: [String: TensorEntry]
    let file: PlainFile
}

extension TensorFile {
    /// The tensors' names, in the order of the alphabet.
    public var names: [String] { contents.entries.keys.sorted() }

    /// Nil if there is no such tensor.
    public func shape(of name: String) -> [Int]? { contents.entries[name]?.shape }

    /// Nil if there is no such tensor.
    public func type(of name: String) -> SafetensorsType? { contents.entries[name]?.type }

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
        case .int64: return try elements(entry, as: Int64.self).map { Int(Int64(littleEndian: $0)) }
        case .int32: return try elements(entry, as: Int32.self).map { Int(Int32(littleEndian: $0)) }
        default:
            throw .inFile(
                path: path, .unexpectedType(tensor: name, found: entry.type, expected: "I64 or I32"))
        }
    }

    /// The elements of a tensor as float64: of F64, or of any type that `floats` takes.
    public func doubles(_ name: String, shape: [Int]) throws(SafetensorsError) -> [Double] {
        let entry = try entry(name, shape: shape)
        guard entry.type == .float64 else { return try floats(name, shape: shape).map(Double.init) }
        return try elements(entry, as: UInt64.self).map { Double(bitPattern: UInt64(littleEndian: $0)) }
    }

    /// As `floats(_:shape:)`, into memory that is there already; large tensors on up to `Threads.count` threads.
    /// - Parameter finite: Whether an infinite number, or one that is none, is an error (`.notFinite`).
    package func copyFloats(
        _ name: String, shape: [Int], into buffer: UnsafeMutableBufferPointer<Float>, finite: Bool = false
    ) throws(SafetensorsError) {
        let entry = try entry(name, shape: shape)
        try requireFloats(name, entry)
        precondition(buffer.count >= entry.count)
        guard let to = buffer.baseAddress, entry.count > 0 else { return }
        if entry.strides != nil {
            do {
                try contents.gatherFloats(entry, into: buffer)
            } catch {
                throw .inFile(path: path, error)
            }
            let values = UnsafeBufferPointer(start: to, count: entry.count)
            if finite && !values.allFinite { throw .inFile(path: path, .notFinite(tensor: name)) }
            return
        }
        let count = TensorContents.pieceSize / entry.type.size
        nonisolated(unsafe) let target = to
        let failures = parallelMap((entry.count + count - 1) / count, blockSize: 1) {
            piece -> SafetensorsError? in
            let range = piece * count..<min(entry.count, (piece + 1) * count)
            let values = UnsafeMutableBufferPointer(start: target + range.lowerBound, count: range.count)
            do throws(SafetensorsError) {
                try contents.copyFloats(entry, range, into: values)
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

    /// The elements of a tensor as they stand in the file, row-major.
    /// - Precondition: They are as large as `Element`.
    private func elements<Element: FixedWidthInteger>(
        _ entry: TensorEntry, as type: Element.Type
    ) throws(SafetensorsError) -> [Element] {
        precondition(entry.type.size == MemoryLayout<Element>.size)
        let bytes: [UInt8]
        do {
            bytes = try contents.file.bytes(entry.bytes)
        } catch {
            throw .inFile(path: path, error)
        }
        var elements: [Element] = []
        elements.reserveCapacity(entry.count)
        bytes.withUnsafeBytes { bytes in
            entry.forEachPlace {
                elements.append(
                    bytes.loadUnaligned(fromByteOffset: $0 * entry.type.size, as: Element.self))
            }
        }
        return elements
    }

    func entry(_ name: String, shape: [Int]) throws(SafetensorsError) -> TensorEntry {
        guard let entry = contents.entries[name] else {
            throw .inFile(path: path, .missingTensor(name, expected: shape))
        }
        guard entry.shape == shape else {
            throw .inFile(path: path, .unexpectedShape(tensor: name, found: entry.shape, expected: shape))
        }
        return entry
    }

    func requireFloats(_ name: String, _ entry: TensorEntry) throws(SafetensorsError) {
        switch entry.type {
        case .float32, .float16, .bfloat16: return
        default:
            throw .inFile(
                path: path, .unexpectedType(tensor: name, found: entry.type, expected: "F32, F16 or BF16"))
        }
    }
}

extension TensorContents {
    /// Bytes that a thread reads at once.
    fileprivate static let pieceSize = 1 << 20

    /// Some elements of a tensor, in the order in which they stand in the file.
    /// - Precondition: They are F32, F16 or BF16.
    func copyFloats(
        _ entry: TensorEntry, _ range: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>
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

    /// The elements of a tensor that do not stand in order.
    fileprivate func gatherFloats(
        _ entry: TensorEntry, into buffer: UnsafeMutableBufferPointer<Float>
    ) throws(SafetensorsError) {
        let count = entry.bytes.count / entry.type.size
        let stored = UnsafeMutableBufferPointer<Float>.allocate(capacity: count)
        defer { stored.deallocate() }
        try copyFloats(entry, 0..<count, into: stored)
        var next = 0
        entry.forEachPlace {
            buffer[next] = stored[$0]
            next += 1
        }
    }
}
