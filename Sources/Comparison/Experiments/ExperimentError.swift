import Corpora
import Labels
import LinearAlgebra
import Results
import SettingKeys

/// What can go wrong in an experiment besides its file, its data and its split.
public enum ExperimentError: Error, Equatable, Sendable {
    case unknownContestant(id: String, known: [String])
    /// Contestant and label space do not go together, such as VADER and labels that are no sentiments.
    case unsuitableLabels(contestant: String, found: [String], expected: String)
    case notFetched(recipe: String, folder: String)
    /// A dataset or a file of the hub, as a command line names it.
    case notInHubCache(String)
    /// Neither a file nor a recipe, and spelled as the hub's datasets are.
    case perhapsOnHub(String)
    case emptyPart(String)
    /// A metric that a task with these labels does not have.
    case unsuitableMetric(String, String, LabelSpace)
    /// A file says that rows were divided in another way than the experiment wants.
    case dividedOtherwise(file: String, now: String)
    /// Several seeds and several folds at once.
    case seedsOfFolds(seeds: Int, folds: Int)
    /// Several seeds and a learning curve at once.
    case seedsOfCurve(seeds: Int)
    /// Predictions that were made elsewhere, where contestants are fitted on samples.
    case samplesOfExternal(contestant: String)
    /// Samples that the train part of a task is too small for.
    case noSamples(task: String?, SampleError)
    /// Report and models would go into one folder, where a contestant is called as a file or folder of the report.
    case oneFolder(path: String, name: String)
    /// A contestant gave something that is no probability.
    case badProbability(contestant: String, value: String, label: String, part: String, id: String)
    /// A setting that is chosen on validation, where the split has no such part.
    case nothingToTuneOn(String)
    /// The files of a recipe are here but are not those that it names.
    case changedFiles(recipe: String, folder: String)
    case notAModel(path: String, reason: String)
    case noEncoder(UnknownEncoder)
    /// A precision where the model has no encoder.
    case noEncoderOf(model: String, Precision)
    /// A probability of a fitted model that is not a number; rows count from 1.
    case notFinite(model: String, row: Int)
    /// A metric of probabilities where the model decides without.
    case noProbabilities(model: String, metric: String)
    /// A run of several tasks, of which one has to be named.
    case severalTasks(path: String, tasks: [String])
    /// Rows that a model is to be scored on have labels that it does not know.
    case labelsOfOthers(dataset: String, id: String, labels: [String], known: [String])
    /// The model cannot say what drove it.
    case notExplainable(model: String, wanted: String)
    /// A table that cannot be given a column of labels.
    case unsuitableTable(path: String, expected: String)
    /// A row that is to be labelled or encoded, and whose text is null or missing.
    case missingText(place: String)
    /// An option about a data file where none is named.
    case idleOption(String, beside: String)
    /// An option about a dataset of the hub where none is named.
    case idleHubOption(String)
    /// What an array job says of itself, from which the share of a process cannot be told.
    case badShard(String)
    /// A shard's items are done, and others are not.
    case unfinished(shard: String)
    /// Work items that are to be executed before the run can be assembled.
    case notDone(count: Int, of: Int, first: String, experiment: String)
    /// The experiment file was changed after the run of this folder began.
    case changedSince(experiment: String, folder: String)
    /// Contestants of which nothing tells what their items will need.
    case noEstimate(contestants: [String], missing: [String])
    /// A path that no script can hold.
    case unscriptable(path: String)
    /// Programs that nobody allowed to run.
    case programsNotAllowed([NamedProgram])
    /// A data file where an experiment file is expected.
    case dataForExperiment(path: String)
}

extension ExperimentError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unknownContestant(let id, let known):
            "--only \(id): no such contestant; the experiment has \(known.joined(separator: ", "))"
        case .unsuitableLabels(let contestant, let found, let expected):
            "\(contestant): the labels are \(listed(found)), expected \(expected)"
        case .noEncoderOf(let model, let precision):
            "\(model): the model has no encoder whose weights could be \(precision.rawValue)"
        case .notFetched(let recipe, let folder):
            "'\(recipe)' is not in \(folder): `bakeoff run` gets it, or `bakeoff fetch \(recipe)`"
        case .notInHubCache(let name):
            "'\(name)' is not in the cache of the Hugging Face hub: `bakeoff run` gets it, or `bakeoff fetch \(name)`"
        case .perhapsOnHub(let name):
            "\(name): no such file; a dataset of the Hugging Face hub is named hub:\(name)"
        case .emptyPart(let part):
            "the split leaves no row in the \(part) part, which a comparison needs"
        case .unsuitableMetric(let key, let metric, let labelSpace):
            "\(key): \(metric) is no metric of this task; its labels are \(labelSpace.isOrdinal ? "ordinal" : labelSpace.kind.rawValue) ("
                + "\(listed(labelSpace.names))); the mean cost needs "
                + "'report: {costs: ...}', weighted kappa and mean absolute error need 'labels: {kind: ordinal}', and "
                + "metrics at k need several labels a row, of k labels at least"
        case .dividedOtherwise(let file, let now):
            "\(file): the rows were divided in another way here, and the experiment wants \(now); move the file away, run with "
                + "another --output, or with --force"
        case .seedsOfFolds(let seeds, let folds):
            "--seeds \(seeds): the experiment has \(folds) folds, each of which is run with one seed; "
                + "run it without --seeds, or for each seed by itself with --seed and an --output of its own"
        case .seedsOfCurve(let seeds):
            "--seeds \(seeds): the experiment has a learning curve, whose repeats have a seed each; run it without --seeds"
        case .samplesOfExternal(let contestant):
            "\(contestant): predictions that were made elsewhere cannot be fitted on samples; take them, or 'learning-curve', out"
        case .noSamples(let task, let error):
            (task.map { "task '\($0)': " } ?? "") + "\(error)"
        case .oneFolder(let path, let name):
            "\(path): report and models go into one folder, where the contestant '\(name)' and the report's own '\(name)' "
                + "meet; name two folders with --output and --models"
        case .badProbability(let contestant, let value, let label, let part, let id):
            "\(contestant): the probability of '\(label)' is \(value) for the row with id '\(id)' of \(part), expected a number from "
                + "0 to 1; its settings may be out of all proportion"
        case .nothingToTuneOn(let setting):
            "\(setting) is chosen on validation, and the split has no validation part; give it a share, or a fixed value"
        case .changedFiles(let recipe, let folder):
            "'\(recipe)': the files in \(folder) are not those of the recipe (SHA-256 differs); delete them and "
                + "get them again with `bakeoff fetch \(recipe)`, or name your own with `path:`"
        case .notAModel(let path, let reason):
            "\(path): not a fitted model: \(reason)"
        case .noEncoder(let name):
            "\(name)"
        case .notFinite(let model, let row):
            "\(model): text \(row): a probability is not a number (NaN); the model's weights are damaged"
        case .noProbabilities(let model, let metric):
            "search of \(model) by \(metric): this model decides without probabilities; choose a metric of decided "
                + "labels, such as f1-macro"
        case .severalTasks(let path, let tasks):
            "\(path) holds models of several tasks: choose one with --task, of \(tasks.joined(separator: ", "))"
        case .labelsOfOthers(let dataset, let id, let labels, let known):
            "\(dataset): row with id '\(id)': found \(labels.count == 1 ? "label" : "labels") "
                + "\(labels.prefix(5).map { "'\($0)'" }.joined(separator: ", "))\(labels.count > 5 ? " and others" : ""), "
                + "expected the model's labels \(known.prefix(20).joined(separator: ", "))\(known.count > 20 ? ", ..." : "")"
        case .notExplainable(let model, let wanted):
            "\(model) cannot explain \(wanted): linear models on TF-IDF explain predictions and have top terms, VADER and "
                + "encoders with a linear head explain predictions"
        case .unsuitableTable(let path, let expected):
            "\(path): expected \(expected)"
        case .missingText(let place):
            "\(place): the text is empty: null or missing; take such rows out of the file, or write \"\" for the text"
        case .idleOption(let option, let what):
            "\(option) speaks of a data file, but \(what) is named, which says itself how its data is read"
        case .idleHubOption(let option):
            "\(option) speaks of a dataset of the Hugging Face hub, hub:ORG/NAME, but none is named"
        case .badShard(let found):
            "\(found): expected the numbers of an array in one row, such as 1-8; name this process's share with --shard K/N"
        case .unfinished(let shard):
            "the items of shard \(shard) are done, and those of others are not"
        case .notDone(let count, let all, let first, let experiment):
            "\(count) of \(all) work items \(count == 1 ? "is" : "are") not done (\(first)): `bakeoff run \(experiment)` goes on with them"
        case .changedSince(let experiment, let folder):
            "\(experiment): changed since the run in \(folder) began (SHA-256 differs); `bakeoff run` it again"
        case .noEstimate(let contestants, let missing):
            "nothing tells what \(listed(contestants)) will need, since no item of \(contestants.count == 1 ? "it" : "them") "
                + "was executed here: say \(missing.joined(separator: " and ")), or run one item of each first"
        case .unscriptable(let path):
            "\(shown(path)): has a control character, and cannot be written into a script; choose another place"
        case .programsNotAllowed(let programs):
            "the experiment runs programs, which is not allowed unless you say so: "
                + "\(programs.map { "\($0)" }.joined(separator: "; ")); read them, and run the experiment with --allow-commands"
        case .dataForExperiment(let path):
            "\(path): this is a table, not an experiment file; `bakeoff init \(path)` writes an experiment file for it, "
                + "and `bakeoff describe \(path)` tells what it holds"
        }
    }
}
