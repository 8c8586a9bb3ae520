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

extension Array {
    /// From best to worst on test; undefined last, equals in their own order.
    func ranked(by metric: MetricName, _ contestant: (Element) -> ContestantResults) -> [Element] {
        let sign = metric.direction == .higherIsBetter ? 1.0 : -1.0
        let scores = map { contestant($0).test[metric].map { $0 * sign } ?? -.infinity }
        return indices.sorted { (scores[$0], -$0) > (scores[$1], -$1) }.map { self[$0] }
    }
}

extension [ContestantResults] {
    /// From best to worst on test; undefined last, equals in their own order.
    public func ranked(by metric: MetricName) -> [ContestantResults] { ranked(by: metric) { $0 } }
}
