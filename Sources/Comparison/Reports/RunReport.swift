import Results

/// The report of a run: a pure function of its results, and of what contestants logged while they were fitted.
public struct RunReport: Sendable {
    let results: ExperimentResults
    let tasks: [TaskReport]

    /// - Parameters:
    ///   - logs: What contestants told while they were fitted: by id, or by `id/task` of one that each task has its own
    ///     log of.
    ///   - against: Published results to stand beside ours, besides those that the experiment names.
    public init(_ results: ExperimentResults, logs: [String: [LogEntry]] = [:], against: [String] = []) {
        self.results = results
        tasks = results.tasks.map { task in
            TaskReport(
                results.alone(task), name: task.name, logs: logs, against: against)
        }
    }

    /// The text of `README.md`.
    public var markdown: String { document.markdown }

    /// Built anew each time: whoever wants several formats asks once.
    var document: Document {
        Document {
            Block.heading(1, .text(results.experiment.name))
            Inline.paragraphs(results.experiment.description ?? "").map(Block.paragraph)
            if results.hasNamedTasks {
                Block.list(tasks.map { "\($0.name ?? ""): \($0.summary)" })
                for task in tasks {
                    Block.heading(2, "Task \(task.name ?? "")")
                    Block.paragraph(task.summary)
                    task.sections.oneLevelDown
                }
            } else {
                for task in tasks {
                    Block.paragraph(task.summary)
                    task.sections
                }
            }
            costSection
            reproductionSection
        }
    }
}
