import Corpora
import Evaluation
import Labels

/// What `results.json` holds: everything that a report says, in a form that programs read.
///
/// Two runs of the same experiment file with the same seed give the same bytes, apart from `timings`, which holds all
/// that may differ: date, machine, threads, seconds, memory.
public struct ExperimentResults: Codable, Equatable, Sendable {
    /// Version of this format.
    public var format = 1
    public var experiment: ExperimentSummary
    /// At least one; a single one has no name if the experiment has a `dataset:` rather than `tasks:`.
    public var tasks: [TaskResults]
    public var timings: Timings

    public init(experiment: ExperimentSummary, tasks: [TaskResults], timings: Timings) {
        self.experiment = experiment
        self.tasks = tasks
        self.timings = timings
    }
}

/// Which experiment it was.
public struct ExperimentSummary: Codable, Equatable, Sendable {
    public var name: String
    public var description: String?
    /// SHA-256 of the experiment file's bytes.
    public var fileSHA256: String
    public var seed: UInt64
    /// The metric that orders the ranking.
    public var rankBy: MetricName
    public var bakeoffVersion: String

    private enum CodingKeys: String, CodingKey {
        case name, description, seed
        case fileSHA256 = "file_sha256"
        case rankBy = "rank_by"
        case bakeoffVersion = "bakeoff_version"
    }

    public init(
        name: String, description: String?, fileSHA256: String, seed: UInt64, rankBy: MetricName,
        bakeoffVersion: String
    ) {
        self.name = name
        self.description = description
        self.fileSHA256 = fileSHA256
        self.seed = seed
        self.rankBy = rankBy
        self.bakeoffVersion = bakeoffVersion
    }
}

/// What it ran on.
public struct DatasetSummary: Codable, Equatable, Sendable {
    /// The recipe's name, or the data file's.
    public var name: String
    public var title: String?
    public var source: String?
    public var licence: String?
    /// SHA-256 over the data files.
    public var sha256: String
    public var rowCount: Int
    /// Rows left out, by reason; every one was asked for in the experiment file.
    public var dropped: [String: Int]
    /// Texts and labels that cleaning changed, by what was done.
    public var changed: [String: Int]?
    public var labelSpace: LabelSpace
    /// The labeler, where labels were made by a program rather than by people.
    public var silverLabeler: String?
    /// What was worth knowing about how the files were read, such as labels that two spellings mean; nil for nothing.
    public var notices: [String]?
    /// SHA-256 of `data.json`, the profile of the rows that were compared on; absent in results of earlier versions.
    public var profileSHA256: String?

    private enum CodingKeys: String, CodingKey {
        case name, title, source, licence, sha256, dropped, changed, notices
        case rowCount = "row_count"
        case labelSpace = "label_space"
        case silverLabeler = "silver_labeler"
        case profileSHA256 = "profile_sha256"
    }

    public init(
        name: String, title: String?, source: String?, licence: String?, sha256: String, rowCount: Int,
        dropped: [String: Int], labelSpace: LabelSpace, silverLabeler: String?
    ) {
        self.name = name
        self.title = title
        self.source = source
        self.licence = licence
        self.sha256 = sha256
        self.rowCount = rowCount
        self.dropped = dropped
        self.labelSpace = labelSpace
        self.silverLabeler = silverLabeler
    }
}

/// How its rows were divided.
public struct SplitSummary: Codable, Equatable, Sendable {
    /// In words, such as `70/15/15, stratified by labels, seed 42` or `official`.
    public var plan: String
    /// SHA-256 of `split.csv`.
    public var sha256: String
    /// Train, validation, test; parts without rows are absent.
    public var parts: [PartSummary]
    /// What the splitter noticed, such as labels too rare to be in every part.
    public var notices: [String]
    /// SHA-256 of `split.json`; absent in results of earlier versions.
    public var recordSHA256: String?

    private enum CodingKeys: String, CodingKey {
        case plan, sha256, parts, notices
        case recordSHA256 = "record_sha256"
    }

    /// A part of the split; nil if it has no rows.
    public subscript(part: Part) -> PartSummary? { parts.first { $0.part == part } }

    public init(plan: String, sha256: String, parts: [PartSummary], notices: [String]) {
        self.plan = plan
        self.sha256 = sha256
        self.parts = parts
        self.notices = notices
    }
}

/// One part of the split.
public struct PartSummary: Codable, Equatable, Sendable {
    public var part: Part
    public var rowCount: Int
    /// Rows that carry each label, in the order of the label space.
    public var labelCounts: [Int]

    private enum CodingKeys: String, CodingKey {
        case part = "name"
        case rowCount = "row_count"
        case labelCounts = "label_counts"
    }

    public init(part: Part, rowCount: Int, labelCounts: [Int]) {
        self.part = part
        self.rowCount = rowCount
        self.labelCounts = labelCounts
    }
}

/// What one contestant did.
public struct ContestantResults: Codable, Equatable, Sendable {
    public var id: String
    /// The model family, such as `tfidf-logreg`.
    public var model: String
    /// In words: the settings that define it.
    public var summary: String
    /// SHA-256 of its settings in one spelling; nil for predictions made elsewhere, and in results of older versions.
    public var settingsSHA256: String?
    /// False for a contestant that decides without probabilities; its stored probabilities are then 0 and 1.
    public var isProbabilistic: Bool
    /// The probability from which a label counts, in multilabel tasks. Shape: [K].
    public var thresholds: [Double]?
    /// What the model told of its fitting, such as a solver that did not converge.
    public var notices: [String]
    /// SHA-256 of `predictions/<id>.csv`.
    public var predictionsSHA256: String
    /// SHA-256 of `predictions/<id>.validation.csv`, where there is a validation part.
    public var validationPredictionsSHA256: String?
    public var test: Scorecard
    public var validation: Scorecard?
    /// What tuned thresholds are worth to it; binary and multilabel tasks with a validation part.
    public var ledger: ThresholdLedger?
    /// Of an ensemble, how it was made of the others: one record, or one a fold where rows were dealt into folds.
    public var ensembles: [EnsembleRecord]?
    /// Of a contestant whose settings were searched, every trial: one record, or one a fold where rows were dealt into folds.
    public var searches: [SearchRecord]?

    private enum CodingKeys: String, CodingKey {
        case id, model, summary, thresholds, notices, test, validation, ledger, ensembles, searches
        case settingsSHA256 = "settings_sha256"
        case isProbabilistic = "is_probabilistic"
        case predictionsSHA256 = "predictions_sha256"
        case validationPredictionsSHA256 = "validation_predictions_sha256"
    }

    public init(
        id: String, model: String, summary: String, settingsSHA256: String? = nil, isProbabilistic: Bool,
        thresholds: [Double]?, notices: [String], predictionsSHA256: String,
        validationPredictionsSHA256: String?, test: Scorecard,
        validation: Scorecard?, ledger: ThresholdLedger? = nil, ensembles: [EnsembleRecord]? = nil,
        searches: [SearchRecord]? = nil
    ) {
        self.ledger = ledger
        self.ensembles = ensembles
        self.searches = searches
        self.id = id
        self.model = model
        self.summary = summary
        self.settingsSHA256 = settingsSHA256
        self.isProbabilistic = isProbabilistic
        self.thresholds = thresholds
        self.notices = notices
        self.predictionsSHA256 = predictionsSHA256
        self.validationPredictionsSHA256 = validationPredictionsSHA256
        self.test = test
        self.validation = validation
    }
}

extension ContestantResults {
    /// The family of predictions that were made elsewhere.
    public static let externalModel = "external"

    /// Whether its predictions were made elsewhere, so that nobody here knows what they were fitted on or cost.
    public var isExternal: Bool { model == ContestantResults.externalModel }
}

/// All that may differ between two runs of the same experiment.
public struct Timings: Codable, Equatable, Sendable {
    /// When the run ended, ISO 8601 in UTC.
    public var date: String
    /// The command line.
    public var command: String
    public var threads: Int
    public var machine: Machine
    /// By contestant id.
    public var contestants: [String: ContestantCost]
    /// What each work item took, and where; nil where all were executed on `machine` with as many `threads`.
    public var items: [ItemTiming]?
    /// SHA-256 over everything else in `results.json`, so that no number can be changed by hand unnoticed.
    public var sha256: String?

    public init(
        date: String, command: String, threads: Int, machine: Machine, contestants: [String: ContestantCost]
    ) {
        self.date = date
        self.command = command
        self.threads = threads
        self.machine = machine
        self.contestants = contestants
    }
}

extension Timings {
    /// Of what has not been run yet.
    public static let none = Timings(
        date: "", command: "", threads: 0,
        machine: Machine(cpu: "", cores: 0, memoryBytes: 0, system: "", swift: "", blas: ""),
        contestants: [:])
}

/// What one contestant cost.
public struct ContestantCost: Codable, Equatable, Sendable {
    /// Wall-clock seconds from the texts to the fitted model.
    public var fitSeconds: Double
    /// Wall-clock seconds from the test texts to their probabilities.
    public var predictSeconds: Double
    /// Texts in that prediction.
    public var predictedTexts: Int
    /// The largest resident memory of the process while this contestant ran, in bytes.
    public var peakMemoryBytes: Int
    /// CPU seconds of all threads from the texts to the fitted model.
    public var cpuSeconds: Double?
    /// The saved model's files, in bytes.
    public var modelBytes: Int?
    /// The numbers that fitting chose, such as coefficients, or all weights of a fine-tuned model; of several models the
    /// largest's.
    public var parameters: Int?
    /// What a program of the user's own says that it cost, by names of its own, such as `USD`.
    public var reported: [String: Double]?
    /// SHA-256 of each log that it left, by the contestant's id, or id and task; absent in results of earlier versions.
    public var logs: [String: String]?
    /// Of a search, the seconds of each fitting, the default's first and then the trials' in their order, by the contestant's
    /// id, or id and task; absent where there is no search.
    public var trialSeconds: [String: [Double]]?

    /// The first digits of the SHA-256 of the program that fitted it; absent in results of earlier versions and of other
    /// programs.
    public var build: String?

    /// Where it was fitted, and on how many threads; nil in results, whose `Timings` say it where machines differ.
    public var machine: Machine?
    public var threads: Int?
    /// Where else trials of its search were fitted; nil in results too, and where they were fitted on `machine` alone.
    public var otherMachines: [Machine]?

    /// Work for fitting that an earlier contestant or run had done and that was kept, such as a frozen encoder's vectors;
    /// it is not in `fitSeconds`.
    public var keptForFit: KeptWork?
    /// The same for the prediction of the test texts; it is not in `predictSeconds`.
    public var keptForPrediction: KeptWork?

    private enum CodingKeys: String, CodingKey {
        case parameters, build, machine, threads, reported
        case logs = "log_sha256"
        case trialSeconds = "trial_seconds"
        case otherMachines = "other_machines"
        case keptForFit = "kept_for_fit"
        case keptForPrediction = "kept_for_prediction"
        case fitSeconds = "fit_seconds"
        case predictSeconds = "predict_seconds"
        case predictedTexts = "predicted_texts"
        case peakMemoryBytes = "peak_memory_bytes"
        case cpuSeconds = "cpu_seconds"
        case modelBytes = "model_bytes"
    }

    public init(fitSeconds: Double, predictSeconds: Double, predictedTexts: Int, peakMemoryBytes: Int) {
        self.fitSeconds = fitSeconds
        self.predictSeconds = predictSeconds
        self.predictedTexts = predictedTexts
        self.peakMemoryBytes = peakMemoryBytes
    }

    /// Seconds from the texts to the fitted model, those of kept work among them; nil where nobody timed that.
    public var wholeFitSeconds: Double? { KeptWork.adding(keptForFit, to: fitSeconds) }

    /// Seconds from the test texts to their probabilities, those of kept work among them; nil where nobody timed that.
    public var wholePredictSeconds: Double? { KeptWork.adding(keptForPrediction, to: predictSeconds) }

    /// CPU seconds from the texts to the fitted model, those of kept work among them; nil where nobody timed that.
    public var wholeCPUSeconds: Double? {
        guard let cpuSeconds else { return nil }
        guard let keptForFit else { return cpuSeconds }
        return keptForFit.cpuSeconds.map { $0 + cpuSeconds }
    }

    /// Texts per second when predicting, kept work as if it had been done now.
    public var textsPerSecond: Double? {
        guard let seconds = wholePredictSeconds, seconds > 0 else { return nil }
        let rate = Double(predictedTexts) / seconds
        // Beyond that, the clock did not move.
        return rate < 1e12 ? rate : nil
    }
}

/// Work that was done before and kept, with what it took when it was done.
public struct KeptWork: Codable, Equatable, Sendable {
    /// What it was, such as `encoding`; several kinds are joined by `and`.
    public var name: String
    /// Wall-clock seconds when it was done; nil if they were not written down.
    public var seconds: Double?
    /// CPU seconds of all threads then.
    public var cpuSeconds: Double?

    private enum CodingKeys: String, CodingKey {
        case name, seconds
        case cpuSeconds = "cpu_seconds"
    }

    public init(name: String, seconds: Double?, cpuSeconds: Double?) {
        self.name = name
        self.seconds = seconds
        self.cpuSeconds = cpuSeconds
    }

    private static let and = " and "

    /// Both together, untimed where one of them is.
    public static func + (a: KeptWork, b: KeptWork) -> KeptWork {
        func sum(_ a: Double?, _ b: Double?) -> Double? { a.flatMap { a in b.map { a + $0 } } }
        let names = a.name.split(separator: and) + b.name.split(separator: and)
        return KeptWork(
            name: Set(names).sorted().joined(separator: and), seconds: sum(a.seconds, b.seconds),
            cpuSeconds: sum(a.cpuSeconds, b.cpuSeconds))
    }

    fileprivate static func adding(_ kept: KeptWork?, to seconds: Double) -> Double? {
        guard let kept else { return seconds }
        return kept.seconds.map { $0 + seconds }
    }
}
