import Labels
import Learners
import LinearAlgebra
import TestSupport
import Testing

private typealias Problem = HeadProblem

@Suite struct HeadTrainerTests {
    private func options() -> LogisticOptions {
        var options = LogisticOptions.head
        options.solver = .adamw
        options.adamw.learningRate = 0.01
        options.adamw.weightDecay = 0.05
        options.adamw.batchSize = 19
        return options
    }

    /// The weights after each of four epochs are PyTorch's, from its first weights and in its order of rows.
    @Test(arguments: [false, true]) func agreesWithPyTorch(balanced: Bool) throws {
        let expected = try golden("heads/adamw.json", as: [String: [[Double]]].self)
        var options = options()
        options.classWeight = balanced ? .balanced : .none
        options.adamw.posWeight = balanced ? .balanced : .none
        let cases = [
            ("cross-entropy", Targets.classes(Problem.classes), 3),
            ("bce", Targets.sets(Problem.sets), Problem.K),
        ]
        for (name, targets, K) in cases {
            let loss = try HeadLoss(targets, labelCount: K, options: options)
            let initial = Matrix<Double>(
                rowCount: K, columnCount: Problem.H + 1,
                values: (0..<K * (Problem.H + 1)).map { index in
                    (Problem.uniform(index / (Problem.H + 1), index % (Problem.H + 1), 5) - 0.5) / 4
                })
            let trajectory = try #require(expected[balanced ? name + "-balanced" : name])
            for (last, weights) in trajectory.enumerated() {
                options.adamw.epochs = last + 1
                let trainer = HeadTrainer(
                    FeatureMatrix(Problem.floats), loss: loss, options: options.adamw)
                let W = try trainer.train(from: initial) { epoch in
                    (0..<Problem.N).map { ($0 * (17 + epoch) + epoch) % Problem.N }
                }
                // Both in double precision; the largest difference seen is 2.5e-16.
                #expect(largestDifference(W.values, weights) < 1e-13, "\(name), epoch \(last)")
            }
        }
    }

    @Test func theSeedDecidesEverything() throws {
        func fit(seed: UInt64 = 0) throws -> LinearClassifier {
            try LogisticRegression.fit(
                options(), to: Problem.floats, .classes(Problem.binary), labelSpace: Problem.binarySpace(),
                seed: seed)
        }
        let head = try fit()
        #expect(try fit().coefficients == head.coefficients)
        #expect(try fit(seed: 1).coefficients != head.coefficients)
        let probabilities = head.probabilities(Problem.X)
        #expect(probabilities.labelCount == 2 && head.intercepts.count == 2)
        let correct = (0..<Problem.N).count {
            (probabilities[$0, 1] > 0.5) == (Problem.binary[$0] == 1)
        }
        #expect(correct > Problem.N * 9 / 10)
    }

    @Test func firstWeightsAreThoseOfALinearLayer() throws {
        var adamw = AdamWOptions()
        let loss = try HeadLoss(.sets(Problem.sets), labelCount: Problem.K, options: LogisticOptions.head)
        let X = FeatureMatrix(Problem.floats)
        let bound = 1 / Double(Problem.H).squareRoot()
        let W = HeadTrainer(X, loss: loss, options: adamw).initialWeights()
        #expect(W.values.allSatisfy { abs($0) <= bound } && W.values.contains { abs($0) > 0.9 * bound })
        adamw.initialization = .zero
        #expect(HeadTrainer(X, loss: loss, options: adamw).initialWeights().values.allSatisfy { $0 == 0 })
    }

    @Test func everyEpochSeesEveryRowOnce() throws {
        let loss = try HeadLoss(.sets(Problem.sets), labelCount: Problem.K, options: LogisticOptions.head)
        let trainer = HeadTrainer(FeatureMatrix(Problem.floats), loss: loss, options: AdamWOptions())
        #expect(trainer.order(ofEpoch: 0).sorted() == Array(0..<Problem.N))
        #expect(trainer.order(ofEpoch: 0) != trainer.order(ofEpoch: 1))
    }

    @Test func weightsOfPositives() throws {
        var options = LogisticOptions.head
        func weights() throws -> [Double]? {
            guard
                case .binaryCrossEntropy(_, let weights) = try HeadLoss(
                    .sets(IndicatorMatrix(labelCount: 2, rows: [[0], [], [], []])), labelCount: 2,
                    options: options)
            else { return nil }
            return weights
        }
        #expect(try weights() == [1, 1])
        options.adamw.posWeight = .balanced
        #expect(try weights() == [3, 1])
        options.adamw.posWeight = .number(2.5)
        #expect(try weights() == [2.5, 2.5])
    }
}
