import Foundation
import Learners
import Results
import Synchronization
import TextClassifiers

/// A featurizer that is fitted once where contestants have the same one: on the same texts it becomes the same.
struct SharedFeaturizer<Base: Featurizer & Encodable>: Featurizer {
    let base: Base
    /// Nil to fit each time.
    let memory: MadeFeatures?
    /// Told of a fitting that was not done.
    let meter: KeptWorkMeter

    var isNonNegative: Bool { base.isNonNegative }

    func fit(
        _ texts: [String], _ context: FitContext
    ) throws -> (featurizer: Base.Fitted, features: FeatureMatrix) {
        guard let memory else { return try base.fit(texts, context) }
        let options = try StableJSON.encode(base)
        if let made: MadeFeatures.Made<Base.Fitted> = memory.features(of: texts, by: options) {
            meter.add(made.work)
            return (made.featurizer, made.features)
        }
        let cpuBefore = cpuSeconds()
        let (made, seconds) = try timed { try base.fit(texts, context) }
        let work = KeptWork(
            name: MadeFeatures.work, seconds: seconds, cpuSeconds: cpuSeconds() - cpuBefore)
        memory.keep(
            MadeFeatures.Made(featurizer: made.featurizer, features: made.features, work: work), of: texts,
            by: options)
        return made
    }
}

/// The features that featurizers made of the texts that they were fitted on last, with what it took.
final class MadeFeatures: Sendable {
    /// What making features is called.
    static let work = "features"
    /// So many bytes of features are remembered: far more than a corpus of some hundred thousand short texts has, and little
    /// beside what fitting on a large one takes.
    private static let mostBytes = 1 << 28

    struct Made<Fitted: FittedFeaturizer>: Sendable {
        let featurizer: Fitted
        let features: FeatureMatrix
        let work: KeptWork
    }

    private struct Entry: Sendable {
        let texts: [String]
        /// The featurizer's options, as JSON.
        let options: [UInt8]
        let bytes: Int
        /// Of some type `Made`.
        let made: any Sendable

        /// Byte by byte, as Swift takes canonically equal texts for one, and features do not.
        func isOf(_ others: [String]) -> Bool {
            texts.count == others.count
                && zip(texts, others).allSatisfy { $0.hasBytes(of: $1) }
        }
    }

    /// Those used last first.
    private let entries = Mutex<[Entry]>([])

    /// Nil where they are not known. Those of other texts are forgotten, as no item will ask for them soon.
    func features<Fitted>(of texts: [String], by options: [UInt8]) -> Made<Fitted>? {
        entries.withLock { entries in
            entries.removeAll { !$0.isOf(texts) }
            for (place, entry) in entries.enumerated() where entry.options == options {
                guard let made = entry.made as? Made<Fitted> else { continue }
                entries.insert(entries.remove(at: place), at: 0)
                return made
            }
            return nil
        }
    }

    /// Remembers them, and of those before as many as there is room for.
    func keep<Fitted>(_ made: Made<Fitted>, of texts: [String], by options: [UInt8]) {
        let entry = Entry(texts: texts, options: options, bytes: made.features.byteCount, made: made)
        entries.withLock { entries in
            entries.insert(entry, at: 0)
            var bytes = 0
            entries.removeAll {
                bytes += $0.bytes
                return bytes > MadeFeatures.mostBytes
            }
        }
    }
}

extension String {
    fileprivate func hasBytes(of other: String) -> Bool {
        let isSame = utf8.withContiguousStorageIfAvailable { bytes in
            other.utf8.withContiguousStorageIfAvailable { others in
                guard bytes.count == others.count else { return false }
                guard let start = bytes.baseAddress, let other = others.baseAddress else { return true }
                return memcmp(start, other, bytes.count) == 0
            }
        }
        return (isSame ?? nil) ?? utf8.elementsEqual(other.utf8)
    }
}
