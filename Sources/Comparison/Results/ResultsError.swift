import SettingKeys
import Tables

/// What can be wrong with the artifacts of a run, and with predictions made elsewhere.
public enum ResultsError: Error, Equatable, Sendable {
    case badResults(file: String, reason: String)
    case badPredictions(DataPlace, found: String, expected: String)
    /// A value of the prediction that needs at least one row.
    case noPredictions(file: String)
    case differentRowCount(truth: Int, predictions: Int)
    case unmatchedID(String, file: String)
    /// A label that is not among those that are possible.
    case unknownLabel(DataPlace, String, known: [String])
    /// Two spellings that may be the same label or not, such as `1` and `01`.
    case undecidedLabels(DataPlace, String, first: String, at: DataPlace)
    /// A decided label that is not what the row's probabilities say.
    case disagreeingPrediction(DataPlace, predicted: String, probable: String)
    /// Stored predictions of two contestants that should be of the same test rows.
    case differentRows(first: String, second: String, row: Int, found: String, expected: String)
    /// Neither the asked-for column nor a single one.
    case noLabelColumn(file: String, expected: String, found: [String])
    /// A first row that may be the header, or a label without a header above it.
    case headerOrLabel(DataPlace, String)
    /// A metric by which runs are to be compared, and a run whose labels do not have it.
    case noSuchMetric(String, run: String)
    /// A metric by which datasets are to be compared that share no two contestants, or of which there is one.
    case nothingToRank(by: String)
    /// A file, such as an experiment's, where the folder of a run is wanted.
    case fileForFolder(String)
    /// A folder of a run where a comparison of runs was to be written.
    case holdsRun(folder: String)
    /// Something that stands in the analysis, which the experiment did not want.
    case noAnalysis(wanted: String)
    /// `report --verify`: what `results.json` says and what the stored predictions give.
    case disagrees(what: String, stored: String, recomputed: String)
    /// `report --verify`: a page, table or figure that says something else than `results.json`.
    case reportDiffers(file: String, line: Int, stored: String, rendered: String)
    /// A folder of fitted models where that of a report is expected; its report, where that is known.
    case modelsFolder(folder: String, report: String?)
    /// `report --verify`: pages, tables or figures that are not there.
    case reportIncomplete(folder: String, missing: [String])
}

extension ResultsError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .badResults(let file, let reason):
            "\(file): not the results of a run: \(reason)"
        case .badPredictions(let place, let found, let expected):
            "\(place): found \(found), expected \(expected)"
        case .modelsFolder(let folder, let report):
            "\(folder): holds fitted models and no report; name the folder of the report, "
                + (report.map { "\($0)" } ?? "such as reports/NAME")
        case .noPredictions(let file):
            "\(file): no rows"
        case .differentRowCount(let truth, let predictions):
            "the truth has \(truth) rows, the predictions have \(predictions)"
        case .unmatchedID(let id, let file):
            "\(file): no row has the id '\(shown(id))'"
        case .differentRows(let first, let second, let row, let found, let expected):
            "the stored predictions of '\(first)' and '\(second)' are not of the same test rows: at row \(row + 1) "
                + "\(second) has \(found), \(first) has \(expected)"
        case .noLabelColumn(let file, let expected, let found):
            "\(file): no column '\(expected)'; found \(listed(found))"
                + "; rename the column that is meant to '\(expected)', or, if the first row is data, put the names of the columns "
                + "above it"
        case .headerOrLabel(let place, let name):
            "\(place): the first row, '\(shown(name))', may be the header or the first label, since there is a label of that "
                + "name too; where it is the header, call the column otherwise, such as 'y'; where it is a label, put such a "
                + "header above it"
        case .unknownLabel(let place, let label, let known):
            "\(place): found label '\(shown(label))'"
                + (nearestLabel(to: label, in: known).map { "; did you mean '\(shown($0))'?" } ?? "")
                + "; expected one of \(listed(known))"
        case .undecidedLabels(let place, let label, let first, let other):
            "\(place): found label '\(shown(label))', and '\(shown(first))' at \(other): they may be one label or two; list the "
                + "labels with --labels"
        case .disagreeingPrediction(let place, let predicted, let probable):
            "\(place): found '\(shown(predicted))' predicted and '\(shown(probable))' by the probabilities; expected the same "
                + "(leave out the columns p_... to score labels alone, or the column 'predicted' to let the probabilities decide)"
        case .noSuchMetric(let metric, let run):
            "\(run): its labels have no \(metric); compare by a metric that all of the runs have"
        case .nothingToRank(let metric):
            "--rank-by \(metric): the runs have no two contestants, dummies aside, that are on two datasets or more, so that "
                + "nothing is ranked by it; leave it out"
        case .fileForFolder(let path):
            "\(path)/results.json: no such file, as \(path) is a file; expected the folder of a run, such as reports/NAME"
        case .holdsRun(let folder):
            "\(folder): holds a run, whose pages would be replaced; name another folder"
        case .noAnalysis(let wanted):
            "the run has no analysis, where \(wanted) would stand: take 'analysis: false' out of its experiment and run it again"
        case .reportDiffers(let file, let line, let stored, let rendered):
            "\(file):\(line): says '\(stored)', results.json gives '\(rendered)'; if nobody changed it, 'bakeoff report' "
                + "renders it again"
        case .reportIncomplete(let folder, let missing):
            "\(folder): the report is not complete: \(missing.joined(separator: ", ")) \(missing.count == 1 ? "is" : "are") "
                + "missing; 'bakeoff report' renders it again"
        case .disagrees(let what, let stored, let recomputed):
            "\(what): results.json says \(stored), the stored predictions give \(recomputed)"
        }
    }
}
