import Evaluation

extension Predictions {
    /// How well what was decided agrees with the gold labels.
    public var scorecard: Scorecard {
        Scorecard(gold: gold, predicted: predicted, labelSpace: labelSpace)
    }
}
