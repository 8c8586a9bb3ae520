import Labels
import Learners

/// A way of learning to label texts, with its options, not yet fitted.
///
/// It knows texts and labels, and nothing of experiment files, runs and reports. Whoever conforms to it says what it learns
/// from the texts of a task; `FittedTextClassifier` is what comes of that. `checkConformance` tells whether the two keep what
/// they promise.
public protocol TextClassifier: Sendable {
    associatedtype Fitted: FittedTextClassifier

    /// Throws if it cannot work with these labels, such as a lexicon of sentiments with labels that are none. By default any
    /// will do.
    func check(_ labelSpace: LabelSpace) throws

    /// Throws if it cannot be fitted on these tasks, such as one that chooses on validation where there is none. By default
    /// any will do.
    func check(_ tasks: [TrainingTask]) throws

    /// Fits on the train part; validation may only choose among what train gave.
    /// - Throws: `RunStopped` if the context asks to stop.
    func fit(_ task: TrainingTask, _ context: FitContext) throws -> Fitted

    /// Fits on several tasks, which may share what is learnt; by default each is fitted by itself, with a work folder and a
    /// log of its own.
    /// - Returns: One for each task, in order.
    func fit(_ tasks: [TrainingTask], _ context: FitContext) throws -> [Fitted]
}

extension TextClassifier {
    public func check(_ labelSpace: LabelSpace) throws {}

    public func check(_ tasks: [TrainingTask]) throws {}

    public func fit(_ tasks: [TrainingTask], _ context: FitContext) throws -> [Fitted] {
        try tasks.map { try fit($0, context.alone(task: $0.name)) }
    }

    /// Fits on texts with their labels, after a look at whether these will do.
    ///
    /// ```swift
    /// let labels = try LabelSpace(kind: .binary, names: ["ham", "spam"])
    /// let model = try FeatureClassifier().fit(texts, .classes([0, 1, 1]), labelSpace: labels)
    /// ```
    public func fit(
        _ texts: [String], _ targets: Targets, labelSpace: LabelSpace, validation: Examples? = nil,
        context: FitContext = FitContext()
    ) throws -> Fitted {
        if texts.count != targets.count {
            throw LinearModelError.rowCountsDiffer(texts: texts.count, targets: targets.count)
        }
        let task = TrainingTask(
            labelSpace: labelSpace, train: Examples(texts: texts, targets: targets), validation: validation)
        try check(labelSpace)
        try check([task])
        return try fit(task, context)
    }
}
