import Files
import Foundation
import Labels
import LexiconModels
import Settings

/// `model: vader`: the lexicon labeler. It learns nothing, so the train part is not looked at.
struct VaderContestant: Contestant {
    static let model = "vader"
    static let settingKeys = ["vader"]

    let variant: Vader.Variant
    /// From which absolute compound score a text is positive or negative.
    let threshold: Double

    init(settings: SettingsMapping) throws {
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

    func fit(_ task: TrainingTask) throws -> any FittedContestant {
        try FittedVader(
            settings: .init(variant: variant, threshold: threshold), labelSpace: task.labelSpace)
    }

    static func load(from folder: URL, labelSpace: LabelSpace) throws -> any FittedContestant {
        let bytes = try InputFile(FittedVader.file(in: folder)).readToEnd()
        return try FittedVader(
            settings: JSONDecoder().decode(FittedVader.Settings.self, from: Data(bytes)),
            labelSpace: labelSpace)
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

    init(settings: Settings, labelSpace: LabelSpace) throws {
        let indices = labelSpace.indices
        let labels = ["negative", "neutral", "positive"].compactMap { indices[$0] }
        guard labels.count == 3, labelSpace.kind == .multiclass else {
            throw ExperimentError.unsuitableLabels(
                contestant: "vader", found: labelSpace.names,
                expected: "three classes, negative, neutral and positive")
        }
        self.settings = settings
        self.labels = labels
        labelCount = labelSpace.count
        vader = Vader(variant: settings.variant)
    }

    private let labelCount: Int

    func probabilities(of texts: [String]) -> Probabilities {
        let thresholds = PolarityThresholds(negative: -settings.threshold, positive: settings.threshold)
        let classes = vader.polarities(of: texts).map { labels[thresholds.label(of: $0)] }
        return Probabilities(certainOf: .classes(classes), labelCount: labelCount)
    }

    func save(to folder: URL) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try OutputFile.write(try encoder.encode(settings), to: FittedVader.file(in: folder))
    }

    static func file(in folder: URL) -> URL {
        folder.appendingPathComponent("vader.json")
    }
}
