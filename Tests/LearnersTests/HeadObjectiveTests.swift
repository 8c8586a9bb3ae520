import Labels
import Learners
import Testing

private typealias Problem = HeadProblem

/// Objectives and losses of heads against central differences, in double precision.
@Suite struct HeadObjectiveTests {
    private func point(_ count: Int) -> [Double] { (0..<count).map { Problem.uniform($0, 0, 9) - 0.5 } }

    private func objectives(_ options: LogisticOptions) -> [any CurvedProblems] {
        let pass = DensePass(FeatureMatrix(Problem.floats), hasIntercept: options.fitIntercept)
        let positives = (0..<Problem.N).filter { Problem.sets[$0, 3] }
        return [
            BinaryObjective(
                pass, problems: [.init(positives: positives, rowCount: Problem.N, options: options)]),
            SoftmaxObjective(pass, labels: Problem.classes, classCount: 3, options: options),
        ]
    }

    @Test(arguments: [false, true], [false, true]) func derivatives(balanced: Bool, intercept: Bool) {
        var options = LogisticOptions.head
        options.C = 0.7
        options.classWeight = balanced ? .balanced : .none
        options.fitIntercept = intercept
        let width = Problem.H + 1
        for objective in objectives(options) {
            let P = objective.parameterCount
            let w = point(P)
            let gradient = objective.evaluate([0], at: [w])[0].gradient
            let hessian = objective.hessian(of: 0, at: w)
            let step = 1e-5
            for i in 0..<P {
                let isIntercept = i % width == width - 1
                if isIntercept && !intercept { continue }
                var (up, down) = (w, w)
                up[i] += step
                down[i] -= step
                let (above, below) = (
                    objective.evaluate([0], at: [up])[0], objective.evaluate([0], at: [down])[0]
                )
                // Truncation step²/6 f''' and rounding 1e-16/step: both about 1e-10.
                #expect(abs((above.value - below.value) / (2 * step) - gradient[i]) < 2e-9)
                for j in 0..<P {
                    // What pins the intercepts of a softmax is no derivative.
                    let pin =
                        intercept && P > width && isIntercept && j % width == width - 1 ? 1.0 / 3 : 0
                    let slope = (above.gradient[j] - below.gradient[j]) / (2 * step)
                    #expect(abs(slope + pin - hessian[j, i]) < 2e-9)
                }
            }
        }
    }

    private func losses() throws -> [HeadLoss] {
        var balanced = LogisticOptions.head
        balanced.classWeight = .balanced
        balanced.adamw.posWeight = .balanced
        return try [LogisticOptions.head, balanced].flatMap { options in
            [
                try HeadLoss(.classes(Problem.classes), labelCount: 3, options: options),
                try HeadLoss(.sets(Problem.sets), labelCount: Problem.K, options: options),
            ]
        }
    }

    /// Batches of logits of this size, some of either sign.
    private func logits(_ count: Int, size: Double) -> [Double] {
        (0..<count).map { (2 * Problem.uniform($0, 7, 8) - 1) * size }
    }

    @Test(arguments: [3.0, 20.0]) func lossDerivatives(size: Double) throws {
        let rows = [5, 300, 17, 2, 113, 41, 7][...]
        for loss in try losses() {
            let z = logits(rows.count * loss.labelCount, size: size)
            let gradient = loss.valueAndGradient(logits: z, rows: rows).gradient
            let step = 1e-5
            for i in z.indices {
                var (up, down) = (z, z)
                up[i] += step
                down[i] -= step
                let slope =
                    (loss.valueAndGradient(logits: up, rows: rows).value
                        - loss.valueAndGradient(logits: down, rows: rows).value) / (2 * step)
                #expect(abs(slope - gradient[i]) < 1e-8)
            }
        }
    }

    /// At ±100 a loss is the logit's size or next to nothing, and never NaN.
    @Test func extremeLogits() throws {
        let isOn = IndicatorMatrix(labelCount: 2, rows: [[0]])
        let binary = try HeadLoss(.sets(isOn), labelCount: 2, options: LogisticOptions.head)
        let right = binary.valueAndGradient(logits: [100, -100], rows: [0])
        #expect(right.value > 0 && right.value < 1e-43)
        #expect(
            right.gradient[0] < 0 && right.gradient[0] > -1e-43 && right.gradient[1] == -right.gradient[0])
        let wrong = binary.valueAndGradient(logits: [-100, 100], rows: [0])
        #expect(wrong.value == 100 && wrong.gradient == [-0.5, 0.5])

        let softmax = try HeadLoss(.classes([0]), labelCount: 3, options: LogisticOptions.head)
        let bad = softmax.valueAndGradient(logits: [-100, 100, -100], rows: [0])
        #expect(bad.value == 200 && bad.gradient[0] == -1 && bad.gradient[1] == 1)
        let good = softmax.valueAndGradient(logits: [100, -100, -100], rows: [0])
        #expect(good.value >= 0 && good.value < 1e-80)
    }

    /// A head whose logits are ±100 and more gives probabilities that are none but 0...1.
    @Test func objectivesAtExtremeLogits() {
        for objective in objectives(LogisticOptions.head) {
            let w = point(objective.parameterCount).map { $0 * 400 }
            let (value, gradient) = objective.evaluate([0], at: [w])[0]
            #expect(value.isFinite && gradient.allSatisfy(\.isFinite))
            #expect(objective.hessian(of: 0, at: w).values.allSatisfy { $0.isFinite })
        }
    }
}
