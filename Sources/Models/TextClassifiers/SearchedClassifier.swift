import DeterministicWork
import Evaluation
import Labels
import Learners

/// Several featurizers and learners, of which validation chooses one.
public struct SearchedClassifier<Features: Featurizer>: TextClassifier {
    public let featurizers: [Features]
    public let candidates: [SearchCandidate]
    public let selection: Selection

    /// - Precondition: There is a candidate, and every candidate's featurizer is there.
    public init(featurizers: [Features], candidates: [SearchCandidate], selection: Selection) {
        precondition(
            !candidates.isEmpty && candidates.allSatisfy { featurizers.indices.contains($0.featurizer) })
        self.featurizers = featurizers
        self.candidates = candidates
        self.selection = selection
    }

    private func classifier(_ candidate: SearchCandidate) -> FeatureClassifier<Features> {
        FeatureClassifier(featurizers[candidate.featurizer], candidate.learner)
    }

    public func check(_ labelSpace: LabelSpace) throws {
        for candidate in candidates { try classifier(candidate).check(labelSpace) }
        try selection.check(candidates.map(\.learner), labelSpace)
    }

    public func check(_ tasks: [TrainingTask]) throws {
        try selection.check(tasks)
        for candidate in candidates { try candidate.learner.check(tasks) }
    }

    /// Fits every candidate to train and keeps the one that scores best on validation, the first of equals. A notice says how
    /// all did.
    public func fit(
        _ task: TrainingTask, _ context: FitContext
    ) throws -> FittedFeatureClassifier<Features.Fitted> {
        guard let validation = task.validation else { throw TextClassifierError.noValidation }
        if task.train.texts.isEmpty { throw LinearModelError.noRows }
        let views = try featurizers.map { featurizer in
            let (fitted, X) = try featurizer.fit(task.train.texts, context)
            return View(featurizer: fitted, X: X, Z: try fitted.features(of: validation.texts))
        }
        let results = parallelMap(candidates.count, blockSize: 1) { index in
            Result { () throws(LinearModelError) in
                let view = views[candidates[index].featurizer]
                let model = try classifier(candidates[index]).fit(
                    view.X, task.train.targets, task.labelSpace, view.featurizer, seed: context.seed)
                let score = selection.value(
                    of: model.classifier.probabilities(view.Z), gold: validation.targets,
                    labelSpace: task.labelSpace)
                return (model: model, score: score)
            }
        }
        let fitted = try results.map { try $0.get() }
        let best = try selection.best(of: fitted.map(\.score))
        let list = zip(candidates, fitted).map { "\($0.name): \($1.score.map(fourDecimals) ?? "n/a")" }
        var model = fitted[best].model
        model.searchNotice =
            "chosen on validation by \(selection.name): \(candidates[best].name) (\(list.joined(separator: "; ")))"
        try model.writeLog(context)
        return model
    }

    /// Texts as one featurizer sees them.
    private struct View: Sendable {
        let featurizer: Features.Fitted
        /// Train. Shape: [N, D].
        let X: FeatureMatrix
        /// Validation.
        let Z: FeatureMatrix
    }
}

extension Selection {
    /// Throws if the metric is none of these labels, or one of probabilities where a learner decides without.
    package func check(_ learners: [Learner], _ labelSpace: LabelSpace) throws(TextClassifierError) {
        guard case .metric(let metric) = criterion else { return }
        if !metric.applies(to: labelSpace) {
            throw .unsuitableLabels(
                classifier: "search by \(metric.settingName)", found: labelSpace.names,
                expected: "labels that have this metric; \(labelSpace.kind.rawValue) ones do not")
        }
        if metric.needsProbabilities, learners.contains(where: { !$0.isProbabilistic }) {
            throw .noProbabilities(metric: metric.settingName)
        }
    }

    /// Throws for a task without validation, or with one on which the metric has no value whatever is predicted.
    package func check(_ tasks: [TrainingTask]) throws {
        for task in tasks {
            guard let validation = task.validation else { throw TextClassifierError.noValidation }
            try check(gold: validation.targets, labelSpace: task.labelSpace)
        }
    }
}
