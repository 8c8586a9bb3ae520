import Foundation
import Labels
import Learners
import LinearAlgebra
import SafeFiles

/// A featurizer and a learner put together: every featurizer goes with every learner.
///
/// ```swift
/// let tfidf = TfidfClassifier(learner: .svm(LinearSVMOptions()))
/// let encoder = FeatureClassifier(try EncoderFeaturizer(folder: folder), .logistic(.head))
/// ```
public struct FeatureClassifier<Features: Featurizer>: TextClassifier {
    public var featurizer: Features
    public var learner: Learner

    public init(_ featurizer: Features, _ learner: Learner) {
        self.featurizer = featurizer
        self.learner = learner
    }

    public func check(_ labelSpace: LabelSpace) throws {
        try learner.check(labelSpace)
        if learner.needsCounts && !featurizer.isNonNegative { throw TextClassifierError.featuresBelowZero }
    }

    public func check(_ tasks: [TrainingTask]) throws { try learner.check(tasks) }

    /// Learns features and coefficients from the train part.
    public func fit(
        _ task: TrainingTask, _ context: FitContext
    ) throws -> FittedFeatureClassifier<Features.Fitted> {
        if task.train.texts.isEmpty { throw LinearModelError.noRows }
        let (featurizer, X) = try featurizer.fit(task.train.texts, context)
        let fitted = try fit(X, task.train.targets, task.labelSpace, featurizer, seed: context.seed)
        try fitted.writeLog(context)
        return fitted
    }

    /// The same from features that were made before.
    func fit(
        _ X: FeatureMatrix, _ targets: Targets, _ labelSpace: LabelSpace, _ featurizer: Features.Fitted,
        seed: UInt64
    ) throws(LinearModelError) -> FittedFeatureClassifier<Features.Fitted> {
        var classifier = try learner.fit(X, targets, labelSpace: labelSpace, seed: seed)
        let empty = X.emptyRowCount
        if empty > 0 { classifier.notices.insert(.textsWithoutTerms(count: empty, of: X.rowCount), at: 0) }
        return FittedFeatureClassifier(
            featurizer: featurizer, classifier: classifier,
            summary: featurizer.summary.map { "\($0), \(learner.summary(of: labelSpace))" })
    }
}

/// A featurizer and what was learnt from its features.
public struct FittedFeatureClassifier<Features: FittedFeaturizer>: FittedTextClassifier {
    public let featurizer: Features
    public let classifier: FittedLearner
    /// Nil where it was read back.
    public package(set) var summary: String?
    /// How it was chosen, where it was.
    var searchNotice: String?

    init(featurizer: Features, classifier: FittedLearner, summary: String? = nil) {
        self.featurizer = featurizer
        self.classifier = classifier
        self.summary = summary
    }

    public var labelSpace: LabelSpace { classifier.labelSpace }
    public var isProbabilistic: Bool { classifier.isProbabilistic }

    public var notices: [String] {
        (searchNotice.map { [$0] } ?? []) + featurizer.notices + classifier.notices.map(\.description)
    }

    /// Those of the learner; what the featurizer learnt is not counted.
    public var parameterCount: Int? { classifier.parameterCount }

    public func probabilities(of texts: [String]) throws(Features.Failure) -> Probabilities {
        classifier.probabilities(try featurizer.features(of: texts))
    }

    public func predicting(in precision: Precision) throws -> (any FittedTextClassifier)? {
        try featurizer.reading(in: precision).map {
            var same = FittedFeatureClassifier(featurizer: $0, classifier: classifier, summary: summary)
            same.searchNotice = searchNotice
            return same
        }
    }

    public func save(to folder: URL) throws {
        try featurizer.save(to: folder)
        try classifier.save(to: folder)
    }

    /// Reads what `save` wrote, or versions before 0.3.
    /// - Throws: `FileError`, `LinearModelError.badModel` or `TextClassifierError.notAModel` for files that cannot belong to
    ///   one model of ours.
    public init(from folder: URL, labelSpace: LabelSpace) throws {
        try self.init(featurizer: try Features(from: folder), from: folder)
    }

    /// The same with the featurizer read already.
    package init(featurizer: Features, from folder: URL) throws {
        let classifier = try FittedLearner(from: folder)
        let count = classifier.featureCount
        guard count == featurizer.featureCount else {
            throw TextClassifierError.notAModel(
                path: folder.path,
                reason: "the model is of \(count) features, and there are \(featurizer.featureCount)"
            )
        }
        self.init(featurizer: featurizer, classifier: classifier)
    }

    /// One JSON object for each problem that a solver solved.
    func writeLog(_ context: FitContext) throws {
        guard let file = context.log, !classifier.log.isEmpty else { return }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let lines = try classifier.log.map { String(decoding: try encoder.encode($0), as: UTF8.self) + "\n" }
        try OutputFile.write(lines.joined(), to: file)
    }
}

extension Learner {
    /// Throws for options that these labels have no use for.
    package func check(_ labelSpace: LabelSpace) throws(TextClassifierError) {
        switch self {
        case .chain(let learner, let options):
            if labelSpace.kind != .multilabel { throw .uselessOption("chain", kind: labelSpace.kind) }
            if options.order.places(in: labelSpace, seed: 0) == nil {
                throw .unsuitableLabels(
                    classifier: "chain", found: labelSpace.names,
                    expected: "a list that has each of them once")
            }
            try learner.check(labelSpace)
        case .thresholded(let learner, _):
            if labelSpace.kind != .multilabel {
                throw .uselessOption("thresholds scutfbr", kind: labelSpace.kind)
            }
            try learner.check(labelSpace)
        case .logistic(let options):
            try checkLabelOptions(labelSpace)
            try options.check(labelSpace)
        case .svm, .naiveBayes, .naiveBayesSVM, .neighbors: try checkLabelOptions(labelSpace)
        }
    }

    /// Throws for tasks with fewer rows of train than it needs.
    package func check(_ tasks: [TrainingTask]) throws(LinearModelError) {
        for task in tasks { try check(rowCount: task.train.texts.count) }
    }

    /// Throws for what is said of labels that are not there, or are not fitted one by one.
    private func checkLabelOptions(_ labelSpace: LabelSpace) throws(TextClassifierError) {
        for (key, values) in [("class-weight", labelWeights), ("label-C", labelC)] {
            for label in values.keys.sorted() where !labelSpace.names.contains(label) {
                throw .unsuitableLabels(
                    classifier: key, found: labelSpace.names, expected: "'\(label)' among them")
            }
        }
        if !labelC.isEmpty, labelSpace.kind != .multilabel, labelSpace.count == 2 {
            throw .uselessOption("label-C", kind: labelSpace.kind)
        }
    }
}

extension LogisticOptions {
    fileprivate func check(_ labelSpace: LabelSpace) throws(TextClassifierError) {
        if !labelC.isEmpty, isMultinomial(labelSpace) {
            throw .uselessOption("label-C with multi-class multinomial", kind: labelSpace.kind)
        }
        if solver != .adamw { return }
        if labelSpace.kind == .multilabel, classWeight != .none {
            throw .uselessOption("class-weight with solver adamw", kind: labelSpace.kind)
        }
        if labelSpace.kind != .multilabel, adamw.posWeight != .none {
            throw .uselessOption("pos-weight", kind: labelSpace.kind)
        }
    }
}
