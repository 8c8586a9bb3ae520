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
        self.init(results, logs: logs, against: against, explorations: [], probes: [])
    }

    /// - Parameters:
    ///   - explorations: What a page can move and open, one for each task, nil where it has nothing; none at all where only text is
    ///     wanted.
    ///   - probes: One for each task, nil where it has none; none at all where no task has one.
    init(
        _ results: ExperimentResults, logs: [String: [LogEntry]], against: [String],
        explorations: [Exploration?], probes: [ProbeRecord?]
    ) {
        self.results = results
        tasks = results.tasks.enumerated().map { place, task in
            TaskReport(
                results.alone(task), name: task.name, logs: logs, against: against,
                exploration: explorations.isEmpty ? nil : explorations[place],
                probe: probes.isEmpty ? nil : probes[place])
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
