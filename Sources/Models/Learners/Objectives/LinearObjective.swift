import LinearAlgebra

/// What a linear model minimises: the weighted mean of the rows' losses plus ‖w‖² / (2 C s), where s is the sum of the weights.
/// That is scikit-learn's C Σ loss + ‖w‖² / 2, divided by C s. The intercept b, last of the parameters, is free, or has
/// a penalty b² / (2 C s t²) with a scaling of t.
struct LinearObjective: Sendable {
    let strength: Double
    let weightSum: Double
    let fitIntercept: Bool
    /// The same for the intercept.
    let interceptStrength: Double

    /// - Parameter interceptScaling: t; nil leaves the intercept free.
    init(C: Double, weightSum: Double, fitIntercept: Bool, interceptScaling: Double? = nil) {
        strength = 1 / (C * weightSum)
        self.weightSum = weightSum
        self.fitIntercept = fitIntercept
        interceptStrength = interceptScaling.map { 1 / (C * weightSum * $0 * $0) } ?? 0
    }

    /// Value and gradient at `parameters`, shape [D + 1], from the sums over rows.
    func valueAndGradient(
        at parameters: ArraySlice<Double>, lossSum: Double, gradientSum: [Double]
    ) -> (value: Double, gradient: [Double]) {
        let (w, b) = (parameters.dropLast(), parameters[parameters.endIndex - 1])
        return (
            lossSum / weightSum + 0.5 * strength * dot(w, w) + 0.5 * interceptStrength * b * b,
            gradient(at: parameters, gradientSum: gradientSum)
        )
    }

    func gradient(at parameters: ArraySlice<Double>, gradientSum: [Double]) -> [Double] {
        let D = gradientSum.count - 1
        let b = parameters[parameters.endIndex - 1]
        var gradient = sum(gradientSum[...], over: weightSum, strength, parameters)
        gradient[D] = fitIntercept ? gradientSum[D] / weightSum + interceptStrength * b : 0
        return gradient
    }

    /// The diagonal of the Hessian from that of the losses' sum.
    /// - Parameter sums: Σ weight curvature x² along each parameter. Shape: [D + 1].
    func curvatures(ofLosses sums: [Double]) -> [Double] {
        var curvatures = sums.map { $0 / weightSum + strength }
        curvatures[sums.count - 1] = sums[sums.count - 1] / weightSum + interceptStrength
        return curvatures
    }
}
