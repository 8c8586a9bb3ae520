import LinearAlgebra

/// The binary problems of one-vs-rest, each label against the others, evaluated together in one pass over X.
package struct OneVsRestObjective: LinearProblems {
    /// One binary problem.
    package struct Problem: Sendable {
        /// The rows that carry the label, ascending.
        let positives: [Int]
        let weights: BinaryWeights
        let objective: LinearObjective
        /// How many positive rows come before each row whose number is a multiple of `stride`.
        private let counts: [Int]
        private static let stride = 64

        init(positives: [Int], weights: BinaryWeights, objective: LinearObjective) {
            self.positives = positives
            var counts: [Int] = []
            for (index, row) in positives.enumerated() {
                while counts.count * Problem.stride <= row { counts.append(index) }
            }
            self.counts = counts
            self.weights = weights
            self.objective = objective
        }

        init(positives: [Int], rowCount: Int, weights: BinaryWeights, options: LogisticOptions) {
            self.init(
                positives: positives, weights: weights,
                objective: LinearObjective(
                    C: options.C, weightSum: weights.sum(positiveCount: positives.count, rowCount: rowCount),
                    fitIntercept: options.fitIntercept))
        }

        /// With the class weights of `options`.
        package init(positives: [Int], rowCount: Int, options: LogisticOptions) {
            let weights = BinaryWeights(
                options.classWeight, positiveCount: positives.count, rowCount: rowCount)
            self.init(positives: positives, rowCount: rowCount, weights: weights, options: options)
        }

        /// Those of the positive rows that lie in `rows`.
        func positives(in rows: Range<Int>) -> ArraySlice<Int> {
            let start = firstIndex(from: rows.lowerBound)
            return positives[start...].prefix { $0 < rows.upperBound }
        }

        /// The index of the first positive row that is not before `row`.
        private func firstIndex(from row: Int) -> Int {
            guard row / Problem.stride < counts.count else { return positives.count }
            var index = counts[row / Problem.stride]
            while index < positives.count && positives[index] < row { index += 1 }
            return index
        }
    }

    /// What a row loses by its score.
    package enum Loss: Sendable {
        /// log(1 + exp(-y z)), y = ±1.
        case logistic
        /// max(0, 1 - y z)², y = ±1.
        case squaredHinge
    }

    let problems: [Problem]
    /// D + 1.
    package let parameterCount: Int
    package var problemCount: Int { problems.count }
    private let loss: Loss
    private let pass: LinearPass

    package init(_ X: SparseMatrix, problems: [Problem], loss: Loss = .logistic) {
        self.problems = problems
        self.loss = loss
        parameterCount = X.columnCount + 1
        pass = LinearPass(X, modelCount: problems.count)
    }

    package func evaluate(
        _ active: [Int], at points: [[Double]],
        receive: @Sendable (_ place: Int, _ value: Double, _ gradient: [Double]) -> Void
    ) {
        let problems = active.map { self.problems[$0] }
        let loss = self.loss
        pass.run(parameters: points) { tile in
            switch loss {
            case .logistic: OneVsRestObjective.applyLogistic(problems, to: tile)
            case .squaredHinge: OneVsRestObjective.applySquaredHinge(problems, to: tile)
            }
        } receive: { model, loss, products in
            let (value, gradient) = problems[model].objective.valueAndGradient(
                at: points[model][...], lossSum: loss, gradientSum: products)
            receive(model, value, gradient)
        }
    }

    // Most rows carry few labels: all are taken for negative, and the positive ones put right.

    private static func applyLogistic(_ problems: [Problem], to tile: ScoreTile) {
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

    private static func applySquaredHinge(_ problems: [Problem], to tile: ScoreTile) {
        for model in tile.models {
            let weights = problems[model].weights
            var positives = problems[model].positives(in: tile.rows)
            var sum = 0.0
            for row in tile.rows {
                let isPositive = positives.first == row
                if isPositive { positives.removeFirst() }
                let (sign, weight) = isPositive ? (1.0, weights.positive) : (-1.0, weights.negative)
                let violation = max(0, 1 - sign * tile[row, model])
                sum += weight * violation * violation
                tile[row, model] = -2 * sign * weight * violation
            }
            tile.addLoss(sum, ofModel: model)
        }
    }
}
