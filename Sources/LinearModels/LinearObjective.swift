/// What a linear model minimises: the weighted mean of the rows' losses plus ‖w‖² / (2 C s), where s is the sum of the weights.
/// That is scikit-learn's C Σ loss + ‖w‖² / 2, divided by C s. The intercept, last of the parameters, is free.
struct LinearObjective {
    let strength: Double
    let weightSum: Double
    let fitIntercept: Bool

    init(C: Double, weightSum: Double, fitIntercept: Bool) {
        strength = 1 / (C * weightSum)
        self.weightSum = weightSum
        self.fitIntercept = fitIntercept
    }

    /// Value and gradient at `parameters`, shape [D + 1], from the sums over rows.
    func valueAndGradient(
        at parameters: ArraySlice<Double>, lossSum: Double, gradientSum: [Double]
    ) -> (value: Double, gradient: [Double]) {
        let D = gradientSum.count - 1
        let first = parameters.startIndex
        var gradient = gradientSum
        var squares = 0.0
        for d in 0..<D {
            let w = parameters[first + d]
            gradient[d] = gradientSum[d] / weightSum + strength * w
            squares += w * w
        }
        gradient[D] = fitIntercept ? gradientSum[D] / weightSum : 0
        return (lossSum / weightSum + 0.5 * strength * squares, gradient)
    }
}
