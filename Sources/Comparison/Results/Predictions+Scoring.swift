import Evaluation

extension Predictions {
    /// The same, and what the probabilities are worth if there are any.
    ///
    /// - Parameter isProbabilistic: False for a contestant that decides without probabilities: ranking by zeros and
    ///   ones would measure something else.
    public func scorecard(isProbabilistic: Bool) -> Scorecard {
        Scorecard(
            gold: gold, predicted: predicted, probabilities: isProbabilistic ? probabilities : nil,
            labelSpace: labelSpace)
    }

    /// How well what was decided agrees with the gold labels.
    public var scorecard: Scorecard {
        Scorecard(gold: gold, predicted: predicted, labelSpace: labelSpace)
    }
}
