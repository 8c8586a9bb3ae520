import Corpora
import Foundation
import SafeFiles

/// The places of a run's artifacts below its output folder, and the names that are taken by them: whatever writes, reads or
/// removes one of them asks here for its path.
public struct RunLayout: Sendable {
    public let url: URL

    public init(_ url: URL) {
        self.url = url
    }

    public var results: URL { url.appendingPathComponent("results.json") }
    public var report: URL { url.appendingPathComponent("README.md") }
    public var page: URL { url.appendingPathComponent("report.html") }

    /// Where an experiment's report stands, and its models, if the run was told no other folders.
    public static func usualReport(of experiment: String) -> URL {
        URL(fileURLWithPath: "reports/\(experiment)")
    }
    public static func usualModels(of experiment: String) -> URL {
        URL(fileURLWithPath: "runs/\(experiment)")
    }

    /// From when something is fitted until the results are assembled: what assembling them needs.
    package var unfinished: URL { url.appendingPathComponent("unfinished.json") }

    /// `split.csv` and `split.json` stand in the run folder itself.
    public var splitFolder: URL { url }
    public var split: URL { url.appendingPathComponent("split.csv") }
    public var splitRecord: URL { url.appendingPathComponent("split.json") }

    /// The profile of the data, for programs.
    public var profile: URL { url.appendingPathComponent("data.json") }
    /// The same as a page, in Markdown and in HTML.
    public var dataPage: URL { url.appendingPathComponent("data.md") }
    public var dataPageHTML: URL { url.appendingPathComponent("data.html") }

    /// The rows of validation and test whose text train has.
    public var leaks: URL { url.appendingPathComponent("leaks.csv") }
    /// Labels that people gave to test rows whose labels are silver.
    public var gold: URL { url.appendingPathComponent("gold.csv") }
    /// What each rater said of the test rows, where the dataset tells.
    public var raters: URL { url.appendingPathComponent("raters.csv") }

    /// What the test rows are told apart by, where the report has slices.
    public var slices: URL { url.appendingPathComponent("slices.csv") }

    /// The test labels that are likely wrong, where the report tells of them.
    public var labelIssues: URL { url.appendingPathComponent("label-issues.csv") }

    /// What the run's models make of edited test rows, where somebody probed them and had it stored.
    public var probe: URL { url.appendingPathComponent("probe.json") }

    /// What a compact run leaves out of this folder.
    package var compactRecordFile: URL { url.appendingPathComponent("compact.json") }

    /// Removes what an analysis leaves, where none is wanted any more.
    package func removeAnalysis() throws(FileError) {
        for file in [leaks, gold, raters, slices, labelIssues, errors, profile, dataPage, dataPageHTML] {
            try PackableFile(file).remove()
        }
    }

    /// The path of a figure, and of a table for programs, seen from the folder of their task.
    package static func figurePath(_ name: String) -> String { "figures/\(name).svg" }
    package static func tablePath(_ name: String, ending: String) -> String { "tables/\(name).\(ending)" }

    /// What every contestant said of each test row, for people to open in a spreadsheet.
    public var errors: URL { url.appendingPathComponent("errors.csv") }

    /// The stored predictions of a contestant on test, or on validation.
    public func predictions(of contestant: String, validation: Bool = false) -> URL {
        url.appendingPathComponent("predictions/\(contestant)\(validation ? ".validation" : "").csv")
    }

    /// What the entry of a searched contestant predicts as it is without its search: on test, or on validation.
    public func defaultPredictions(of contestant: String, validation: Bool = false) -> URL {
        url.appendingPathComponent("predictions/default/\(contestant)\(validation ? ".validation" : "").csv")
    }

    /// What a contestant told while it was fitted, a JSON object a line.
    /// - Parameter task: Of a contestant that is fitted to each task by itself.
    public func log(of contestant: String, task: String? = nil) -> URL {
        url.appendingPathComponent("logs/\(contestant)\(task.map { "/\($0)" } ?? "").jsonl")
    }

    /// The logs that a contestant may leave, of all tasks together and of one, by the names that a report has for them.
    package func logs(of contestant: String, task: String?) -> [(name: String, file: URL)] {
        [(contestant, log(of: contestant))]
            + (task.map { [("\(contestant)/\($0)", log(of: contestant, task: $0))] } ?? [])
    }

    /// What executing a contestant's work item left: one file for all of its tasks.
    public func record(of contestant: String) -> URL {
        url.appendingPathComponent("records/\(contestant).json")
    }

    /// Where the artifacts of one task stand: its own folder if it has a name.
    public func task(_ name: String?) -> RunLayout {
        RunLayout(name.map { url.appendingPathComponent($0) } ?? url)
    }

    /// The folder of the same experiment under another seed.
    public func seed(_ seed: UInt64) -> RunLayout {
        RunLayout(url.appendingPathComponent("seeds/\(seed)"))
    }

    /// The folder of the same experiment with another fold as its test part.
    public func fold(_ fold: Int) -> RunLayout {
        RunLayout(url.appendingPathComponent("folds/\(fold)"))
    }

    /// The folder of the same experiment fitted on a sample of the train rows.
    public func sample(_ sample: TrainSample) -> RunLayout {
        RunLayout(url.appendingPathComponent("samples/\(sample.size)/\(sample.number)"))
    }

    /// The rows of each sample of the train rows, where a learning curve is drawn.
    public var samples: URL { url.appendingPathComponent("samples.csv") }

    /// The fold that each row is tested in, where rows are dealt into folds, once or several times.
    public var folds: URL { url.appendingPathComponent("folds.csv") }
}

// MARK: Names

extension RunLayout {
    /// What stands in a run's folder besides the folders of its tasks.
    public static let ownNames = [
        "README.md", "report.html", "results.json", "split.csv", "split.csv.gz", "split.json", "folds.csv",
        "data.json", "data.md", "data.html", "leaks.csv", "gold.csv", "raters.csv", "slices.csv",
        "label-issues.csv", "errors.csv", "errors.csv.gz", "predictions", "tables", "figures", "logs",
        "records", "compact.json", "seeds", "folds", "samples", "samples.csv", "unfinished.json",
        "probe.json",
    ]

    /// What stands in the folder of all models besides the folders of the contestants.
    public static let ownModelNames = ["seeds", "folds", "samples", ModelsRecord.fileName]

    /// Beside a fitted model: what made it, and what it scored.
    package static let contestantRecordName = "contestant.json"
    /// The folder of a contestant's checkpoints, while it is fitted.
    package static let checkpointsName = "work"

    /// What stands in the folder of a contestant besides those of its tasks.
    public static let ownContestantNames = [checkpointsName, "README.md", contestantRecordName]

    /// Letters of a name, at most: file systems take 255 bytes, and something is added to it.
    public static let maxNameLength = 100

    /// The contestants of one run, whose files must not meet.
    public struct Contestants: Sendable {
        private let tasks: [String]
        private var ids = TakenNames()
        private var files = TakenNames()

        /// - Parameter tasks: The names of the experiment's tasks; none where it has a single dataset.
        public init(tasks: [String]) {
            self.tasks = tasks
            for own in RunLayout.ownModelNames { ids.take(own, for: "") }
        }

        /// Adds a contestant, unless it cannot be beside those that are there.
        /// - Returns: Why it cannot be; nil if it was added.
        public mutating func add(_ id: String) -> String? {
            if let (name, holder) = ids.holder(of: id) {
                return holder.isEmpty ? "'\(name)' is a folder of the run's own" : "'\(name)' is taken"
            }
            let mine = RunLayout.files(ofContestant: id, tasks: tasks)
            for name in mine {
                if let (file, other) = files.holder(of: name) {
                    return "the file '\(file)' would be that of '\(other)' too"
                }
            }
            ids.take(id, for: id)
            for name in mine { files.take(name, for: id) }
            return nil
        }
    }

    /// The tasks of one run, whose folders must not meet.
    public struct Tasks: Sendable {
        private var names = TakenNames()

        public init() {
            for own in RunLayout.ownNames + RunLayout.ownContestantNames { names.take(own, for: "") }
        }

        /// Adds a task, unless it cannot be beside those that are there.
        /// - Returns: Why it cannot be; nil if it was added.
        public mutating func add(_ task: String) -> String? {
            if let (name, holder) = names.holder(of: task) {
                return holder.isEmpty
                    ? "'\(name)' is a file or folder of the run's own" : "'\(name)' is taken"
            }
            names.take(task, for: task)
            return nil
        }
    }

    /// Paths of files and folders that are named after a contestant.
    private static func files(ofContestant id: String, tasks: [String]) -> [String] {
        let layout = RunLayout(URL(fileURLWithPath: "/"))
        return [
            layout.predictions(of: id), layout.predictions(of: id, validation: true), layout.log(of: id),
            layout.record(of: id),
        ].map(\.path)
            + (tasks.isEmpty ? [] : [layout.log(of: id, task: "task").deletingLastPathComponent().path])
    }
}
