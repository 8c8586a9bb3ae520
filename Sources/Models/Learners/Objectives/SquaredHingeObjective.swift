import LinearAlgebra

/// The binary problems of labels by the squared hinge loss, evaluated together in one pass over sparse features; and products
/// with their Hessians.
///
/// The loss curves within the margin only: there by 2 weight of the row along the row's score, elsewhere by nothing (Keerthi
/// and DeCoste, "A modified finite Newton method for fast solution of large scale linear SVMs", JMLR 6, 2005).
package struct SquaredHingeObjective: LinearProblems {
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

    /// The product of the Hessian of each of some problems, where it was evaluated last, with a vector of its own.
    ///
    /// - Parameters:
    ///   - vectors: Shape: [active][D + 1].
    ///   - receive: As for `evaluate`.
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

    /// The products, in the order of `active`.
    package func multiply(_ active: [Int], by vectors: [[Double]]) -> [[Double]] {
        gathered(active.count) { receive in multiply(active, by: vectors, receive: receive) }
    }
}
