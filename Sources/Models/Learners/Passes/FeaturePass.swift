/// One pass over the features X of N rows for several linear models together: Z = [X 1] Wᵀ; a response turns the scores Z
/// into residuals R; then Rᵀ [X 1], from which gradients are made.
///
/// A model's results depend neither on the other models nor on the number of threads.
package protocol FeaturePass: Sendable {
    /// D + 1: the features and the intercept, last.
    var width: Int { get }

    /// - Parameters:
    ///   - parameters: Weights and, last, intercept of each of M models. Shape: [M][D + 1].
    ///   - respond: Turns a tile's scores into residuals and adds to the losses. Called for several tiles at once, in
    ///     no defined order.
    ///   - receive: Takes each model's loss, and its row of Rᵀ [X 1], shape [D + 1]. Called once for each model, possibly
    ///     for several at once.
    func run(
        parameters: [[Double]], respond: @Sendable (ScoreTile) -> Void,
        receive: @Sendable (_ model: Int, _ loss: Double, _ products: [Double]) -> Void)
}

extension FeaturePass {
    /// The losses and products of all models, in their order.
    package func run(
        parameters: [[Double]], respond: @Sendable (ScoreTile) -> Void
    ) -> [(loss: Double, products: [Double])] {
        gathered(parameters.count) { receive in
            run(parameters: parameters, respond: respond) { receive($0, ($1, $2)) }
        }
    }
}
