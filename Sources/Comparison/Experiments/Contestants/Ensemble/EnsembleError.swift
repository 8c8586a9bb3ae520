import Labels
import SettingKeys

/// Why an ensemble cannot be made of its members, whose ids it names.
enum EnsembleError: Error, Equatable {
    /// A greedy selection where the split has no validation part.
    case noValidation
    /// A metric that the task's labels do not have.
    case unsuitableMetric(String, LabelSpace)
    /// A member whose predictions of validation are not known, where these decide.
    case unknownOnValidation(member: String)
    /// A member that decides without probabilities.
    case noProbabilities(member: String)
    /// Too few members that give probabilities.
    case tooFew(found: [String])
    /// A member that is not up to date, and that this process does not run.
    case notDone(member: String)
    /// A member that failed in this run.
    case failed(member: String)
    /// A member whose stored predictions are of other rows.
    case otherRows(member: String, part: String)
    /// Texts, of what knows stored predictions alone.
    case storedRowsAlone
    /// A member whose model is not there, or cannot be read.
    case notLoadable(member: String, folder: String, reason: String)
}

extension EnsembleError {
    /// Whether the experiment or its data are the cause, rather than what became of a member.
    var isOfInput: Bool {
        switch self {
        case .noValidation, .unsuitableMetric, .unknownOnValidation, .noProbabilities, .tooFew, .notDone,
            .storedRowsAlone:
            true
        case .failed, .otherRows, .notLoadable: false
        }
    }
}

extension EnsembleError: CustomStringConvertible {
    var description: String {
        switch self {
        case .noValidation:
            "'method: greedy' decides on validation, and the split has no validation part; give it a share, or choose "
                + "'method: soft-vote'"
        case .unsuitableMetric(let metric, let labelSpace):
            "'method: greedy' by \(metric): \(labelSpace.kind.rawValue) labels (\(listed(labelSpace.names))) do not have this metric; choose another with 'metric'"
        case .unknownOnValidation(let member):
            "'method: greedy' decides on validation, and what '\(shown(member))' predicts there is not known; give it "
                + "'validation', or leave it out of 'of'"
        case .noProbabilities(let member):
            "its member '\(shown(member))' decides without probabilities, which an ensemble is the mean of; leave it out of 'of'"
        case .tooFew(let found):
            "it needs two contestants that give probabilities, found \(found.isEmpty ? "none" : "'\(found.joined(separator: "', '"))' alone")"
        case .notDone(let member):
            "its member '\(shown(member))' has no result that is up to date; run it too, by '--only \(member)' or without --only"
        case .failed(let member):
            "its member '\(shown(member))' failed"
        case .otherRows(let member, let part):
            "the stored predictions of its member '\(shown(member))' are not of the \(part) rows of the split; run it again"
        case .storedRowsAlone:
            "it knows the stored predictions of its members alone; read it back from its folder to predict texts"
        case .notLoadable(let member, let folder, let reason):
            "the ensemble's member '\(shown(member))' cannot be read back from \(folder): \(reason)"
        }
    }
}
