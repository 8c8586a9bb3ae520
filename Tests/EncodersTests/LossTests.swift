import Encoders
import Foundation
import Labels
import LinearAlgebra
import Testing

/// Losses at ordinary and at extreme logits: the value by its formula in Double, the gradient by central differences.
@Suite struct LossTests {
    private func value(_ loss: ClassificationLoss, _ z: [Double], _ targets: Targets, _ K: Int) -> Double {
        loss.value(Logits(labelCount: K, values: z), targets)
    }

    private func gradient(_ loss: ClassificationLoss, _ z: [Double], _ targets: Targets, _ K: Int) -> [Float]
    {
        let (x, d) = (FloatBuffer(z.map { Float($0) }), FloatBuffer(count: z.count))
        return withExtendedLifetime((x, d)) {
            _ = loss.value(
                FloatRows(x.pointer, rows: z.count / K, columns: K, stride: K), targets,
                gradient: FloatRows(d.pointer, rows: z.count / K, columns: K, stride: K))
            return Array(d.values)
        }
    }

    @Test func atOrdinaryLogits() {
        let z = [0.5, -1.25, 2, 0.125, 3, -0.75]
        let weighted = ClassificationLoss.crossEntropy(classWeights: [1, 2, 0.5], smoothing: 0.2)
        let classes = Targets.classes([1, 2])
        // By hand: t = 0.8 w[y] at y, plus 0.2 w / 3 everywhere; divided by w[1] + w[2] = 2.5.
        var expected = 0.0
        for (row, label) in [1, 2].enumerated() {
            let logits = z[row * 3..<row * 3 + 3]
            let logSum = log(logits.reduce(0) { $0 + exp($1) })
            for (k, weight) in [1.0, 2, 0.5].enumerated() {
                let share = (k == label ? 0.8 * weight : 0) + 0.2 * weight / 3
                expected += share * (logSum - logits[row * 3 + k]) / 2.5
            }
        }
        #expect(abs(value(weighted, z, classes, 3) - expected) < 1e-12)
        let sets = Targets.sets(IndicatorMatrix(labelCount: 3, rows: [[0, 2], []]))
        let binary = ClassificationLoss.binaryCrossEntropy(positiveWeights: [3, 1, 2])
        for (loss, targets) in [(weighted, classes), (binary, sets)] {
            for (i, found) in gradient(loss, z, targets, 3).enumerated() {
                let h = 0x1p-10
                var (up, down) = (z, z)
                up[i] += h
                down[i] -= h
                let slope = (value(loss, up, targets, 3) - value(loss, down, targets, 3)) / (2 * h)
                #expect(abs(Double(found) - slope) < 1e-6)
            }
        }
    }

    @Test func atExtremeLogits() {
        let z = [100.0, -100, -100, 100]
        let cross = ClassificationLoss.crossEntropy(classWeights: [1, 1], smoothing: 0)
        #expect(value(cross, z, .classes([1, 0]), 2) == 200)
        #expect(gradient(cross, z, .classes([1, 0]), 2) == [0.5, -0.5, -0.5, 0.5])
        #expect(value(cross, z, .classes([0, 1]), 2) == 0)
        let binary = ClassificationLoss.binaryCrossEntropy(positiveWeights: [2, 1])
        let wrong = Targets.sets(IndicatorMatrix(labelCount: 2, rows: [[1], [0]]))
        #expect(value(binary, z, wrong, 2) == (100 + 100 + 200 + 100) / 4)
        #expect(gradient(binary, z, wrong, 2) == [0.25, -0.25, -0.5, 0.25])
    }
}
