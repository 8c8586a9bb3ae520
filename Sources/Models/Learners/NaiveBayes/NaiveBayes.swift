import DeterministicWork
import Foundation
import Labels
import LinearAlgebra

/// How naive Bayes is fitted: names, defaults and meaning of scikit-learn's `MultinomialNB` and `ComplementNB`.
public struct NaiveBayesOptions: Equatable, Sendable {
    public enum Variant: String, Sendable, CaseIterable {
        case multinomial
        /// Each class by what the others hold (Rennie et al. 2003): for classes of unequal size.
        case complement
    }

    public var variant: Variant = .multinomial
    /// Added to each term's count in each class.
    public var alpha = 1.0
    /// Take classes for as frequent as in training, else all alike. The complement variant looks at neither.
    public var fitPrior = true
    /// Divide the complement variant's weights of a class by their sum.
    public var norm = false
    /// As `sample_weight=compute_sample_weight("balanced", y)` in scikit-learn's `fit`: what the terms of a row count,
    /// and the row itself in the classes' shares.
    public var classWeight: ClassWeight = .none
    /// As for logistic regression.
    public var labelWeights: [String: Double] = [:]

    public init() {}
}

/// Naive Bayes of terms' counts or TF-IDF values; linear in them.
///
/// Multilabel tasks have one binary problem a label, as in a `OneVsRestClassifier`.
public enum NaiveBayes {
    /// - Parameters:
    ///   - features: Not negative, such as counts. Shape: [N, D].
    ///   - targets: Labels of the N rows.
    public static func fit(
        _ options: NaiveBayesOptions, to features: FeatureMatrix, _ targets: Targets, labelSpace: LabelSpace
    ) throws(LinearModelError) -> LinearClassifier {
        try features.checkCounts(targets.count)
        let X = features.nonZeros
        let D = X.columnCount
        if case .classes(let classes) = targets, labelSpace.count > 2 {
            let present = PresentClasses(classes, labelSpace)
            let sums = ClassSums(
                X, classes: present.places, counts: present.counts,
                weights: present.weights(options.classWeight, own: options.labelWeights))
            return present.classifier(sums.parameters(options).flatMap { $0 }, columnCount: D)
        }
        let labels = LabelRows(targets, labelSpace)
        let learnable = labels.learnable
        let models = parallelMap(learnable.count, blockSize: 1) { index in
            let label = learnable[index]
            var classes = Array(repeating: 0, count: X.rowCount)
            for row in labels.rows[label] { classes[row] = 1 }
            let positive = labels.rows[label].count
            let weights = labels.weights(of: label, options.classWeight, own: options.labelWeights)
            let sums = ClassSums(
                X, classes: classes, counts: [X.rowCount - positive, positive],
                weights: [weights.negative, weights.positive])
            let parameters = sums.parameters(options)
            return sum(parameters[1], -1, parameters[0])
        }
        return labels.classifier(models, columnCount: D)
    }
}

/// How much of each term each class holds.
private struct ClassSums {
    /// What the rows of each class count together. Shape: [K].
    let counts: [Double]
    /// Shape: [K][D].
    private let sums: [[Double]]

    /// - Parameter weights: What a row of each class counts. Shape: [K].
    init(_ X: SparseMatrix, classes: [Int], counts: [Int], weights: [Double]) {
        self.counts = zip(counts, weights).map { Double($0) * $1 }
        let D = X.columnCount
        var all = [Double](repeating: 0, count: counts.count * D)
        all.withUnsafeMutableBufferPointer { all in
            for row in 0..<X.rowCount {
                let (first, weight) = (classes[row] * D, weights[classes[row]])
                for i in X.rowOffsets[row]..<X.rowOffsets[row + 1] {
                    all[first + Int(X.columns[i])] += weight * X.values[i]
                }
            }
        }
        sums = counts.indices.map { Array(all[$0 * D..<($0 + 1) * D]) }
    }

    /// Coefficients and, last, intercept of each class. Shape: [K][D + 1].
    func parameters(_ options: NaiveBayesOptions) -> [[Double]] {
        switch options.variant {
        case .multinomial:
            let rowCount = counts.reduce(0, +)
            return zip(sums, counts).map { sum, count in
                let share = options.fitPrior ? count / rowCount : 1 / Double(counts.count)
                return ClassSums.logShares(sum.map { $0 + options.alpha }) + [log(share)]
            }
        case .complement:
            let all = sums[0].indices.map { d in sums.reduce(0) { $0 + $1[d] } }
            return sums.map { sum in
                let logs = ClassSums.logShares(zip(all, sum).map { $0 + options.alpha - $1 })
                let total = options.norm ? logs.reduce(0, +) : -1
                return logs.map { $0 / total } + [0]
            }
        }
    }

    private static func logShares(_ values: [Double]) -> [Double] {
        let total = values.reduce(0, +)
        return values.map { log($0 / total) }
    }
}
