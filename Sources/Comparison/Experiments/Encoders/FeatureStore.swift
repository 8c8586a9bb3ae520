import Encoders
import Foundation
import LinearAlgebra
import Results
import SafeFiles

/// Vectors of texts on disk, so that every head, task and later run shares them.
///
/// One folder for each encoder and way of pooling; in it, write-once files that hold the vectors of the texts that
/// were asked for and not yet there, each text known by its SHA-256.
package struct FeatureStore: Sendable {
    private let folder: URL
    /// Where vectors are kept besides; nil to read those on disk each time.
    private let memory: RunMemory?

    /// - Parameters:
    ///   - encoder: The encoder's folder, whose files are digested whole.
    ///   - fusesMultiplyAdd: Whether the kernels round a multiply-add once. Vectors of those that do not differ in their last
    ///     bits and are kept apart, since a cache may be shared by machines, and outlives `BAKEOFF_INSTRUCTIONS`.
    package init(
        encoder: EncoderFolder, view: EncodingOptions, precision: Precision, cache: URL,
        memory: RunMemory? = nil, fusesMultiplyAdd: Bool = Instructions.fuseMultiplyAdd
    ) throws {
        self.memory = memory
        let key = """
            \(try encoder.fingerprint(cache: cache))
            \(view.pooling.rawValue) \(view.normalize) \(view.maxLength.map(String.init) ?? "full")\(precision.fingerprint)
            """
            + (view.prefix.map { "\n\(view.poolsPrefix ? "prefix" : "prefix not pooled") \($0)" } ?? "")
            + (fusesMultiplyAdd ? "" : "\nproducts rounded before they are added")
        folder = cache.appendingPathComponent("features")
            .appendingPathComponent(Fingerprint.sha256(of: Array(key.utf8)))
    }

    /// Texts that are computed before they are kept: what a stopped run loses at most.
    private static let shardSize = 8192

    /// The vector of each text, computed and kept where it is not stored, and the work that the stored ones were when they
    /// were computed; nil where none was stored. Shape: [texts, H].
    ///
    /// - Parameter compute: Vectors of some texts; told how many are done before and how many are to be done.
    package func vectors(
        of texts: [String], computing compute: ([String], _ done: Int, _ of: Int) throws -> [Float]
    ) throws -> (vectors: [Float], kept: KeptWork?) {
        let keys = texts.map { Fingerprint.sha256(of: Array($0.utf8)) }
        var stored = memory?.takeVectors(of: folder) ?? StoredVectors()
        defer { memory?.giveBack(stored, of: folder) }
        stored.readNew(in: folder)
        var missing: [String: String] = [:]
        for (key, text) in zip(keys, texts) where stored[key] == nil { missing[key] = text }
        let kept = Set(keys).compactMap { stored[$0]?.work }
        let all = missing.sorted { $0.key < $1.key }
        for start in stride(from: 0, to: all.count, by: FeatureStore.shardSize) {
            let new = all[start..<min(all.count, start + FeatureStore.shardSize)]
            let cpuBefore = cpuSeconds()
            let (vectors, seconds) = try timed { try compute(new.map(\.value), start, all.count) }
            let shard = FeatureShard(
                keys: new.map(\.key), vectors: vectors,
                work: KeptWork(
                    name: StoredVectors.work, seconds: seconds, cpuSeconds: cpuSeconds() - cpuBefore))
            stored.add(shard, file: try shard.write(to: folder))
        }
        return (
            keys.flatMap { stored[$0]?.vector ?? [] },
            kept.first.map { kept.dropFirst().reduce($0, +) }
        )
    }
}

/// One file of a feature store, named after its own SHA-256: for each text the 64 digits of its SHA-256 and its H
/// little-endian floats; at the end H itself. Beside it, under the same name, a JSON file says what the work took.
package struct FeatureShard {
    package let keys: [String]
    /// Shape: [keys, H].
    package let vectors: [Float]
    /// What making all of them took; nil where that was not written down.
    package let work: KeptWork?
    /// H.
    private let width: Int

    private static let keySize = 64

    /// - Precondition: As many vectors as keys, at least one.
    package init(keys: [String], vectors: [Float], work: KeptWork?) {
        precondition(!keys.isEmpty && vectors.count.isMultiple(of: keys.count))
        self.work = work
        self.keys = keys
        self.vectors = vectors
        width = vectors.count / keys.count
    }

    /// Nil unless the file is whole.
    package init?(contentsOf file: URL) {
        guard file.pathExtension == "features", let bytes = try? InputFile(file).readToEnd(), bytes.count > 4,
            Fingerprint.sha256(of: bytes) == file.deletingPathExtension().lastPathComponent
        else { return nil }
        let width = Int(bytes.littleEndianWord(at: bytes.count - 4))
        let size = FeatureShard.keySize + 4 * width
        guard width > 0, (bytes.count - 4).isMultiple(of: size) else { return nil }
        var keys: [String] = []
        var vectors: [Float] = []
        for start in stride(from: 0, to: bytes.count - 4, by: size) {
            let end = start + FeatureShard.keySize
            keys.append(String(decoding: bytes[start..<end], as: UTF8.self))
            for place in stride(from: end, to: start + size, by: 4) {
                vectors.append(Float(bitPattern: bytes.littleEndianWord(at: place)))
            }
        }
        let work = (try? InputFile(FeatureShard.workFile(of: file)).readToEnd()).flatMap {
            try? StableJSON.decode(KeptWork.self, from: $0)
        }
        self.init(keys: keys, vectors: vectors, work: work)
    }

    /// The vector of a row.
    package subscript(row: Int) -> ArraySlice<Float> { vectors[row * width..<(row + 1) * width] }

    /// - Returns: The name of the file.
    @discardableResult
    package func write(to folder: URL) throws(FileError) -> String {
        var bytes: [UInt8] = []
        for (row, key) in keys.enumerated() {
            bytes += Array(key.utf8) + NumPyFile.bytes(of: Array(self[row]))
        }
        withUnsafeBytes(of: UInt32(width).littleEndian) { bytes += $0 }
        let file = folder.appendingPathComponent(Fingerprint.sha256(of: bytes) + ".features")
        // First, so that no vectors are without it.
        if let work, let json = try? StableJSON.encode(work) {
            try OutputFile.write(json, to: FeatureShard.workFile(of: file))
        }
        try OutputFile.write(bytes, to: file)
        return file.lastPathComponent
    }

    private static func workFile(of file: URL) -> URL {
        file.deletingPathExtension().appendingPathExtension("json")
    }
}

extension [UInt8] {
    fileprivate func littleEndianWord(at place: Int) -> UInt32 {
        UInt32(self[place]) | UInt32(self[place + 1]) << 8 | UInt32(self[place + 2]) << 16
            | UInt32(self[place + 3]) << 24
    }
}
