import SettingKeys

/// What can go wrong with a probe besides the models and the files that it reads.
public enum ProbeError: Error, Equatable, Sendable {
    case badTemplate(number: Int, String, reason: String)
    /// The template whose texts are too many, with those of the templates before it.
    case tooManyTexts(number: Int, limit: Int)
    /// The models do not say where the report of their run is.
    case unknownReport(models: String)
    /// What is said to be the report of the models' run is none.
    case noReport(folder: String)
    /// The models do not say of which experiment file they are.
    case unknownExperiment(models: String)
    /// The data of the experiment file is not what the run was tested on.
    case otherData(experiment: String, report: String)
    /// A run over folds, whose models were each fitted on most of what is tested.
    case folds(report: String)
    /// A model that gives an unedited test row other labels than the run stored, so that it is not the run's.
    case otherLabels(contestant: String, row: String)
    case unknownLabel(String, known: [String])
    /// Nothing to probe.
    case noTexts(source: String)
    /// Only dummies, which read no text.
    case onlyDummies(models: String)
}

extension ProbeError: CustomStringConvertible {
    public var description: String {
        let instead = "give texts of your own with --input"
        return switch self {
        case .badTemplate(let number, let template, let reason):
            "template \(number), '\(shown(template))': \(reason)"
        case .tooManyTexts(let number, let limit):
            "template \(number): its combinations make more than \(grouped(limit)) texts; leave out some alternatives"
        case .unknownReport(let models):
            "\(models): no run.json says where the run's report is, whose test rows are probed: name it with --report, or \(instead)"
        case .noReport(let folder):
            "\(folder): not the report of a run, whose test rows are probed: name it with --report, or \(instead)"
        case .unknownExperiment(let models):
            "\(models): no run.json says where the run's experiment file is, whose test rows are probed: name it with --experiment, "
                + "or \(instead)"
        case .otherData(let experiment, let report):
            "\(experiment): its data has other rows than the run in \(report) was tested on; name the run's experiment file with "
                + "--experiment, or \(instead)"
        case .folds(let report):
            "\(report): rows were dealt into folds, so that a model was fitted on most of the rows that are tested; \(instead)"
        case .otherLabels(let contestant, let row):
            "\(contestant): gives the test row '\(shown(row))' other labels than the run stored, so its probe is not stored; "
                + "fit it again with 'bakeoff run', or leave --store out"
        case .unknownLabel(let label, let known):
            "--gold: found '\(shown(label))', expected one of \(listed(known))"
        case .noTexts(let source):
            "\(source): no text to probe"
        case .onlyDummies(let models):
            "\(models): only dummies, which do not read the text"
        }
    }
}
