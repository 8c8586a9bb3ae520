import Labels
import Learners
import LinearAlgebra

// What learns takes features of any storage; tests hand over matrices as they have them.

extension LogisticRegression {
    static func fit(
        _ options: LogisticOptions, to X: SparseMatrix, _ targets: Targets, labelSpace: LabelSpace
    ) throws -> LinearClassifier {
        try fit(options, to: FeatureMatrix(X), targets, labelSpace: labelSpace)
    }

    static func fit(
        _ options: LogisticOptions, to X: Matrix<Float>, _ targets: Targets, labelSpace: LabelSpace,
        seed: UInt64 = 0
    ) throws -> LinearClassifier {
        try fit(options, to: FeatureMatrix(X), targets, labelSpace: labelSpace, seed: seed)
    }

    static func fit(
        _ options: LogisticOptions, to X: Matrix<Double>, _ targets: Targets, labelSpace: LabelSpace
    ) throws -> LinearClassifier {
        try fit(options, to: FeatureMatrix(X), targets, labelSpace: labelSpace)
    }
}

extension LinearClassifier {
    func probabilities(_ X: SparseMatrix) -> Probabilities { probabilities(FeatureMatrix(X)) }
    func probabilities(_ X: Matrix<Float>) -> Probabilities { probabilities(FeatureMatrix(X)) }
    func probabilities(_ X: Matrix<Double>) -> Probabilities { probabilities(FeatureMatrix(X)) }
    func logits(_ X: SparseMatrix) -> Logits { logits(FeatureMatrix(X)) }
}

extension BinaryProblem {
    /// With the class weights of `options`.
    init(positives: [Int], rowCount: Int, options: LogisticOptions) {
        self.init(
            positives: positives, rowCount: rowCount,
            weights: BinaryWeights(options.classWeight, positiveCount: positives.count, rowCount: rowCount),
            C: options.C, fitIntercept: options.fitIntercept)
    }
}

extension SoftmaxObjective {
    /// With the class weights of `options`.
    init(_ pass: Pass, labels: [Int], classCount: Int, options: LogisticOptions) {
        let counts = labels.reduce(into: Array(repeating: 0, count: classCount)) { $0[$1] += 1 }
        self.init(
            pass, labels: labels, weights: options.classWeight.weights(ofCounts: counts), options: options)
    }
}

extension HeadLoss {
    /// Of labels that are called by their numbers.
    init(_ targets: Targets, labelCount: Int, options: LogisticOptions) throws {
        self.init(
            targets, labelSpace: try LabelSpace(kind: .multilabel, names: (0..<labelCount).map { "\($0)" }),
            options: options)
    }
}
