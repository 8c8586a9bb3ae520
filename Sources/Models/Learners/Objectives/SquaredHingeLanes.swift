import LinearAlgebra

/// The binary problems of labels by the squared hinge loss, side by side in the lanes of passes over all rows.
package struct SquaredHingeLanes: MultipliedProblems {
    private let base: BinaryObjective<LanePass>
    /// How much each row's loss curves along its score where each problem was evaluated last. Shape of each: [N].
    private let curvatures: [AlignedDoubles]

    package init(_ X: SparseMatrix, problems: [BinaryProblem]) {
        base = BinaryObjective(
            LanePass(X, modelCount: problems.count), problems: problems, loss: .squaredHinge)
        curvatures = problems.map { AlignedDoubles(count: $0.rowCount) }
    }

    package var problemCount: Int { base.problemCount }
    /// D + 1.
    package var parameterCount: Int { base.parameterCount }

    package func evaluate(
        _ active: [Int], at points: [[Double]],
        receive: @Sendable (_ place: Int, _ value: Double, _ gradient: [Double]) -> Void
    ) {
        let problems = active.map { (curvatures: curvatures[$0], weights: base.problems[$0].weights) }
        base.evaluate(
            active, at: points,
            see: { tile in
                for model in tile.models {
                    let (curvatures, weights) = problems[model]
                    tile.update(model: model) { row, residual in
                        curvatures.base[row] =
                            residual > 0 ? 2 * weights.negative : residual < 0 ? 2 * weights.positive : 0
                    }
                }
            }, receive: receive)
    }

    package func multiply(
        _ active: [Int], by vectors: [[Double]],
        receive: @Sendable (_ place: Int, _ product: [Double]) -> Void
    ) {
        let curvatures = active.map { self.curvatures[$0] }
        base.pass.run(parameters: vectors) { tile in
            for model in tile.models {
                let curvatures = curvatures[model]
                tile.update(model: model) { row, score in score *= curvatures.base[row] }
            }
        } receive: { model, _, products in
            // The penalty is a square, whose gradient is its Hessian's product.
            let objective = base.problems[active[model]].objective
            receive(
                model,
                objective.valueAndGradient(at: vectors[model][...], lossSum: 0, gradientSum: products)
                    .gradient)
        }
    }
}
