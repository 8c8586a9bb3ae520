import Evaluation
import Labels

extension MetricName {
    /// The metrics of a ranking table, `first` in front.
    public static func headline(of labelSpace: LabelSpace, first: MetricName) -> [MetricName] {
        var usual: [MetricName] =
            switch labelSpace.kind {
            case .binary: [.f1, .f1Macro, .accuracy, .precision, .recall]
            case .multiclass: [.f1Macro, .f1Weighted, .accuracy]
            case .multilabel: [.f1Macro, .f1Micro, .f1Weighted, .f1Samples, .subsetAccuracy]
            }
        if labelSpace.isOrdinal {
            usual.insert(contentsOf: [.cohenKappaQuadratic, .meanAbsoluteError], at: 1)
        }
        if labelSpace.costs != nil { usual.insert(.meanCost, at: 0) }
        return [first] + usual.filter { $0 != first }
    }
}

extension Scorecard {
    /// The defined metrics of those that need no label's name.
    var namedMetrics: [MetricName: Double] {
        Dictionary(
            uniqueKeysWithValues: MetricName.allCases.compactMap { metric in self[metric].map { (metric, $0) }
            })
    }
}

extension ContestantResults {
    /// Whether it does not read the texts, and is there to be beaten.
    public var isDummy: Bool { model == "dummy" }
}

extension ExperimentResults {
    /// Whether a contestant of the only task is a baseline: a dummy, unless there are only dummies.
    public func isBaseline(_ contestant: ContestantResults) -> Bool {
        contestant.isDummy && !contestants.allSatisfy(\.isDummy)
    }

    /// A contestant's score on test: under several seeds or on several folds the mean, undefined where it is undefined in
    /// one of them.
    public func score(of contestant: ContestantResults, _ metric: MetricName) -> Double? {
        guard let scores = replicateScores?[contestant.id]?[metric] else {
            return contestant.test[metric]
        }
        return mean(scores)
    }

    /// The contestants of the only task from best to worst on test; undefined last, equals in their own order.
    public var ranked: [ContestantResults] {
        Results.ranked(contestants, by: experiment.rankBy) { score(of: $0, experiment.rankBy) }
    }
}

/// From best to worst; undefined last, equals in their own order.
package func ranked<T>(_ items: [T], by metric: MetricName, _ score: (T) -> Double?) -> [T] {
    let scores = items.map { score($0).map(metric.direction.score) ?? -.infinity }
    return items.indices.sorted { (scores[$0], -$0) > (scores[$1], -$1) }.map { items[$0] }
}
