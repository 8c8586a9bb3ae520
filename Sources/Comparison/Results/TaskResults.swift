/// What every contestant of a task did, and on what.
public struct TaskResults: Codable, Equatable, Sendable {
    /// Nil for the only task of an experiment with a `dataset:`.
    public var name: String?
    public var dataset: DatasetSummary
    public var split: SplitSummary
    /// Those that take part, in the order of the experiment file.
    public var contestants: [ContestantResults]
    /// What their stored predictions say when they are set against each other.
    public var analysis: Analysis?
    /// What train and the other parts share; absent in results of earlier versions.
    public var leaks: LeakSummary?
    /// Where labels are silver and people labelled some test rows: scores by the latter.
    public var gold: GoldScores?
    /// How far the people who rated the test rows agree, and how well one of them does, where the dataset tells.
    public var raters: RaterScores?
    /// Scores on parts of the test rows, where the experiment file wants them.
    public var slices: SliceScores?
    /// The test labels that are likely wrong, where the experiment file asks for them.
    public var labelNoise: LabelNoise?
    /// Scores of the same experiment under other seeds, if it was run with several.
    public var seeds: SeedSpread?
    /// Scores of each fold, if rows were dealt into folds: everything else is then of the predictions of all folds together.
    public var folds: FoldSpread?
    /// What contestants were fitted on, if that was a sample of the train rows.
    public var sample: SampleSummary?
    /// Scores against train rows, if contestants were fitted on samples of these too.
    public var curve: LearningCurve?
    /// SHA-256 of `errors.csv`; absent where no analysis is wanted, and in results of version 0.1.
    public var errorsSHA256: String?

    private enum CodingKeys: String, CodingKey {
        case name, dataset, split, contestants, analysis, leaks, gold, raters, slices, seeds, folds, sample
        case curve = "learning_curve"
        case labelNoise = "label_noise"
        case errorsSHA256 = "errors_sha256"
    }

    public init(
        name: String?, dataset: DatasetSummary, split: SplitSummary, contestants: [ContestantResults],
        analysis: Analysis? = nil, leaks: LeakSummary? = nil
    ) {
        self.name = name
        self.dataset = dataset
        self.split = split
        self.contestants = contestants
        self.analysis = analysis
        self.leaks = leaks
    }
}

// An experiment with one dataset is read and made as if it had no tasks.
extension ExperimentResults {
    /// The results of an experiment with one dataset.
    public init(
        experiment: ExperimentSummary, dataset: DatasetSummary, split: SplitSummary,
        contestants: [ContestantResults], analysis: Analysis? = nil, timings: Timings
    ) {
        let task = TaskResults(
            name: nil, dataset: dataset, split: split, contestants: contestants, analysis: analysis)
        self.init(experiment: experiment, tasks: [task], timings: timings)
    }

    /// The results of one task as if it were the experiment's only one.
    public init(experiment: ExperimentSummary, alone task: TaskResults, timings: Timings = .none) {
        var only = task
        only.name = nil
        self.init(experiment: experiment, tasks: [only], timings: timings)
    }

    /// Whether the experiment lists `tasks:`, so that each has a folder and a section of its own.
    public var hasNamedTasks: Bool { tasks.contains { $0.name != nil } }

    /// The same experiment as if it had this task alone.
    public func alone(_ task: TaskResults) -> ExperimentResults {
        ExperimentResults(experiment: experiment, alone: task, timings: timings)
    }

    /// Of the only task.
    public var dataset: DatasetSummary { onlyTask.dataset }
    /// Of the only task.
    public var split: SplitSummary { onlyTask.split }
    /// Of the only task.
    public var contestants: [ContestantResults] { onlyTask.contestants }
    /// Of the only task.
    public var leaks: LeakSummary? { onlyTask.leaks }
    /// Of the only task.
    public var gold: GoldScores? { onlyTask.gold }
    /// Of the only task.
    public var labelNoise: LabelNoise? { onlyTask.labelNoise }
    /// Of the only task.
    public var raters: RaterScores? { onlyTask.raters }
    /// Of the only task.
    public var slices: SliceScores? { onlyTask.slices }
    /// Of the only task.
    public var analysis: Analysis? { onlyTask.analysis }
    /// Of the only task.
    public var seeds: SeedSpread? { onlyTask.seeds }
    /// Of the only task.
    public var folds: FoldSpread? { onlyTask.folds }
    /// Of the only task.
    public var sample: SampleSummary? { onlyTask.sample }
    /// Of the only task.
    public var curve: LearningCurve? { onlyTask.curve }

    /// Of the only task.
    var onlyErrorsSHA256: String? { onlyTask.errorsSHA256 }

    /// Where the only task's predictions under the other seeds are.
    ///
    /// - Parameters:
    ///   - name: Of the task, in the run.
    ///   - folder: Of the run.
    package func otherSeeds(of name: String?, in folder: RunLayout) -> [RunLayout] {
        seeds == nil ? [] : replicates(in: folder).map { $0.task(name) }
    }

    private var onlyTask: TaskResults {
        precondition(tasks.count == 1, "ask for the results of a task, alone(_:)")
        return tasks[0]
    }
}

// `tasks` is a list where tasks have names; the keys of an only, unnamed one stand beside `experiment`.
extension ExperimentResults {
    private enum CodingKeys: String, CodingKey {
        case format, experiment, tasks, timings
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let named = try container.decodeIfPresent([TaskResults].self, forKey: .tasks)
        self.init(
            experiment: try container.decode(ExperimentSummary.self, forKey: .experiment),
            tasks: try named ?? [TaskResults(from: decoder)],
            timings: try container.decode(Timings.self, forKey: .timings))
        format = try container.decode(Int.self, forKey: .format)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(format, forKey: .format)
        try container.encode(experiment, forKey: .experiment)
        try container.encode(timings, forKey: .timings)
        if hasNamedTasks {
            try container.encode(tasks, forKey: .tasks)
        } else {
            try onlyTask.encode(to: encoder)
        }
    }
}
