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
    static let settingKeys = ["vader"]

    private let classifier: VaderClassifier

    init(settings: SettingsMapping, folder: URL) throws {
        let own = try settings["vader"]?.mapping(known: ["variant", "threshold", "lexicon"])
        let threshold = try own?["threshold"]?.double() ?? PolarityThresholds().positive
        if let setting = own?["threshold"], !VaderClassifier.isThreshold(threshold) {
            throw setting.badValue(expected: "a number above 0, of at most 1")
        }
        classifier = VaderClassifier(
            variant: try own?["variant"]?.oneOf() ?? .upstream, threshold: threshold,
            lexicon: try own?["lexicon"].map {
                try VaderLexicon(contentsOf: URL(fileURLWithPath: try $0.string(), relativeTo: folder))
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
