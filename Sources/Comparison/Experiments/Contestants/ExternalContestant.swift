import Corpora
import Foundation
import Labels
import Results
import SafeFiles
import SettingKeys

/// `model: external`: predictions that were made elsewhere, read from files and scored as everybody else's.
///
/// A file is a table `id, predicted, p_<label>...` (or without probabilities), or one row's labels a line, in the order
/// of the part's rows.
struct ExternalContestant: Contestant {
    static let model = ContestantResults.externalModel
    static let otherNames = [
        "predictions", "file", "csv", "command", "own",
    ]
    static let settingKeys = ["predictions", "validation", "description"]

    let test: URL
    let validation: URL?
    let description: String?

    init(settings: SettingsMapping, folder: URL) throws {
        func file(_ setting: Setting) throws -> URL {
            let path = try setting.string()
            return path.hasPrefix("/") ? URL(fileURLWithPath: path) : folder.appendingPathComponent(path)
        }
        test = try file(settings.required("predictions"))
        validation = try settings["validation"].map(file)
        description = try settings["description"]?.string()
    }

    var summary: String { description ?? "predictions from \(test.lastPathComponent)" }

    func check(_ labelSpace: LabelSpace, cache: URL) throws {
        _ = try ExternalPredictions(contentsOf: test, labelSpace: labelSpace)
    }

    func fingerprint(cache: URL) throws -> String {
        try ([test] + (validation.map { [$0] } ?? [])).map { try Fingerprint.sha256(ofFile: $0) }
            .joined(separator: " ")
    }

    func fit(_ task: TrainingTask) throws -> any FittedContestant {
        FittedExternal(
            test: try ExternalPredictions(contentsOf: test, labelSpace: task.labelSpace),
            validation: try validation.map {
                try ExternalPredictions(contentsOf: $0, labelSpace: task.labelSpace)
            })
    }

    static func load(from folder: URL, labelSpace: LabelSpace) throws -> any FittedContestant {
        throw ExperimentError.notAModel(
            path: folder.path, reason: "its predictions were made elsewhere, so there is no model here")
    }
}

/// A contestant that knows predictions of given rows and no others.
protocol PredictsByID {
    /// Shape: [ids, K]; nil where the part is not covered.
    func probabilities(ofIDs ids: [String], on part: Part) throws -> Probabilities?

    /// What to say of predictions that are of no row at all.
    /// - Parameter ids: Of all rows.
    func notices(of ids: [String]) -> [String]
}

struct FittedExternal: FittedContestant, PredictsByID {
    let test: ExternalPredictions
    let validation: ExternalPredictions?

    var isProbabilistic: Bool { test.hasProbabilities }
    var notices: [String] { test.notices + (validation?.notices ?? []) }

    func probabilities(ofIDs ids: [String], on part: Part) throws -> Probabilities? {
        try (part == .test ? test : validation)?.probabilities(ofIDs: ids)
    }

    func notices(of ids: [String]) -> [String] {
        [test, validation].compactMap { $0?.foreignRowsNotice(among: ids) }
    }

    func probabilities(of texts: [String]) throws -> Probabilities {
        throw ExperimentError.notAModel(path: "external", reason: "it knows its own rows alone")
    }

    func save(to folder: URL) throws {}
}
