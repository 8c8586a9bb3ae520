import Foundation
import LinearAlgebra
import Testing

/// Steps of AdamW in float32 against the formulas in Double.
struct AdamWStepTests {
    /// Four vectors of sixteen and a rest.
    private static let count = 67
    private static let (rate, decay, scale) = (1e-3, 0.1, 0.5)

    /// Between 0.5 and 2.5, so that no sum over steps cancels.
    private static func gradient(_ step: Int) -> [Float] {
        (1...count).map { Float(1.5 + sin(Double(31 * $0 + 17 * step))) }
    }

    /// The moments and weights after 50 steps, element by element. The largest errors that rounding can be expected to leave
    /// are 8e-7 of the weights and 7e-7 of the second moment; 1 - beta2 in float32 would add 6e-6 and 1.3e-5.
    @Test func fiftyStepsAreThoseInDouble() {
        let count = AdamWStepTests.count
        let (weights, first, second) = (
            FloatBuffer(count: count), FloatBuffer(count: count), FloatBuffer(count: count)
        )
        var (w, m, v) = (
            [Double](repeating: 0, count: count), [Double](repeating: 0, count: count),
            [Double](repeating: 0, count: count)
        )
        let (beta1, beta2) = (0.9, 0.999)
        for t in 1...50 {
            let gradient = AdamWStepTests.gradient(t)
            AdamWStep(
                number: t, learningRate: AdamWStepTests.rate, weightDecay: AdamWStepTests.decay,
                gradientScale: AdamWStepTests.scale
            ).update(
                weights.pointer, gradient: gradient, first: first.pointer, second: second.pointer,
                count: count)
            for i in 0..<count {
                let g = Double(gradient[i]) * AdamWStepTests.scale
                m[i] = beta1 * m[i] + (1 - beta1) * g
                v[i] = beta2 * v[i] + (1 - beta2) * g * g
                let denominator = (v[i] / (1 - pow(beta2, Double(t)))).squareRoot() + 1e-8
                w[i] *= 1 - AdamWStepTests.rate * AdamWStepTests.decay
                w[i] -= AdamWStepTests.rate * m[i] / (1 - pow(beta1, Double(t))) / denominator
            }
        }
        for i in 0..<count {
            for (name, found, expected) in [
                ("weight", weights, w), ("first moment", first, m), ("second moment", second, v),
            ] {
                let error = abs(Double(found.pointer[i]) / expected[i] - 1)
                #expect(error < 2e-6, "\(name) of element \(i)")
            }
        }
    }

    /// A missing gradient is one of zeros, to the bit: moments fade and weights go on.
    @Test func aMissingGradientIsOneOfZeros() {
        let count = AdamWStepTests.count
        let zeros = [Float](repeating: 0, count: count)
        func weights(afterMissing isMissing: Bool) -> [Float] {
            let parts = (0..<3).map { _ in FloatBuffer(count: count) }
            for t in 1...7 {
                let step = AdamWStep(
                    number: t, learningRate: AdamWStepTests.rate, weightDecay: AdamWStepTests.decay)
                let (w, m, v) = (parts[0].pointer, parts[1].pointer, parts[2].pointer)
                if t == 1 {
                    step.update(w, gradient: AdamWStepTests.gradient(1), first: m, second: v, count: count)
                } else if isMissing {
                    step.update(w, gradient: nil, first: m, second: v, count: count)
                } else {
                    step.update(w, gradient: zeros, first: m, second: v, count: count)
                }
            }
            return (0..<count).map { parts[0].pointer[$0] }
        }
        let found = weights(afterMissing: true)
        #expect(found == weights(afterMissing: false))
        // Seven steps in the direction of the first, each shorter than a whole one.
        #expect(found.allSatisfy { $0 < -1e-3 && $0 > -7e-3 })
    }
}
