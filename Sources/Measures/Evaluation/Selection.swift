import Labels

/// Which of several candidates is best on validation: by the loss or by a metric, in the direction in which that is better.
///
/// A candidate whose value is undefined is never the best. Where no candidate has a value there is no best: an error,
/// not 0 and not the first.
public struct Selection: Equatable, Sendable {
    public enum Criterion: Equatable, Sendable {
        /// The loss that is trained on, as it is: with class weights, and with label smoothing.
        case loss
        case metric(MetricName)
    }

    public let criterion: Criterion

    public init(by criterion: Criterion) {
        self.criterion = criterion
    }

    public init(by metric: MetricName) {
        self.init(by: .metric(metric))
    }

    /// As messages say it: `loss`, or the metric as an experiment file spells it.
    public var name: String {
        switch criterion {
        case .loss: "loss"
        case .metric(let metric): metric.settingName
        }
    }

    public var direction: MetricName.Direction {
        switch criterion {
        case .loss: .lowerIsBetter
        case .metric(let metric): metric.direction
        }
    }

    /// The value as a score, the higher the better; the value again from such a score.
    public func score(_ value: Double) -> Double { direction.score(value) }

    /// The metric of these predictions, with labels decided at 0.5; nil where it is undefined, or not a number.
    ///
    /// - Parameter loss: The loss of the same rows.
    public func value(
        of probabilities: Probabilities, gold: Targets, labelSpace: LabelSpace, loss: Double? = nil
    ) -> Double? {
        let value =
            switch criterion {
            case .loss: loss
            case .metric(let metric):
                Scorecard(
                    gold: gold, predicted: probabilities.decisions(kind: labelSpace.kind),
                    probabilities: metric.needsProbabilities ? probabilities : nil, labelSpace: labelSpace)[
                        metric]
            }
        return value.flatMap { $0.isFinite ? $0 : nil }
    }

    /// The place of the best candidate, of equals the first.
    /// - Throws: `.neverDefined` if none has a value.
    public func best(of values: [Double?]) throws(SelectionError) -> Int {
        var best: (index: Int, score: Double)?
        for (index, value) in values.enumerated() {
            guard let value, value.isFinite else { continue }
            if score(value) > best?.score ?? -.infinity { best = (index, score(value)) }
        }
        guard let best else { throw .neverDefined(name: name, candidates: values.count) }
        return best.index
    }

    /// - Throws: `.undefined` if the metric has no value on these rows whatever is predicted, such as a ROC AUC where all
    ///   rows have one class.
    public func check(gold: Targets, labelSpace: LabelSpace) throws(SelectionError) {
        guard case .metric(let metric) = criterion else { return }
        let gold01 = gold.indicators(labelCount: labelSpace.count)
        let perfect = Probabilities(labelCount: labelSpace.count, values: gold01.values.map { $0 ? 1 : 0 })
        if value(of: perfect, gold: gold, labelSpace: labelSpace) == nil {
            throw .undefined(metric, rows: gold.count)
        }
    }
}

/// Why nothing can be chosen.
public enum SelectionError: Error, Equatable, Sendable {
    /// The metric has no value on the rows of validation, whatever is predicted.
    case undefined(MetricName, rows: Int)
    /// No candidate has a value.
    case neverDefined(name: String, candidates: Int)
}

extension SelectionError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .undefined(let metric, let rows):
            "\(metric.settingName) is undefined on the \(rows) rows of validation, whatever is predicted "
                + "(\(metric)); choose another metric or another validation part"
        case .neverDefined(let name, let candidates):
            "\(name) on validation was undefined for each of \(candidates) candidates, so none is the best; "
                + "choose another metric"
        }
    }
}
