import Labels

/// A way of learning labels from features, with its options.
public enum Learner: Equatable, Sendable {
    case logistic(LogisticOptions)
    case svm(LinearSVMOptions)
    case naiveBayes(NaiveBayesOptions)
    case naiveBayesSVM(NaiveBayesSVMOptions)
    case neighbors(NearestNeighborsOptions)
    /// Of sets of labels: a linear learner whose labels read those before them.
    indirect case chain(Learner, ClassifierChainOptions)
    /// Of sets of labels: a linear learner with a threshold for each label.
    indirect case thresholded(Learner, SCutFBROptions)

    /// Whether what it fits gives probabilities.
    public var isProbabilistic: Bool {
        switch self {
        case .logistic, .naiveBayes, .neighbors: true
        case .svm: false
        case .naiveBayesSVM(let options): options.loss == .logistic
        case .chain(let learner, _), .thresholded(let learner, _): learner.isProbabilistic
        }
    }

    /// Whether no feature may be below 0, as counts are not.
    public var needsCounts: Bool {
        switch self {
        case .naiveBayes, .naiveBayesSVM: true
        case .logistic, .svm, .neighbors: false
        case .chain(let learner, _), .thresholded(let learner, _): learner.needsCounts
        }
    }

    public var classWeight: ClassWeight {
        switch self {
        case .logistic(let options): options.classWeight
        case .svm(let options): options.classWeight
        case .naiveBayes(let options): options.classWeight
        case .naiveBayesSVM(let options): options.classWeight
        case .neighbors: .none
        case .chain(let learner, _), .thresholded(let learner, _): learner.classWeight
        }
    }

    /// Weights of labels by their names, 1 for others.
    public var labelWeights: [String: Double] {
        switch self {
        case .logistic(let options): options.labelWeights
        case .svm(let options): options.labelWeights
        case .naiveBayes(let options): options.labelWeights
        case .naiveBayesSVM(let options): options.labelWeights
        case .neighbors: [:]
        case .chain(let learner, _), .thresholded(let learner, _): learner.labelWeights
        }
    }

    /// C of labels by their names; others have the learner's.
    public var labelC: [String: Double] {
        switch self {
        case .logistic(let options): options.labelC
        case .svm(let options): options.labelC
        case .naiveBayesSVM(let options): options.labelC
        case .naiveBayes, .neighbors: [:]
        case .chain(let learner, _), .thresholded(let learner, _): learner.labelC
        }
    }

    /// Throws where there are fewer rows to learn from than it needs.
    package func check(rowCount: Int) throws(LinearModelError) {
        switch self {
        case .logistic, .svm, .naiveBayes, .naiveBayesSVM: break
        case .neighbors(let options): try options.check(rowCount: rowCount)
        case .chain(let learner, _): try learner.check(rowCount: rowCount)
        case .thresholded(let learner, let options):
            try options.check(rowCount: rowCount)
            try learner.check(rowCount: rowCount)
        }
    }

    /// - Parameters:
    ///   - X: Shape: [N, D].
    ///   - targets: Labels of the N rows.
    ///   - seed: Decides everything random.
    public func fit(
        _ X: FeatureMatrix, _ targets: Targets, labelSpace: LabelSpace, seed: UInt64
    ) throws(LinearModelError) -> FittedLearner {
        switch self {
        case .logistic(let options):
            .linear(try LogisticRegression.fit(options, to: X, targets, labelSpace: labelSpace, seed: seed))
        case .svm(let options): .linear(try LinearSVM.fit(options, to: X, targets, labelSpace: labelSpace))
        case .naiveBayes(let options):
            .linear(try NaiveBayes.fit(options, to: X, targets, labelSpace: labelSpace))
        case .naiveBayesSVM(let options):
            .linear(try NaiveBayesSVM.fit(options, to: X, targets, labelSpace: labelSpace))
        case .neighbors(let options):
            .neighbors(try NearestNeighbors.fit(options, to: X, targets, labelSpace: labelSpace))
        case .chain(let learner, let options):
            .chain(
                try ClassifierChain.fit(
                    learner, options, to: X, targets, labelSpace: labelSpace, seed: seed))
        case .thresholded(let learner, let options):
            .linear(
                try ThresholdedFit.fit(learner, options, to: X, targets, labelSpace: labelSpace, seed: seed))
        }
    }

    /// In a few words, for a report.
    public var summary: String { summary(of: nil) }

    /// The same of some labels; nil where they are not known.
    package func summary(of labelSpace: LabelSpace?) -> String {
        let parts: [String?]
        switch self {
        case .logistic(let options) where options.solver == .adamw:
            parts = [
                "linear layer by AdamW",
                options.adamw.epochs == 1 ? "1 epoch" : "\(options.adamw.epochs) epochs",
                "learning rate \(options.adamw.learningRate)",
            ]
        case .logistic(let options):
            parts = [
                "\(options.multiClass == .ovr || labelSpace?.kind == .multilabel ? "one-vs-rest" : "multinomial") logistic regression",
                options.penalty == .l1 ? "L1 penalty" : nil, "C \(options.C)",
            ]
        case .svm(let options): parts = ["linear SVM", "C \(options.C)"]
        case .naiveBayes(let options):
            parts = ["\(options.variant.rawValue) naive Bayes", "alpha \(options.alpha)"]
        case .naiveBayesSVM(let options):
            parts = [
                options.loss == .logistic ? "logistic regression" : "linear SVM",
                "of features scaled by naive Bayes", "C \(options.C)", "beta \(options.beta)",
            ]
        case .neighbors(let options):
            parts = [
                "\(options.neighbors) nearest neighbours", "\(options.metric.rawValue) distance",
                options.weights == .distance ? "votes by distance" : nil,
            ]
        case .chain(let learner, let options): return options.summary(of: learner.summary(of: labelSpace))
        case .thresholded(let learner, let options):
            return options.summary(of: learner.summary(of: labelSpace))
        }
        return (parts + [labelsSummary]).compactMap(\.self).joined(separator: ", ")
    }

    /// What some labels have of their own: C, and the weight of their rows; nil where all have the same.
    package var labelsSummary: String? {
        func listed(_ values: [String: Double]) -> String? {
            if values.isEmpty { return nil }
            return values.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        }
        let parts = [
            listed(labelC).map { "C of \($0)" },
            listed(labelWeights).map { "weights \($0)" }
                ?? (classWeight == .none ? nil : "\(classWeight.rawValue) class weights"),
        ]
        return parts.contains { $0 != nil } ? parts.compactMap(\.self).joined(separator: ", ") : nil
    }
}
