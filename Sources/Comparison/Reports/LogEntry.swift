import Evaluation
import Foundation

/// A line of a contestant's log that belongs to a step of its training.
public struct LogEntry: Sendable {
    let step: Double
    /// The task that a batch was of, where it was of one of several.
    let task: String?
    let loss: Double?
    /// By what stands after `validation/`: a metric's key, or a task's name and one.
    private let validation: [String: Double]

    /// Nil for another line, or one that was cut off by a kill.
    init?(line: Data) {
        guard let object = try? JSONSerialization.jsonObject(with: line) as? [String: Any],
            let step = LogEntry.drawable(object["step"]), step >= 0
        else { return nil }
        self.step = step
        task = object["task"] as? String
        loss = LogEntry.drawable(object["loss"])
        var validation: [String: Double] = [:]
        for (key, value) in object where key.hasPrefix("validation/") {
            validation[String(key.dropFirst("validation/".count))] = LogEntry.drawable(value)
        }
        self.validation = validation
    }

    /// Nil for what is no number, or one that no axis can have: sums of such are no numbers any more.
    private static func drawable(_ value: Any?) -> Double? {
        guard let number = value as? Double, abs(number) < 1e15 else { return nil }
        return number
    }

    /// What validation gave of a task; nil if it was not evaluated then.
    func validation(_ metric: MetricName, of task: String?) -> Double? {
        validation[(task.map { "\($0)/" } ?? "") + metric.rawValue] ?? validation[metric.rawValue]
    }

    /// Whether it tells of this task: a batch of another one does not.
    func isOf(task: String?) -> Bool {
        self.task == nil || task == nil || self.task == task
    }

    /// The entries of a log.
    static func read(_ text: String) -> [LogEntry] {
        text.split(separator: "\n").compactMap { LogEntry(line: Data($0.utf8)) }
    }
}
