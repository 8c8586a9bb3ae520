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
    static let purpose = "A baseline that does not read the texts."
    static var settingKeys: KeyReference { keys.reference }

    private struct Keys: Sendable {
        var strategy = DummyClassifier.Strategy.mostFrequent
    }

    private static let keys = KeyTable(Keys()) {
        SettingKey(
            "strategy", \.strategy, .strategy,
            "How it predicts: the most frequent labels, their shares, or random labels with these shares.")
    }

    let strategy: DummyClassifier.Strategy

    init(settings: SettingsMapping, folder: URL) throws {
        strategy = try DummyContestant.keys.readOwn(settings).strategy
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

extension ValueForm<DummyClassifier.Strategy> {
    fileprivate static var strategy: ValueForm {
        let form = Self.choice
        return ValueForm(form.text, spell: { $0.rawValue }) { (setting) throws(SettingsError) in
            // Also as scikit-learn calls it.
            if ["most-frequent", "most_frequent"].contains(try setting.string()) { return .mostFrequent }
            return try setting.oneOf()
        }
    }
}
