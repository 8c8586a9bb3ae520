import Foundation
import Labels
import Lexicons
import SafeFiles
import SettingKeys
import TextClassifiers

/// `model: vader`: the lexicon labeler. It learns nothing, so the train part is not looked at.
struct VaderContestant: Contestant {
    static let model = "vader"
    static let otherNames = [
        "vaderSentiment", "lexicon", "sentiment", "nltk",
    ]
    static let purpose =
        "A lexicon of sentiment, which learns nothing; its labels are negative, neutral and positive."
    static var settingKeys: KeyReference { keys.reference }

    private struct Keys: Sendable {
        var vader = Options()
    }

    private struct Options: Sendable {
        var variant = Vader.Variant.upstream
        var threshold = PolarityThresholds().positive
        var lexicon: String?
    }

    private static let keys = KeyTable(Keys()) {
        SettingKey("vader", \.vader, .mapping(optionKeys), "The options of VADER.")
    }

    private static let optionKeys = KeyTable(Options()) {
        SettingKey(
            "variant", \.variant, .choice,
            "The implementation that it agrees with: vaderSentiment (`upstream`) or NLTK.")
        SettingKey(
            "threshold", \.threshold,
            .number("a number above 0, of at most 1", where: VaderClassifier.isThreshold),
            "A compound score of at least this is positive, of at most its negative negative.")
        SettingKey(
            "lexicon", \.lexicon, .text("a path"), absent: "the published one", "The file of another lexicon."
        )
    }

    private let classifier: VaderClassifier

    init(settings: SettingsMapping, folder: URL) throws {
        let options = try VaderContestant.keys.readOwn(settings).vader
        classifier = VaderClassifier(
            variant: options.variant, threshold: options.threshold,
            lexicon: try options.lexicon.map {
                try VaderLexicon(contentsOf: URL(fileURLWithPath: $0, relativeTo: folder))
            })
    }

    var summary: String {
        "VADER (\(classifier.variant.rawValue)), compound ±\(classifier.threshold)"
            + (classifier.lexicon.map { ", own lexicon of \($0.entries.count) entries" } ?? "")
    }

    func classifier(_ resources: ContestantResources) -> any TextClassifier { classifier }

    /// The settings name a lexicon's file, not what is in it.
    func fingerprint(_ resources: ContestantResources) -> String {
        classifier.lexicon.map { Fingerprint.sha256(of: Data($0.text.utf8)) } ?? ""
    }

    static func load(from folder: URL, labelSpace: LabelSpace) throws -> any FittedTextClassifier {
        try FittedVader(from: folder, labelSpace: labelSpace)
    }
}
