import Foundation
import Labels
import Results
import SafeFiles
import SettingKeys
import TextClassifiers

/// `model: external`: predictions that were made elsewhere, read from files and scored as everybody else's.
///
/// A file is a table `id, predicted, p_<label>...` (or without probabilities), or one row's labels a line, in the order
/// of the part's rows.
struct ExternalContestant: Contestant {
    static let model = ContestantResults.externalModel
    static let otherNames = [
        "predictions", "file", "csv",
    ]
    static let purpose =
        "Predictions that were made elsewhere, read from files and scored as everybody else's."
    static let missingModel: String? = "its predictions were made elsewhere"
    static let canBeSearched = false
    static var settingKeys: KeyReference { keys.reference }

    private struct Keys: Sendable {
        var predictions: String?
        var validation: String?
        var description: String?
    }

    private static let keys = KeyTable(Keys()) {
        SettingKey(
            required: "predictions", \.predictions, .text("a path"),
            "The predictions of the test rows: a table `id, predicted, p_<label>...`, or one row's labels a line."
        )
        SettingKey(
            "validation", \.validation, .text("a path"), absent: "none",
            "The predictions of the validation rows.")
        SettingKey(
            "description", \.description, .text, absent: "the file's name", "What made them, for the report.")
    }

    let test: URL
    let validation: URL?
    let description: String?

    init(settings: SettingsMapping, folder: URL) throws {
        func file(_ path: String) -> URL {
            path.hasPrefix("/") ? URL(fileURLWithPath: path) : folder.appendingPathComponent(path)
        }
        let keys = try ExternalContestant.keys.readOwn(settings)
        test = file(try keys.required(\.predictions))
        validation = keys.validation.map(file)
        description = keys.description
    }

    var summary: String { description ?? "predictions from \(test.lastPathComponent)" }

    func classifier(_ resources: ContestantResources) -> any TextClassifier {
        ExternalClassifier(test: test, validation: validation)
    }

    func fingerprint(_ resources: ContestantResources) throws -> String {
        try ([test] + (validation.map { [$0] } ?? [])).map { try Fingerprint.sha256(ofFile: $0) }
            .joined(separator: " ")
    }

    static func load(from folder: URL, labelSpace: LabelSpace) throws -> any FittedTextClassifier {
        try FittedExternal(from: folder, labelSpace: labelSpace)
    }
}

/// Reads predictions instead of making them.
struct ExternalClassifier: TextClassifier {
    let test: URL
    let validation: URL?

    func check(_ labelSpace: LabelSpace) throws {
        _ = try ExternalPredictions(contentsOf: test, labelSpace: labelSpace)
    }

    func fit(_ task: TrainingTask, _ context: FitContext) throws -> FittedExternal {
        FittedExternal(
            test: try ExternalPredictions(contentsOf: test, labelSpace: task.labelSpace),
            validation: try validation.map {
                try ExternalPredictions(contentsOf: $0, labelSpace: task.labelSpace)
            })
    }
}

/// Predictions of the rows of files, and of no others.
struct FittedExternal: FittedTextClassifier, PredictsByID {
    let test: ExternalPredictions
    let validation: ExternalPredictions?

    var isProbabilistic: Bool { test.hasProbabilities }
    var notices: [String] { test.notices + (validation?.notices ?? []) }

    var byID: (any PredictsByID)? { self }

    func probabilities(ofIDs ids: [String], in part: ScoredPart) throws -> Probabilities? {
        switch part {
        case .test: try test.probabilities(ofIDs: ids)
        case .validation: try validation?.probabilities(ofIDs: ids)
        }
    }

    func notices(ofIDs ids: [String]) -> [String] {
        [test, validation].compactMap { $0?.foreignRowsNotice(among: ids) }
    }

    func probabilities(of texts: [String]) throws -> Probabilities {
        throw ExperimentError.notAModel(path: "external", reason: "it knows its own rows alone")
    }

    func save(to folder: URL) throws {}
}

extension FittedExternal {
    init(from folder: URL, labelSpace: LabelSpace) throws {
        throw ExperimentError.missingModel(in: folder, because: ExternalContestant.missingModel)
    }
}
