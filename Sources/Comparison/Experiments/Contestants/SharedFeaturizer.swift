import Learners
import Results
import Synchronization
import TextClassifiers

/// A featurizer that is fitted once where contestants have the same one: on the same texts it becomes the same.
struct SharedFeaturizer<Base: Featurizer & Equatable>: Featurizer {
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
        if let made = memory.features(of: texts, by: base) {
            meter.add(made.work)
            return (made.featurizer, made.features)
        }
        let cpuBefore = cpuSeconds()
        let (made, seconds) = try timed { try base.fit(texts, context) }
        let work = KeptWork(
            name: MadeFeatures.work, seconds: seconds, cpuSeconds: cpuSeconds() - cpuBefore)
        memory.keep(
            MadeFeatures.Made(
                by: base, of: texts, featurizer: made.featurizer, features: made.features, work: work))
        return made
    }
}

/// The features that featurizers made of the texts that they were fitted on last, with what it took.
final class MadeFeatures: Sendable {
    /// What making features is called.
    static let work = "features"
    /// So many featurizers are remembered.
    private static let most = 4

    struct Made<Base: Featurizer & Equatable>: Sendable {
        let by: Base
        let of: [String]
        let featurizer: Base.Fitted
        let features: FeatureMatrix
        let work: KeptWork
    }

    private struct Entry: Sendable {
        let texts: [String]
        /// Of some type `Made`.
        let made: any Sendable
    }

    /// Those used last first.
    private let entries = Mutex<[Entry]>([])

    /// Nil where they are not known.
    func features<Base: Featurizer & Equatable>(of texts: [String], by featurizer: Base) -> Made<Base>? {
        entries.withLock { entries in
            for (place, entry) in entries.enumerated() {
                guard let made = entry.made as? Made<Base>, made.by == featurizer, entry.texts == texts else {
                    continue
                }
                entries.insert(entries.remove(at: place), at: 0)
                return made
            }
            return nil
        }
    }

    /// Remembers them, and forgets those of other texts, which no item will ask for soon.
    func keep<Base: Featurizer & Equatable>(_ made: Made<Base>) {
        entries.withLock { entries in
            let others = entries.filter { $0.texts == made.of }
            entries = [Entry(texts: made.of, made: made)] + others.prefix(MadeFeatures.most - 1)
        }
    }
}
