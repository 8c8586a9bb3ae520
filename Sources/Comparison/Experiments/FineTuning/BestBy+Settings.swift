import Evaluation
import Labels
import SettingKeys
import TextClassifiers

extension BestBy {
    /// Reads `f1-micro` or `validation/f1-micro`, `validation/TASK/f1-micro`, `validation/loss`, or `{TASK: accuracy, ...}`.
    fileprivate init(_ setting: Setting) throws(SettingsError) {
        if let tasks = try? setting.mappingWithAnyKeys() {
            var byTask: [String: Selection.Criterion] = [:]
            for (key, value) in tasks.entries { byTask[key] = try BestBy.criterion(value.string(), value) }
            self.init(byTask: byTask)
            return
        }
        let parts = try setting.string().split(separator: "/", omittingEmptySubsequences: false).map(
            String.init)
        // There is nothing else to choose on, so `validation/` may be left out.
        guard parts.count == 1 || parts.count <= 3 && parts[0] == "validation" else {
            throw setting.badValue(
                expected: "such as validation/f1-micro, validation/loss or validation/TASK/accuracy")
        }
        self.init(
            try BestBy.criterion(parts[parts.count - 1], setting), task: parts.count == 3 ? parts[1] : nil)
    }

    private static func criterion(
        _ name: String, _ setting: Setting
    ) throws(SettingsError) -> Selection.Criterion {
        if name == "loss" { return .loss }
        guard let metric = MetricName(name: name) else {
            let names = ["loss"] + MetricName.allCases.map(\.settingName)
            throw setting.badName(
                name, expected: "loss or one of \(names.dropFirst().joined(separator: ", "))", near: names)
        }
        return .metric(metric)
    }

    /// Throws if a task that it names is not there, a metric does not apply to the labels, or the file says the other
    /// direction.
    func check(
        _ task: String?, _ labelSpace: LabelSpace, tasks: [String], bestBy: Setting?,
        greaterIsBetter: Setting?
    ) throws {
        if let bestBy {
            for name in self.tasks where !tasks.contains(name) {
                throw bestBy.badValue(
                    expected: tasks.isEmpty
                        ? "no task, since the experiment has one dataset"
                        : "one of the tasks \(tasks.joined(separator: ", "))")
            }
        }
        guard let selection = selection(of: task, labelSpace.kind) else { return }
        if let bestBy, case .metric(let metric) = selection.criterion, !metric.applies(to: labelSpace) {
            throw bestBy.badValue(
                expected:
                    "a metric of \(labelSpace.kind.rawValue) labels (\(listed(labelSpace.names))), not \(metric.settingName)"
            )
        }
        let isHigh = selection.direction == .higherIsBetter
        if let greaterIsBetter, try greaterIsBetter.bool() != isHigh {
            throw greaterIsBetter.badValue(
                expected:
                    "\(isHigh), or nothing: of \(selection.name) the \(isHigh ? "higher" : "lower") is better"
            )
        }
    }
}

extension ValueForm<BestBy> {
    static var bestBy: ValueForm {
        ValueForm(
            "a metric or loss, validation/METRIC, validation/TASK/METRIC, or {TASK: METRIC, ...}",
            spell: {
                $0 == BestBy()
                    ? "f1-micro of several labels a row, else f1-macro, in the mean of all tasks" : nil
            }
        ) { (setting) throws(SettingsError) in try BestBy(setting) }
    }
}
