import Evaluation
import Labels
import SettingKeys

/// What decides which of the evaluated models is kept: a metric on validation, of one task or of each.
struct BestBy: Equatable, Sendable {
    /// Nil: the usual one for the kind of labels.
    private var criterion: Selection.Criterion?
    /// The task that decides alone; nil: the mean over all tasks.
    private var task: String?
    /// A criterion of each task's own.
    private var byTask: [String: Selection.Criterion] = [:]
    /// What the file says of the direction, which has to be the metric's.
    private var greaterIsBetter: Bool?

    /// F1, micro for multilabel and macro for the others, on the mean of all tasks.
    static let usual = BestBy()

    private init() {}

    /// Reads `validation/f1-micro`, `validation/TASK/f1-micro`, `validation/loss`, or `{TASK: accuracy, ...}`.
    init(_ setting: Setting?, greaterIsBetter: Setting?) throws {
        self.greaterIsBetter = try greaterIsBetter?.bool()
        guard let setting else { return }
        if let tasks = try? setting.mappingWithAnyKeys() {
            for (key, value) in tasks.entries { byTask[key] = try BestBy.criterion(value.string(), value) }
            return
        }
        let parts = try setting.string().split(separator: "/", omittingEmptySubsequences: false).map(
            String.init)
        guard (2...3).contains(parts.count), parts[0] == "validation" else {
            throw setting.badValue(
                expected: "such as validation/f1-micro, validation/loss or validation/TASK/accuracy")
        }
        criterion = try BestBy.criterion(parts[parts.count - 1], setting)
        task = parts.count == 3 ? parts[1] : nil
    }

    private static func criterion(_ name: String, _ setting: Setting) throws -> Selection.Criterion {
        if name == "loss" { return .loss }
        guard let metric = MetricName(name: name) else {
            let names = ["loss"] + MetricName.allCases.map(\.rawValue)
            let hint = nearest(to: name, in: names).map { " (did you mean '\($0)'?)" } ?? ""
            throw setting.badValue(
                expected: "loss or one of \(names.dropFirst().joined(separator: ", "))\(hint)")
        }
        return .metric(metric)
    }

    /// What decides for this task; nil if another task decides.
    func selection(of task: String?, _ kind: LabelKind) -> Selection? {
        if let deciding = self.task, deciding != task { return nil }
        if let task, let own = byTask[task] { return Selection(by: own) }
        if !byTask.isEmpty { return nil }
        return Selection(by: criterion ?? .metric(kind == .multilabel ? .f1Micro : .f1Macro))
    }

    /// Throws if a task that it names is not there, a metric does not apply to the labels, or the file says the other
    /// direction.
    func check(
        _ task: String?, _ labelSpace: LabelSpace, tasks: [String], bestBy: Setting?,
        greaterIsBetter setting: Setting?
    ) throws {
        if let bestBy {
            for name in (self.task.map { [$0] } ?? []) + byTask.keys.sorted() where !tasks.contains(name) {
                throw bestBy.badValue(
                    expected: tasks.isEmpty
                        ? "no task, since the experiment has one dataset"
                        : "one of the tasks \(tasks.joined(separator: ", "))")
            }
        }
        guard let selection = selection(of: task, labelSpace.kind) else { return }
        if let bestBy, case .metric(let metric) = selection.criterion, !metric.applies(to: labelSpace) {
            throw bestBy.badValue(
                expected: "a metric of \(labelSpace.kind.rawValue) labels, not \(metric.rawValue)")
        }
        let isHigh = selection.direction == .higherIsBetter
        if let setting, let greaterIsBetter, greaterIsBetter != isHigh {
            throw setting.badValue(
                expected:
                    "\(isHigh), or nothing: of \(selection.name) the \(isHigh ? "higher" : "lower") is better"
            )
        }
    }

    /// The value that a mean of scores stands for: of what is better low, the value itself.
    func value(ofScore score: Double, _ selections: [Selection]) -> Double {
        selections.allSatisfy { $0.direction == .lowerIsBetter } ? -score : score
    }
}
