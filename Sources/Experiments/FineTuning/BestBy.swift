import Evaluation
import Labels
import Settings

/// What decides which of the evaluated models is kept: a metric on validation, of one task or of each.
struct BestBy: Equatable, Sendable {
    enum Measure: Equatable, Sendable {
        case loss
        case metric(MetricName)
    }

    /// Nil: the usual one for the kind of labels.
    private var measure: Measure?
    /// The task that decides alone; nil: the mean over all tasks.
    private var task: String?
    /// A measure of each task's own.
    private var byTask: [String: Measure] = [:]
    private var greaterIsBetter: Bool?

    /// F1, micro for multilabel and macro for the others, on the mean of all tasks.
    static let usual = BestBy()

    private init() {}

    /// Reads `validation/f1-micro`, `validation/TASK/f1-micro`, `validation/loss`, or `{TASK: accuracy, ...}`.
    init(_ setting: Setting?, greaterIsBetter: Setting?) throws {
        self.greaterIsBetter = try greaterIsBetter?.bool()
        guard let setting else { return }
        if let tasks = try? setting.mappingWithAnyKeys() {
            for (key, value) in tasks.entries { byTask[key] = try BestBy.measure(value.string(), value) }
            return
        }
        let parts = try setting.string().split(separator: "/", omittingEmptySubsequences: false).map(
            String.init)
        guard (2...3).contains(parts.count), parts[0] == "validation" else {
            throw setting.badValue(
                expected: "such as validation/f1-micro, validation/loss or validation/TASK/accuracy")
        }
        measure = try BestBy.measure(parts[parts.count - 1], setting)
        task = parts.count == 3 ? parts[1] : nil
    }

    private static func measure(_ name: String, _ setting: Setting) throws -> Measure {
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
    func measure(of task: String?, _ kind: LabelKind) -> Measure? {
        if let deciding = self.task, deciding != task { return nil }
        if let task, let own = byTask[task] { return own }
        if !byTask.isEmpty { return nil }
        return measure ?? .metric(kind == .multilabel ? .f1Micro : .f1Macro)
    }

    /// Throws if a task that it names is not there, or a metric does not apply to the labels.
    func check(_ task: String?, _ kind: LabelKind, tasks: [String], _ setting: Setting?) throws {
        guard let setting else { return }
        for name in (self.task.map { [$0] } ?? []) + byTask.keys.sorted() where !tasks.contains(name) {
            throw setting.badValue(
                expected: tasks.isEmpty
                    ? "no task, since the experiment has one dataset"
                    : "one of the tasks \(tasks.joined(separator: ", "))")
        }
        if case .metric(let metric) = measure(of: task, kind), !metric.applies(to: kind) {
            throw setting.badValue(expected: "a metric of \(kind.rawValue) labels, not \(metric.rawValue)")
        }
    }

    /// The value as a score, the higher the better.
    func score(_ value: Double, of measure: Measure) -> Double {
        let isBetterHigh =
            switch measure {
            case .loss: false
            case .metric(let metric): metric.direction == .higherIsBetter
            }
        return greaterIsBetter ?? isBetterHigh ? value : -value
    }
}
