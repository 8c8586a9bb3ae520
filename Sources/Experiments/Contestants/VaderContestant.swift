import Files
import Foundation
import Labels
import LexiconModels
import Results
import Settings

/// `model: vader`: the lexicon labeler. It learns nothing, so the train part is not looked at.
struct VaderContestant: Contestant {
    static let model = "vader"
    static let settingKeys = ["vader"]

    let variant: Vader.Variant
    /// From which absolute compound score a text is positive or negative.
    let threshold: Double

    init(settings: SettingsMapping, folder: URL) throws {
        let own = try settings["vader"]?.mapping(known: ["variant", "threshold"])
        variant = try own?["variant"]?.oneOf() ?? .upstream
        threshold = try own?["threshold"]?.double() ?? PolarityThresholds().positive
        if let setting = own?["threshold"], !(0...1).contains(threshold) {
            throw setting.badValue(expected: "a number from 0 to 1")
        }
    }

    var summary: String {
        "VADER (\(variant.rawValue)), compound ±\(threshold)"
    }

    func check(_ labelSpace: LabelSpace, cache: URL) throws {
        _ = try FittedVader.sentiments(in: labelSpace)
    }

    func fit(_ task: TrainingTask) throws -> any FittedContestant {
        try FittedVader(
            settings: .init(variant: variant, threshold: threshold), labelSpace: task.labelSpace)
    }

    static func load(from folder: URL, labelSpace: LabelSpace) throws -> any FittedContestant {
        let file = FittedVader.file(in: folder)
        let bytes = try InputFile(file).readToEnd()
        guard let settings = try? StableJSON.decode(FittedVader.Settings.self, from: bytes) else {
            throw ExperimentError.notAModel(path: file.path, reason: "it does not hold variant and threshold")
        }
        return try FittedVader(settings: settings, labelSpace: labelSpace)
    }
}

/// VADER with its thresholds and the place of each sentiment in the label space.
struct FittedVader: FittedContestant {
    struct Settings: Codable {
        var variant: Vader.Variant
        var threshold: Double
    }

    let isProbabilistic = false
    let notices: [String] = []
    private let settings: Settings
    private let vader: Vader
    /// The label index of negative, neutral and positive.
    private let labels: [Int]
    private let labelCount: Int

    init(settings: Settings, labelSpace: LabelSpace) throws {
        self.settings = settings
        labels = try FittedVader.sentiments(in: labelSpace)
        labelCount = labelSpace.count
        vader = Vader(variant: settings.variant)
    }

    /// The label index of negative, neutral and positive.
    static func sentiments(in labelSpace: LabelSpace) throws(ExperimentError) -> [Int] {
        let indices = labelSpace.indices
        let labels = PolarityThresholds.labels.compactMap { indices[$0] }
        guard labels.count == labelSpace.count, labelSpace.kind == .multiclass else {
            throw .unsuitableLabels(
                contestant: "vader", found: labelSpace.names,
                expected: "three classes, negative, neutral and positive")
        }
        return labels
    }

    func probabilities(of texts: [String]) -> Probabilities {
        let thresholds = PolarityThresholds(negative: -settings.threshold, positive: settings.threshold)
        let classes = vader.polarities(of: texts).map { labels[thresholds.label(of: $0)] }
        return Probabilities(certainOf: .classes(classes), labelCount: labelCount)
    }

    func save(to folder: URL) throws {
        try OutputFile.write(try StableJSON.encode(settings), to: FittedVader.file(in: folder))
    }

    static func file(in folder: URL) -> URL {
        folder.appendingPathComponent("vader.json")
    }
}
