import Tensors

/// The binary problems of one-vs-rest, each label against the others, evaluated together in one pass over X.
package struct OneVsRestObjective {
    /// One binary problem.
    package struct Problem {
        /// The rows that carry the label, ascending.
        let positives: [Int]
        let weights: BinaryWeights
        let objective: LinearObjective

        package init(positives: [Int], rowCount: Int, options: LogisticOptions) {
            self.positives = positives
            var weights = BinaryWeights()
            let negativeCount = rowCount - positives.count
            if options.classWeight == .balanced {
                weights.positive = Double(rowCount) / Double(2 * positives.count)
                weights.negative = Double(rowCount) / Double(2 * negativeCount)
            }
            self.weights = weights
            let weightSum =
                weights.positive * Double(positives.count) + weights.negative * Double(negativeCount)
            objective = LinearObjective(
                C: options.C, weightSum: weightSum, fitIntercept: options.fitIntercept)
        }

        /// Those of the positive rows that lie in `rows`.
        func positives(in rows: Range<Int>) -> ArraySlice<Int> {
            positives[firstIndex(from: rows.lowerBound)..<firstIndex(from: rows.upperBound)]
        }

        /// The index of the first positive row that is not before `row`.
        private func firstIndex(from row: Int) -> Int {
            var (low, high) = (0, positives.count)
            while low < high {
                let middle = (low + high) / 2
                if positives[middle] < row { low = middle + 1 } else { high = middle }
            }
            return low
        }
    }

    let problems: [Problem]
    private let pass: LinearPass

    package init(_ X: SparseMatrix, problems: [Problem]) {
        self.problems = problems
        pass = LinearPass(X, modelCount: problems.count)
    }

    /// Value and gradient of some of the problems, each at its own point of shape [D + 1].
    ///
    /// - Parameter receive: Called once for each of `active`, by its place there, for several at once.
    package func evaluate(
        _ active: [Int], at points: [[Double]],
        receive: @Sendable (_ place: Int, _ value: Double, _ gradient: [Double]) -> Void
    ) {
        let problems = active.map { self.problems[$0] }
        pass.run(parameters: points) { tile in
            // Most rows carry few labels: take all for negative, then put the positive ones right.
            for model in tile.models {
                let weights = problems[model].weights
                for row in problems[model].positives(in: tile.rows) {
                    tile.addLoss(weights.lossDifference(logit: tile[row, model]), ofModel: model)
                }
            }
            tile.applySigmoid(weights: problems[tile.models].map(\.weights.negative))
            for model in tile.models {
                let weights = problems[model].weights
                for row in problems[model].positives(in: tile.rows) {
                    let probability = tile[row, model] / weights.negative
                    tile[row, model] = weights.positive * (probability - 1)
                }
            }
        } receive: { model, loss, products in
            let (value, gradient) = problems[model].objective.valueAndGradient(
                at: points[model][...], lossSum: loss, gradientSum: products)
            receive(model, value, gradient)
        }
    }
}
