import Labels

/// A way of learning labels from features, with its options. All of them learn linear models.
public enum Learner: Equatable, Sendable {
    case logistic(LogisticOptions)
    case svm(LinearSVMOptions)
    case naiveBayes(NaiveBayesOptions)

    /// Whether what it fits gives probabilities.
    public var isProbabilistic: Bool {
        switch self {
        case .logistic, .naiveBayes: true
        case .svm: false
        }
    }

    /// Whether no feature may be below 0, as counts are not.
    public var needsCounts: Bool {
        switch self {
        case .naiveBayes: true
        case .logistic, .svm: false
        }
    }

    public var classWeight: ClassWeight {
        switch self {
        case .logistic(let options): options.classWeight
        case .svm(let options): options.classWeight
        case .naiveBayes(let options): options.classWeight
        }
    }

    /// Weights of labels by their names, 1 for others.
    public var labelWeights: [String: Double] {
        switch self {
        case .logistic(let options): options.labelWeights
        case .svm(let options): options.labelWeights
        case .naiveBayes(let options): options.labelWeights
        }
    }

    /// - Parameters:
    ///   - X: Shape: [N, D].
    ///   - targets: Labels of the N rows.
    ///   - seed: Decides everything random.
    public func fit(
        _ X: FeatureMatrix, _ targets: Targets, labelSpace: LabelSpace, seed: UInt64
    ) throws(LinearModelError) -> LinearClassifier {
        switch self {
        case .logistic(let options):
            try LogisticRegression.fit(options, to: X, targets, labelSpace: labelSpace, seed: seed)
        case .svm(let options): try LinearSVM.fit(options, to: X, targets, labelSpace: labelSpace)
        case .naiveBayes(let options): try NaiveBayes.fit(options, to: X, targets, labelSpace: labelSpace)
        }
    }

    /// In a few words, for a report.
    public var summary: String {
        let parts: [String?]
        switch self {
        case .logistic(let options) where options.solver == .adamw:
            parts = [
                "linear layer by AdamW", "\(options.adamw.epochs) epochs",
                "learning rate \(options.adamw.learningRate)",
            ]
        case .logistic(let options):
            parts = [
                "\(options.multiClass == .ovr ? "one-vs-rest" : "multinomial") logistic regression",
                options.penalty == .l1 ? "L1 penalty" : nil, "C \(options.C)",
            ]
        case .svm(let options): parts = ["linear SVM", "C \(options.C)"]
        case .naiveBayes(let options):
            parts = ["\(options.variant.rawValue) naive Bayes", "alpha \(options.alpha)"]
        }
        return (parts + [weightsSummary]).compactMap(\.self).joined(separator: ", ")
    }

    /// How rows are weighted; nil where all count the same.
    package var weightsSummary: String? {
        if !labelWeights.isEmpty {
            let sorted = labelWeights.sorted { $0.key < $1.key }
            return "weights " + sorted.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        }
        return classWeight == .none ? nil : "\(classWeight.rawValue) class weights"
    }
}
