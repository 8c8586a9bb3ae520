import Foundation
import Learners
import LinearAlgebra
import Testing

@Suite struct SigmoidTests {
    /// One column of ones in as many rows as there are scores, each scaled: z = score.
    private func evaluate(_ scores: [Double], weight: Double) -> (loss: Double, residuals: [Double]) {
        let X = SparseMatrix(
            columnCount: scores.count, rowOffsets: Array(0...scores.count),
            columns: scores.indices.map(Int32.init), values: Array(repeating: 1, count: scores.count))
        let results = LanePass(X, modelCount: 1).run(parameters: [scores + [0]]) {
            $0.applySigmoid(weights: [weight])
        }
        return (results[0].loss, Array(results[0].products.dropLast()))
    }

    @Test func agreesWithTheLibraryEverywhere() {
        let far = [-800, -745, -708.5, -100, -37, -1e-300, -0.0, 0, 1e-17, 36, 100, 709, 800]
        let scores = far + (0..<1013).map { Double($0 - 506) * 0.0917 }
        let residuals = evaluate(scores, weight: 1).residuals
        for (z, residual) in zip(scores, residuals) {
            let e = exp(-abs(z))
            let expected = z >= 0 ? 1 / (1 + e) : e / (1 + e)
            // The worst seen is 3.5e-16; below -708 both are 0 for all purposes.
            #expect(abs(residual - expected) <= 1e-15 * expected + 1e-307, "\(z)")
        }
    }

    @Test func lossesDoNotOverflow() {
        for z in [-100.0, -3, -1e-9, 0, 0.5, 7, 100] {
            for weight in [1.0, 0.25] {
                let loss = evaluate(Array(repeating: z, count: 600), weight: weight).loss
                let expected = 600 * weight * (max(z, 0) + log1p(exp(-abs(z))))
                // 2^-52 a row, and rounding of the sum.
                #expect(abs(loss - expected) <= 600 * 2.3e-16 + 1e-14 * expected, "\(z)")
            }
        }
    }
}
