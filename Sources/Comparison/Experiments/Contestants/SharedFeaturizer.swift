import Foundation
import Learners
import LinearAlgebra
import Results
import TextClassifiers

/// A featurizer that is fitted once where contestants have the same one: on the same texts it becomes the same. What it became
/// makes features of the same texts once.
struct SharedFeaturizer<Base: Featurizer & Encodable>: Featurizer {
    let base: Base
    /// Nil to fit each time.
    let memory: MadeFeatures?
    /// Told of work that was not done.
    let meter: KeptWorkMeter

    var isNonNegative: Bool { base.isNonNegative }

    func fit(
        _ texts: [String], _ context: FitContext
    ) throws -> (featurizer: SharedFeatures<Base.Fitted>, features: FeatureMatrix) {
        guard let memory else {
            let (fitted, features) = try base.fit(texts, context)
            return (SharedFeatures(base: fitted), features)
        }
        let options = try StableJSON.encode(base)
        if let made: MadeFeatures.Made<Base.Fitted> = memory.features(of: texts, by: options) {
            meter.add(made.work)
            return (SharedFeatures(base: made.featurizer, asked: made.asked, meter: meter), made.features)
        }
        let ((fitted, features), work) = try MadeFeatures.measured(context.counts, meter) { () throws in
            try base.fit(texts, context)
        }
        let made = MadeFeatures.Made(
            featurizer: fitted, features: features, work: work,
            asked: MadeFeatures.Asked(counts: context.counts))
        memory.keep(made, of: texts, by: options)
        return (SharedFeatures(base: fitted, asked: made.asked, meter: meter), features)
    }
}

/// A fitted featurizer that makes features of the same texts once.
struct SharedFeatures<Base: FittedFeaturizer>: FittedFeaturizer {
    let base: Base
    /// Nil to make them each time.
    private let asked: MadeFeatures.Asked?
    private let meter: KeptWorkMeter

    init(base: Base, asked: MadeFeatures.Asked? = nil, meter: KeptWorkMeter = KeptWorkMeter()) {
        (self.base, self.asked, self.meter) = (base, asked, meter)
    }

    func features(of texts: [String]) throws(Base.Failure) -> FeatureMatrix {
        guard let asked else { return try base.features(of: texts) }
        if let (features, work) = asked.features(of: texts) {
            meter.add(work)
            return features
        }
        let (features, work) = try MadeFeatures.measured(asked.counts, meter) { () throws(Base.Failure) in
            try base.features(of: texts)
        }
        asked.keep(features, work, of: texts)
        return features
    }

    func save(to folder: URL) throws { try base.save(to: folder) }
    init(from folder: URL) throws { self.init(base: try Base(from: folder)) }

    var featureCount: Int { base.featureCount }
    var terms: [String]? { base.terms }
    var notices: [String] { base.notices }
    var summary: String? { base.summary }

    func reading(in precision: Precision) throws -> SharedFeatures? {
        // Other features, of which none are known.
        try base.reading(in: precision).map { SharedFeatures(base: $0) }
    }
}
