import Features
import Foundation
import Learners
import Results
import Synchronization
import TextClassifiers

/// The features that featurizers made of the texts that they were fitted on last, with what it took.
final class MadeFeatures: Sendable {
    /// What making features is called.
    private static let work = "features"
    /// What finding the terms of texts is called, a part of it.
    private static let counting = "counting"
    /// So many bytes of features are remembered: far more than a corpus of some hundred thousand short texts has, and little
    /// beside what fitting on a large one takes.
    private static let mostBytes = 1 << 28

    struct Made<Fitted: FittedFeaturizer>: Sendable {
        let featurizer: Fitted
        let features: FeatureMatrix
        let work: KeptWork
        /// Of other texts than it was fitted on.
        let asked: Asked
    }

    /// The features of texts that a fitted featurizer was asked for.
    final class Asked: Sendable {
        /// In which the featurizer finds counted texts.
        let counts: CountingMemory?
        private let entries = Mutex<[(texts: [String], features: FeatureMatrix, work: KeptWork)]>([])

        init(counts: CountingMemory?) { self.counts = counts }

        func features(of texts: [String]) -> (FeatureMatrix, KeptWork)? {
            entries.withLock { entries in
                entries.first { isSame($0.texts, texts) }.map { ($0.features, $0.work) }
            }
        }

        /// Remembers them where there is room.
        func keep(_ features: FeatureMatrix, _ work: KeptWork, of texts: [String]) {
            entries.withLock { entries in
                let bytes = entries.reduce(features.byteCount) { $0 + $1.features.byteCount }
                if bytes <= MadeFeatures.mostBytes { entries.append((texts, features, work)) }
            }
        }
    }

    /// What `make` gives, and what it takes where no text was counted before.
    /// - Parameter meter: Told of the texts that were.
    static func measured<T, E: Error>(
        _ counts: CountingMemory?, _ meter: KeptWorkMeter, _ make: () throws(E) -> T
    ) throws(E) -> (T, KeptWork) {
        let cpuBefore = cpuSeconds()
        let start = ContinuousClock.now
        let made = try make()
        let done = KeptWork(
            name: work, seconds: (ContinuousClock.now - start) / .seconds(1),
            cpuSeconds: cpuSeconds() - cpuBefore)
        guard let found = counts?.takeKept() else { return (made, done) }
        meter.add(KeptWork(name: counting, seconds: found.seconds, cpuSeconds: found.cpuSeconds))
        return (
            made, done + KeptWork(name: work, seconds: found.seconds, cpuSeconds: found.cpuSeconds)
        )
    }

    private struct Entry: Sendable {
        let texts: [String]
        /// The featurizer's options, as JSON.
        let options: [UInt8]
        let bytes: Int
        /// Of some type `Made`.
        let made: any Sendable
    }

    /// Those used last first.
    private let entries = Mutex<[Entry]>([])

    /// Nil where they are not known. Those of other texts are forgotten, as no item will ask for them soon.
    func features<Fitted>(of texts: [String], by options: [UInt8]) -> Made<Fitted>? {
        entries.withLock { entries in
            entries.removeAll { !isSame($0.texts, texts) }
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

/// Byte by byte, as Swift takes canonically equal texts for one, and features do not.
private func isSame(_ texts: [String], _ others: [String]) -> Bool {
    texts.count == others.count && zip(texts, others).allSatisfy { $0.hasBytes(of: $1) }
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
