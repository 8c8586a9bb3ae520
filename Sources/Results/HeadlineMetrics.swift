import Evaluation
import Labels

extension MetricName {
    /// The metrics of a ranking table, `first` in front.
    public static func headline(of kind: LabelKind, first: MetricName) -> [MetricName] {
        let usual: [MetricName] =
            switch kind {
            case .binary: [.f1, .f1Macro, .accuracy, .precision, .recall]
            case .multiclass: [.f1Macro, .f1Weighted, .accuracy]
            case .multilabel: [.f1Macro, .f1Micro, .f1Weighted, .f1Samples, .subsetAccuracy]
            }
        return [first] + usual.filter { $0 != first }
    }
}

extension [ContestantResults] {
    /// From best to worst on test; undefined last, equals in their own order.
    public func ranked(by metric: MetricName) -> [ContestantResults] {
        let sign = metric.direction == .higherIsBetter ? 1.0 : -1.0
        return enumerated().sorted { a, b in
            let (x, y) = (a.element.test[metric].map { $0 * sign }, b.element.test[metric].map { $0 * sign })
            return (x ?? -.infinity, -a.offset) > (y ?? -.infinity, -b.offset)
        }.map(\.element)
    }
}
