/// What a row of a binary problem loses by its score.
package enum BinaryLoss: Sendable {
    /// log(1 + exp(-y z)), y = ±1.
    case logistic
    /// max(0, 1 - y z)², y = ±1.
    case squaredHinge

    /// Turns the scores of a tile into residuals, and adds the losses.
    /// - Parameter problems: Those of the pass's models.
    func respond(to tile: ScoreTile, _ problems: [BinaryProblem]) {
        switch self {
        case .logistic where tile.hasLanes:
            BinaryLoss.applyLogisticToLanes(of: tile, problems)
        case .logistic:
            BinaryLoss.apply(to: tile, problems) { z, isPositive, weight in
                (
                    weight * LogisticLoss.value(logit: z, isPositive: isPositive),
                    weight * LogisticLoss.gradient(logit: z, isPositive: isPositive)
                )
            }
        case .squaredHinge where tile.hasLanes:
            BinaryLoss.applySquaredHingeToLanes(of: tile, problems)
        case .squaredHinge:
            BinaryLoss.apply(to: tile, problems) { z, isPositive, weight in
                let sign = isPositive ? 1.0 : -1
                let violation = max(0, 1 - sign * z)
                return (weight * violation * violation, -2 * sign * weight * violation)
            }
        }
    }

    /// - Parameter pointwise: The loss of one row and its derivative by the score.
    @inline(__always)
    private static func apply(
        to tile: ScoreTile, _ problems: [BinaryProblem],
        _ pointwise: (_ z: Double, _ isPositive: Bool, _ weight: Double) -> (loss: Double, residual: Double)
    ) {
        for model in tile.models {
            let weights = problems[model].weights
            var positives = problems[model].positives(in: tile.rows)
            var sum = 0.0
            for row in tile.rows {
                let isPositive = positives.first == row
                if isPositive { positives.removeFirst() }
                let (loss, residual) = pointwise(
                    tile[row, model], isPositive, isPositive ? weights.positive : weights.negative)
                sum += loss
                tile[row, model] = residual
            }
            tile.addLoss(sum, ofModel: model)
        }
    }

    /// The same by vectors, some ten times as fast; in the last bits of a sigmoid it differs. Most rows carry few labels:
    /// all are taken for negative, and the positive ones put right.
    private static func applyLogisticToLanes(of tile: ScoreTile, _ problems: [BinaryProblem]) {
        let positives = problems[tile.models].map { $0.positives(in: tile.rows) }
        for (model, rows) in zip(tile.models, positives) {
            let weights = problems[model].weights
            var difference = 0.0
            for row in rows { difference += weights.lossDifference(logit: tile[row, model]) }
            tile.addLoss(difference, ofModel: model)
        }
        tile.applySigmoid(weights: problems[tile.models].map(\.weights.negative))
        for (model, rows) in zip(tile.models, positives) {
            let weights = problems[model].weights
            for row in rows {
                let probability = tile[row, model] / weights.negative
                tile[row, model] = weights.positive * (probability - 1)
            }
        }
    }

    /// As for the logistic loss: all rows are taken for negative, and the positive ones put right.
    private static func applySquaredHingeToLanes(of tile: ScoreTile, _ problems: [BinaryProblem]) {
        var positives: [(row: Int, model: Int, violation: Double)] = []
        for model in tile.models {
            let weights = problems[model].weights
            var difference = 0.0
            for row in problems[model].positives(in: tile.rows) {
                let z = tile[row, model]
                let (asPositive, asNegative) = (max(0, 1 - z), max(0, 1 + z))
                difference +=
                    weights.positive * asPositive * asPositive - weights.negative * asNegative * asNegative
                positives.append((row, model, asPositive))
            }
            tile.addLoss(difference, ofModel: model)
        }
        tile.applySquaredHinge(weights: problems[tile.models].map(\.weights.negative))
        for (row, model, violation) in positives {
            tile[row, model] = -2 * problems[model].weights.positive * violation
        }
    }
}
