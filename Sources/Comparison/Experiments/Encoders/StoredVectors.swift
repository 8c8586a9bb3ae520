import Foundation
import Results
import SafeFiles

/// The vectors of a feature store that were read or computed, by the SHA-256 of their texts.
struct StoredVectors: Sendable {
    private var vectors: [String: Vector] = [:]
    /// The names of the files that were read.
    private var read: Set<String> = []

    /// What making vectors is called.
    static let work = "encoding"

    /// A vector, and its text's share of the work that made it.
    struct Vector: Sendable {
        let vector: ArraySlice<Float>
        let work: KeptWork

        fileprivate init(_ shard: FeatureShard, row: Int) {
            let share = 1 / Double(shard.keys.count)
            vector = shard[row]
            work = KeptWork(
                name: StoredVectors.work, seconds: shard.work?.seconds.map { $0 * share },
                cpuSeconds: shard.work?.cpuSeconds.map { $0 * share })
        }
    }

    subscript(key: String) -> Vector? { vectors[key] }

    /// Adds what is on disk and was not read before. A file that is damaged is as good as none.
    mutating func readNew(in folder: URL) {
        for name in fileNames(in: folder).sorted() where read.insert(name).inserted {
            if let shard = FeatureShard(contentsOf: folder.appendingPathComponent(name)) { add(shard) }
        }
    }

    /// Adds what was computed.
    /// - Parameter file: The name that it has on disk.
    mutating func add(_ shard: FeatureShard, file: String) {
        read.insert(file)
        add(shard)
    }

    private mutating func add(_ shard: FeatureShard) {
        for row in shard.keys.indices { vectors[shard.keys[row]] = Vector(shard, row: row) }
    }
}
