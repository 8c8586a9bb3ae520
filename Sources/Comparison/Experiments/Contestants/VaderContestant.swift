import Foundation
import Labels
import Lexicons
import Results
import SafeFiles
import SettingKeys

/// `model: vader`: the lexicon labeler. It learns nothing, so the train part is not looked at.
struct VaderContestant: Contestant {
    static let model = "vader"
    static let otherNames = [
        "vaderSentiment", "lexicon", "sentiment", "nltk",
    ]
    static let settingKeys = ["vader"]

    let variant: Vader.Variant
    /// From which absolute compound score a text is positive or negative.
    let threshold: Double
    /// Nil for the published one.
    let lexicon: VaderLexicon?

    init(settings: SettingsMapping, folder: URL) throws {
        let own = try settings["vader"]?.mapping(known: ["variant", "threshold", "lexicon"])
        variant = try own?["variant"]?.oneOf() ?? .upstream
        threshold = try own?["threshold"]?.double() ?? PolarityThresholds().positive
        lexicon = try own?["lexicon"].map {
            try VaderLexicon(contentsOf: URL(fileURLWithPath: try $0.string(), relativeTo: folder))
        }
        if let setting = own?["threshold"], !FittedVader.isThreshold(threshold) {
            throw setting.badValue(expected: "a number above 0, of at most 1")
        }
    }

    var summary: String {
        "VADER (\(variant.rawValue)), compound ±\(threshold)"
            + (lexicon.map { ", own lexicon of \($0.entries.count) entries" } ?? "")
    }

    func check(_ labelSpace: LabelSpace, cache: URL) throws {
        _ = try FittedVader.sentiments(in: labelSpace)
    }

    /// The settings name a lexicon's file, not what is in it.
    func fingerprint(cache: URL) throws -> String {
        lexicon.map { Fingerprint.sha256(of: Data($0.text.utf8)) } ?? ""
    }

    func fit(_ task: TrainingTask) throws -> any FittedContestant {
        try FittedVader(
            settings: .init(variant: variant, threshold: threshold), lexicon: lexicon,
            labelSpace: task.labelSpace)
    }

    static func load(from folder: URL, labelSpace: LabelSpace) throws -> any FittedContestant {
        let file = FittedVader.file(in: folder)
        let bytes = try InputFile(file).readToEnd()
        guard let settings = try? StableJSON.decode(FittedVader.Settings.self, from: bytes) else {
            throw ExperimentError.notAModel(path: file.path, reason: "it does not hold variant and threshold")
        }
        guard FittedVader.isThreshold(settings.threshold) else {
            throw ExperimentError.notAModel(
                path: file.path,
                reason: "threshold: found \(settings.threshold), expected a number above 0, of at most 1")
        }
        let own = FittedVader.lexiconFile(in: folder)
        let lexicon =
            FileManager.default.fileExists(atPath: own.path) ? try VaderLexicon(contentsOf: own) : nil
        return try FittedVader(settings: settings, lexicon: lexicon, labelSpace: labelSpace)
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
    let vader: Vader
    /// Nil for the published one.
    private let lexicon: VaderLexicon?
    /// The label index of negative, neutral and positive.
    private let labels: [Int]
    private let labelCount: Int

    /// At 0, a text without any sentiment would be positive and negative.
    static func isThreshold(_ number: Double) -> Bool { number > 0 && number <= 1 }

    init(settings: Settings, lexicon: VaderLexicon?, labelSpace: LabelSpace) throws {
        self.settings = settings
        self.lexicon = lexicon
        labels = try FittedVader.sentiments(in: labelSpace)
        labelCount = labelSpace.count
        vader = Vader(variant: settings.variant, lexicon: lexicon ?? .published)
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
        if let lexicon {
            try OutputFile.write(lexicon.text, to: FittedVader.lexiconFile(in: folder))
        }
    }

    /// There only with a lexicon of the user's own.
    static func lexiconFile(in folder: URL) -> URL {
        folder.appendingPathComponent("lexicon.txt")
    }

    static func file(in folder: URL) -> URL {
        folder.appendingPathComponent("vader.json")
    }
}
