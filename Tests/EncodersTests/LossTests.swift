import Encoders
import Foundation
import Labels
import LinearAlgebra
import TestSupport
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

    /// Focal and asymmetric losses against PyTorch (Tests/Oracles/Encoders/make_losses.py), at ordinary logits and at +-100.
    @Test func focusedLossesAreThoseOfPyTorch() throws {
        let golden = try JSONDecoder().decode(
            FocusedLosses.self, from: Data(contentsOf: oracle("Encoders/losses.json")))
        #expect(golden.cases.count == 32 && golden.cases.contains { $0.scale == 100 })
        for item in golden.cases {
            let (loss, targets) = (try #require(item.function), try #require(item.targets))
            let found = value(loss, item.logits, targets, item.labels)
            #expect(abs(found - item.value) <= 1e-12 * max(1, abs(item.value)), "\(loss)")
            // What knows no text loses no less than the best constant, found by scipy.
            #expect(abs(loss.bestConstant(targets) - item.constant) <= 1e-7, "\(loss)")
            let slopes = gradient(loss, item.logits, targets, item.labels)
            #expect(slopes.count == item.gradient.count)
            // The gradient is float32, of 24 bits.
            for (a, b) in zip(slopes, item.gradient) {
                #expect(abs(Double(a) - b) <= 0x1p-23 * abs(b) + 1e-13, "\(loss)")
            }
        }
    }

    /// At gamma 0 and without a shift, each is cross-entropy.
    @Test func withoutFocusTheyAreCrossEntropy() {
        let z = [0.5, -1.25, 2, 0.125, 3, -0.75]
        let (classes, weights) = (Targets.classes([1, 2]), [1.0, 2, 0.5])
        let sets = Targets.sets(IndicatorMatrix(labelCount: 3, rows: [[0, 2], []]))
        var unfocused = AsymmetricFocusing()
        (unfocused.gammaNegative, unfocused.gammaPositive, unfocused.clip) = (0, 0, 0)
        for (loss, plain, targets) in [
            (
                ClassificationLoss.focal(classWeights: weights, gamma: 0),
                ClassificationLoss.crossEntropy(classWeights: weights, smoothing: 0), classes
            ),
            (
                .binaryFocal(positiveWeights: weights, gamma: 0),
                .binaryCrossEntropy(positiveWeights: weights), sets
            ),
            (.asymmetric(unfocused), .binaryCrossEntropy(positiveWeights: [1, 1, 1]), sets),
        ] {
            #expect(abs(value(loss, z, targets, 3) - value(plain, z, targets, 3)) < 1e-12)
            for (a, b) in zip(gradient(loss, z, targets, 3), gradient(plain, z, targets, 3)) {
                #expect(abs(a - b) < 1e-7)
            }
        }
    }

    @Test func theBestConstantOfCrossEntropy() {
        let loss = ClassificationLoss.crossEntropy(classWeights: [1, 1], smoothing: 0)
        // A quarter of the rows: the entropy.
        let quarter = -(0.25 * log(0.25) + 0.75 * log(0.75))
        #expect(abs(loss.bestConstant(.classes([0, 1, 1, 1])) - quarter) < 1e-12)
        #expect(loss.bestConstant(.classes([1, 1, 1])) == 0)
        // Weights of 3 and 1 make both classes as frequent.
        let weighted = ClassificationLoss.crossEntropy(classWeights: [3, 1], smoothing: 0)
        #expect(abs(weighted.bestConstant(.classes([0, 1, 1, 1])) - log(2)) < 1e-12)
        // Smoothing by 0.2 makes 0.9 and 0.1 of the one class.
        let smooth = ClassificationLoss.crossEntropy(classWeights: [1, 1], smoothing: 0.2)
        let spread = -(0.9 * log(0.9) + 0.1 * log(0.1))
        #expect(abs(smooth.bestConstant(.classes([1, 1])) - spread) < 1e-12)
        let binary = ClassificationLoss.binaryCrossEntropy(positiveWeights: [1, 3, 1])
        let sets = Targets.sets(IndicatorMatrix(labelCount: 3, rows: [[0, 1], [], [], []]))
        // Of the second label: 3 of weight on each side, over 4 rows; the third is nowhere.
        #expect(abs(binary.bestConstant(sets) - (quarter + 6 * log(2) / 4) / 3) < 1e-9)
        #expect(
            ClassificationLoss.focal(classWeights: [1, 1], gamma: 2).bestConstant(.classes([1, 1])) == 0)
    }

    /// No logit of a float makes a loss or a gradient that is not finite.
    @Test func focusedLossesAreFiniteAtAnyLogit() {
        let z = [3e38, -3e38, 1000, -1000, 0, 88]
        let sets = Targets.sets(IndicatorMatrix(labelCount: 2, rows: [[0], [0, 1], [1]]))
        for gamma in [0, 0.5, 1, 4.0] {
            for clip in [0, 0.05] {
                var focusing = AsymmetricFocusing()
                (focusing.gammaNegative, focusing.gammaPositive, focusing.clip) = (gamma, gamma, clip)
                for loss in [
                    ClassificationLoss.asymmetric(focusing),
                    .binaryFocal(positiveWeights: [1, 2], gamma: gamma),
                ] {
                    #expect(value(loss, z, sets, 2).isFinite, "\(loss)")
                    #expect(gradient(loss, z, sets, 2).allSatisfy { $0.isFinite }, "\(loss)")
                }
            }
            for classes in [[0, 0, 0], [1, 1, 1]] {
                let loss = ClassificationLoss.focal(classWeights: [1, 2], gamma: gamma)
                #expect(value(loss, z, .classes(classes), 2).isFinite, "\(loss)")
                #expect(gradient(loss, z, .classes(classes), 2).allSatisfy { $0.isFinite }, "\(loss)")
            }
        }
    }
}

/// Tests/Oracles/Encoders/losses.json.
private struct FocusedLosses: Decodable {
    struct Case: Decodable {
        let loss: String
        let labels, scale: Int
        let logits, gradient: [Double]
        let value, constant: Double
        let gamma, gammaNegative, gammaPositive, clip: Double?
        let weights: [Double]?
        let classes: [Int]?
        let sets: [[Int]]?

        var targets: Targets? {
            classes.map { .classes($0) }
                ?? sets.map { .sets(IndicatorMatrix(labelCount: labels, rows: $0)) }
        }

        var function: ClassificationLoss? {
            switch (loss, gamma, weights) {
            case ("focal", .some(let gamma), .some(let weights)):
                return .focal(classWeights: weights, gamma: gamma)
            case ("binary-focal", .some(let gamma), .some(let weights)):
                return .binaryFocal(positiveWeights: weights, gamma: gamma)
            case ("asymmetric", nil, nil):
                guard let gammaNegative, let gammaPositive, let clip else { return nil }
                var focusing = AsymmetricFocusing()
                (focusing.gammaNegative, focusing.gammaPositive, focusing.clip) = (
                    gammaNegative, gammaPositive, clip
                )
                return .asymmetric(focusing)
            default: return nil
            }
        }
    }

    let cases: [Case]
}
