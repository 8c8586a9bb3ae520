import Foundation
import Labels
import Learners
import SettingKeys
import TextClassifiers

/// `model: dummy`: a baseline that does not read the texts.
struct DummyContestant: Contestant {
    static let model = "dummy"
    static let otherNames = [
        "majority", "most-frequent", "baseline", "random", "prior", "stratified", "DummyClassifier",
    ]
    static let settingKeys = ["strategy"]

    let strategy: DummyClassifier.Strategy

    init(settings: SettingsMapping, folder: URL) throws {
        let wanted = settings["strategy"]
        // Also as scikit-learn calls it.
        let isMostFrequent = ["most-frequent", "most_frequent"].contains(try? wanted?.string())
        strategy = isMostFrequent ? .mostFrequent : try wanted?.oneOf() ?? .mostFrequent
    }

    var summary: String {
        switch strategy {
        case .mostFrequent: "always the most frequent label"
        case .prior: "each label with its share of the train rows"
        case .stratified: "labels drawn by their shares of the train rows"
        }
    }

    func classifier(_ resources: ContestantResources) -> any TextClassifier { DummyTextClassifier(strategy) }

    static func load(from folder: URL, labelSpace: LabelSpace) throws -> any FittedTextClassifier {
        try FittedDummy(from: folder, labelSpace: labelSpace)
    }
}
