import Encoders
import Features
import Foundation
import LinearAlgebra
import Synchronization

/// What the work items of one run keep in memory for each other: encoders that were read, vectors and terms of texts, and
/// the features that were made last.
package final class RunMemory: Sendable {
    private let encoders = Mutex<[String: TextEncoder]>([:])
    private let vectors = Mutex<[URL: StoredVectors]>([:])
    let counts = CountingMemory()
    let features = MadeFeatures()

    package init() {}

    /// The encoder of a folder, read once.
    func encoder(in folder: URL, precision: Precision) throws -> TextEncoder {
        let key = "\(precision.rawValue) \(folder.path)"
        if let known = encoders.withLock({ $0[key] }) { return known }
        let encoder = try TextEncoder(folder: folder, precision: precision)
        encoders.withLock { $0[key] = encoder }
        return encoder
    }

    /// What is known of a store's folder, for one user at a time: others see an empty one until it is given back.
    func takeVectors(of folder: URL) -> StoredVectors {
        vectors.withLock { $0.removeValue(forKey: folder) } ?? StoredVectors()
    }

    func giveBack(_ stored: StoredVectors, of folder: URL) { vectors.withLock { $0[folder] = stored } }
}

extension ContestantResources {
    /// The encoder of a folder, from memory where items share it.
    func encoder(in folder: URL, precision: Precision) throws -> TextEncoder {
        try memory?.encoder(in: folder, precision: precision)
            ?? TextEncoder(folder: folder, precision: precision)
    }
}
