import Evaluation
import Labels

/// What decides which of the evaluated models is kept: the loss or a metric on validation, of one task or of each.
public struct BestBy: Equatable, Sendable {
    /// Nil for the default of the kind of labels.
    private let criterion: Selection.Criterion?
    /// The task that decides alone; nil for the mean over all tasks.
    private let task: String?
    /// A criterion of each task's own.
    private let byTask: [String: Selection.Criterion]

    /// - Parameters:
    ///   - criterion: By default F1: micro for multilabel labels, and macro for the others.
    ///   - task: The task that decides alone; by default the mean over all tasks does.
    public init(_ criterion: Selection.Criterion? = nil, task: String? = nil) {
        self.criterion = criterion
        self.task = task
        byTask = [:]
    }

    /// The mean over the tasks that are named, each by its own criterion.
    public init(byTask: [String: Selection.Criterion]) {
        criterion = nil
        task = nil
        self.byTask = byTask
    }

    /// The tasks that it names.
    package var tasks: [String] { (task.map { [$0] } ?? []) + byTask.keys.sorted() }

    /// What decides for this task; nil if another task decides.
    package func selection(of task: String?, _ kind: LabelKind) -> Selection? {
        if let deciding = self.task, deciding != task { return nil }
        if let task, let own = byTask[task] { return Selection(by: own) }
        if !byTask.isEmpty { return nil }
        return Selection(by: criterion ?? .metric(kind == .multilabel ? .f1Micro : .f1Macro))
    }

    /// The value that a mean of scores stands for: of what is better low, the value itself.
    func value(ofScore score: Double, _ selections: [Selection]) -> Double {
        selections.allSatisfy { $0.direction == .lowerIsBetter } ? -score : score
    }
}
