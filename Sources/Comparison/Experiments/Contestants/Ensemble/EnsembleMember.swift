import Foundation
import Results

/// What a contestant has stored of one task, for an ensemble to be made of.
struct EnsembleMember: Sendable {
    let id: String
    let predictions: ScoredPredictions
    /// Where its fitted model is.
    let modelFolder: URL
    /// Nil where nobody knows.
    let cost: ContestantCost?
}

extension [EnsembleMember] {
    /// The work of fitting all of them, which was done before the ensemble was made.
    var fitting: KeptWork { work(seconds: { $0.wholeFitSeconds }, cpuSeconds: { $0.wholeCPUSeconds }) }

    /// The work of predicting the test texts.
    var predicting: KeptWork { work(seconds: { $0.wholePredictSeconds }, cpuSeconds: { _ in nil }) }

    private func work(
        seconds: (ContestantCost) -> Double?, cpuSeconds: (ContestantCost) -> Double?
    ) -> KeptWork {
        /// Nil where one of them is not known.
        func sum(_ values: [Double?]) -> Double? {
            let known = values.compactMap(\.self)
            return known.count == values.count ? known.reduce(0, +) : nil
        }
        return KeptWork(
            name: "members", seconds: sum(map { $0.cost.flatMap(seconds) }),
            cpuSeconds: sum(map { $0.cost.flatMap(cpuSeconds) }))
    }

    /// The numbers that fitting all of them chose; nil where one of them is not known.
    var parameterCount: Int? {
        let known = compactMap { $0.cost?.parameters }
        return known.count == count ? known.reduce(0, +) : nil
    }
}
